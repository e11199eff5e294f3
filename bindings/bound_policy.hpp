#pragma once

#include <designation/policy.hpp>
#include <designation/rules.hpp>
#include <memory>

/// A policy, and its rules under the built-in edition; null until they are first needed.
struct BoundPolicy {
    designation::Policy policy;
    std::shared_ptr<const designation::Rules> rules;
};
