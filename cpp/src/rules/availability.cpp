#include "designation/availability.hpp"

namespace designation {

AvailabilityDays availability_days(const Availability& dates, const Readings& readings) noexcept {
    if (dates.available_from) return {.unmet_before = *dates.available_from, .met_from = *dates.available_from};
    AvailabilityDays days;
    if (dates.not_before) days.unmet_before = *dates.not_before;
    if (dates.announced_by && readings.announcement == Announcement::presumed) days.met_from = *dates.announced_by + 1;
    return days;
}

Verdict available(Offer offer, Day on, const Rules& rules) noexcept {
    const AvailabilityDays& days = rules.availability_days[offer];
    if (on >= days.met_from) return Verdict::met;
    return on < days.unmet_before ? Verdict::unmet : Verdict::unknown;
}

}  // namespace designation
