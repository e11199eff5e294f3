#include "designation/availability.hpp"

namespace designation {

Verdict available(Offer offer, Day on, const Rules& rules) noexcept {
    const AvailabilityDays& days = rules.availability_days[offer];
    if (on >= days.met_from[rules.readings.announcement]) return Verdict::met;
    return on < days.unmet_before ? Verdict::unmet : Verdict::unknown;
}

}  // namespace designation
