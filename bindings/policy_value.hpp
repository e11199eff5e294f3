#pragma once

#include <designation/policy.hpp>
#include <designation/rules.hpp>
#include <memory>

/// A policy, and the rules that it made of its edition when it was last used.
struct PolicyValue {
    designation::Policy policy;
    std::shared_ptr<const designation::Rules> rules;
};
