#include "designation/rules.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace designation {

namespace {

/// Return a policy's override for an offer, or else that for the offer with which it is bundled.
const AvailabilityOverride* override_of(Offer offer, const Policy& policy, const Parameters& parameters) {
    if (const auto& own = policy.availability[offer]) return &*own;
    const auto& bundle = parameters.bundled_with[offer];
    if (bundle && policy.availability[*bundle]) return &*policy.availability[*bundle];
    return nullptr;
}

Availability merge(Availability availability, const AvailabilityOverride& given) {
    if (given.not_before) availability.not_before = *given.not_before;
    if (given.announced_by) availability.announced_by = *given.announced_by;
    if (given.available_from) availability.available_from = *given.available_from;
    return availability;
}

/// Return a schedule with the overrides, each from its day on.
FeeSchedule merge(FeeSchedule schedule, const FeeSchedule& overrides) {
    for (const FeeFrom& fee : overrides) {
        const auto at = std::ranges::lower_bound(schedule, fee.from, {}, &FeeFrom::from);
        if (at != schedule.end() && at->from == fee.from) {
            at->amount = fee.amount;
        } else {
            schedule.insert(at, fee);
        }
    }
    return schedule;
}

/// SSD-A: reduce what was announced of an offer to the dates on which its availability changes.
AvailabilityDays availability_days(const Availability& dates) noexcept {
    if (const auto from = dates.available_from) return {.unmet_before = *from, .met_from = {{*from, *from}}};
    AvailabilityDays days;
    if (dates.not_before) days.unmet_before = *dates.not_before;
    if (dates.announced_by) days.met_from[Announcement::presumed] = *dates.announced_by + 1;
    return days;
}

std::vector<Day> change_days(const Parameters& parameters) {
    std::vector<Day> days;
    for (const Availability& dates : parameters.availability.values) {
        if (dates.not_before) days.push_back(*dates.not_before);
        if (dates.announced_by) days.push_back(*dates.announced_by + 1);
        if (dates.available_from) days.push_back(*dates.available_from);
    }
    for (const FeeSchedule& schedule : parameters.fees.values) {
        for (const FeeFrom& fee : schedule) days.push_back(fee.from);
    }
    std::ranges::sort(days);
    // NOLINTNEXTLINE(modernize-use-ranges): clang 14 cannot compile the version of ranges
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace

Diagnostics validate(const Policy& policy, const Rulebook& rulebook) {
    Diagnostics problems;
    if (policy.edition && *policy.edition != rulebook.edition) {
        problems.push_back(
            {"edition", "/edition",
             "the policy is for edition " + *policy.edition + ", but the rulebook is edition " + rulebook.edition});
    }
    for (std::size_t i = 0; i < count_of<Offer>; ++i) {
        const auto offer = static_cast<Offer>(i);
        const auto* given = override_of(offer, policy, rulebook.parameters);
        if (!given) continue;
        const Offer named = policy.availability[offer] ? offer : *rulebook.parameters.bundled_with[offer];
        const std::string pointer = "/availability/" + std::string(to_string(named));
        const Availability dates = merge(rulebook.parameters.availability[offer], *given);
        const bool is_reported =
            std::ranges::any_of(problems, [&](const auto& problem) { return problem.pointer == pointer; });
        if (!is_reported && dates.not_before && dates.announced_by && *dates.announced_by < *dates.not_before) {
            problems.push_back({"order", pointer,
                                "announced_by (" + to_string(*dates.announced_by) +
                                    ") must not be before not_before (" + to_string(*dates.not_before) + "); edition " +
                                    rulebook.edition + " supplies the dates that the policy omits"});
        }
    }
    return problems;
}

Rules compile(std::shared_ptr<const Rulebook> rulebook, const Policy& policy) {
    if (!rulebook) throw std::invalid_argument("the rulebook must not be null");
    if (Diagnostics problems = validate(policy, *rulebook); !problems.empty()) throw InputError(std::move(problems));
    Rules rules{rulebook->parameters, rulebook->defaults, std::move(rulebook), policy, {}, {}, {}};
    for_each_interpretation(
        [](Interpretation, auto& reading, const auto& choice) {
            if (choice) reading = *choice;
        },
        rules.readings, policy.interpretations);
    for (std::size_t i = 0; i < count_of<Offer>; ++i) {
        const auto offer = static_cast<Offer>(i);
        if (const auto* given = override_of(offer, policy, rules)) {
            rules.availability[offer] = merge(rules.availability[offer], *given);
        }
        rules.availability_days[offer] = availability_days(rules.availability[offer]);
    }
    for (const Evaluation evaluation : all_evaluations) {
        rules.fees[evaluation] = merge(std::move(rules.fees[evaluation]), policy.fees[evaluation]);
    }
    rules.change_days = change_days(rules);
    return rules;
}

}  // namespace designation
