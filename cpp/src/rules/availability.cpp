#include "designation/availability.hpp"

namespace designation {

Verdict available(Offer offer, Day on, const Rules& rules) noexcept {
    const Availability& dates = rules.availability[offer];
    if (dates.available_from) return met_if(on >= *dates.available_from);
    if (dates.not_before && on < *dates.not_before) return Verdict::unmet;
    const bool time_has_passed = dates.announced_by && on > *dates.announced_by;
    if (time_has_passed && rules.readings.announcement == Announcement::presumed) return Verdict::met;
    return Verdict::unknown;
}

}  // namespace designation
