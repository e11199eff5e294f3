#pragma once

#include <memory>
#include <string>
#include <vector>

#include "designation/diagnostic.hpp"
#include "designation/policy.hpp"
#include "designation/rulebook.hpp"

namespace DESIGNATION_API designation {

/// SSD-A: the dates on which the availability of an offer changes, under each reading of an announcement. From the one
/// to the other it is unknown.
struct AvailabilityDays {
    Day unmet_before = Day::derived(INT32_MIN);
    PerValue<Announcement, Day> met_from{{Interval::no_end(), Interval::no_end()}};
};

/// The input of the rules: an edition's parameters with a policy's overrides, and the readings in use. Built once, then
/// shared by all threads.
struct Rules : Parameters {
    Readings readings;
    std::shared_ptr<const Rulebook> rulebook;
    Policy policy;
    std::string policy_digest;  ///< the digest of the policy as JSON, to which a result can be traced
    PerValue<Offer, AvailabilityDays> availability_days;
    std::vector<Day> change_days;  ///< the dates on which an availability or a fee can change, in order
};

/// Apply a policy's overrides to a rulebook's parameters; `make_rules` adds the policy's digest.
/// Throws InputError if the policy does not fit the rulebook, std::invalid_argument if the rulebook is null.
Rules compile(std::shared_ptr<const Rulebook> rulebook, const Policy& policy);

/// Return the reasons why a policy does not fit a rulebook: another edition, or an availability that would end before
/// it begins.
Diagnostics validate(const Policy& policy, const Rulebook& rulebook);

}  // namespace designation
