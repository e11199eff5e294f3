#pragma once

#include <memory>
#include <string>
#include <vector>

#include "designation/diagnostic.hpp"
#include "designation/policy.hpp"
#include "designation/rulebook.hpp"

namespace DESIGNATION_API designation {

/// What the rules read: an edition's parameters with a policy's overrides, and the readings in use.
struct Rules : Parameters {
    Interpretations readings;
    std::shared_ptr<const Rulebook> rulebook;
    Policy policy;
    std::string policy_digest;     ///< of the policy as JSON, so that a figure can be traced to it
    std::vector<Day> change_days;  ///< the days on which an availability or a fee can change, in order
};

/// A rulebook's parameters with a policy's overrides; `make_rules` adds the policy's digest.
/// Throws InputError where the policy does not fit the rulebook, std::invalid_argument where there is no rulebook.
Rules compile(std::shared_ptr<const Rulebook> rulebook, const Policy& policy);

/// What in a policy does not fit a rulebook: another edition, or an availability that would end before it begins.
Diagnostics misfits(const Policy& policy, const Rulebook& rulebook);

}  // namespace designation
