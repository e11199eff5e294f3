#include "designation/term.hpp"

namespace designation {

// SSD-T3
Interval renewal_window(Day anniversary, const Rules& rules) noexcept {
    return {anniversary - rules.window_opens_before, anniversary + rules.window_closes_after};
}

// SSD-T1
TermState::AwardEffect TermState::award(Day on, const Rules& rules) noexcept {
    AwardEffect result;
    result.while_held = is_held_on(on, rules);
    result.counts = !is_running(on);
    if (result.counts) {
        const Day first_awarded_on = record_ ? record_->first_awarded_on : on;
        record_ = {on, Anniversary{on}.next(rules), on, first_awarded_on};
    }
    return result;
}

// SSD-T4
TermState::RenewalEffect TermState::renew(Day on, const Rules& rules) noexcept {
    RenewalEffect result;
    if (!record_ || on < renewal_window(record_->anniversary.day, rules).from) {
        result.outside_window = true;
        return result;
    }
    Anniversary last = record_->anniversary;
    Anniversary next = last.next(rules);
    while (on >= renewal_window(next.day, rules).from) {
        last = next;
        next = last.next(rules);
    }
    result.anniversary = last.day;
    result.outside_window = on > renewal_window(last.day, rules).through;
    result.counts = !result.outside_window || rules.readings.late_renewal == LateRenewal::stands;
    if (result.counts) {
        result.gap = last.day != record_->anniversary.day;
        const bool from_decision = rules.readings.renewal_anchor == RenewalAnchor::decision;
        record_->anniversary = from_decision ? Anniversary{on}.next(rules) : next;
        record_->decided_on = on;
    }
    return result;
}

// SSD-T6
Status TermState::status(Day on, const Rules& rules) const noexcept {
    if (!record_) return Status::not_attained;
    const Interval window = renewal_window(record_->anniversary.day, rules);
    if (on < window.from) return Status::active;
    if (on < record_->anniversary.day) return Status::renewal_open;
    return on <= window.through ? Status::renewal_overdue : Status::expired;
}

// SSD-T7
Verdict in_force_by_status(Status status, const Rules& rules) noexcept {
    switch (status) {
        case Status::active:
        case Status::renewal_open: return Verdict::met;
        case Status::renewal_overdue: return met_if(rules.readings.after_anniversary == AfterAnniversary::in_force);
        case Status::not_attained:
        case Status::expired: return Verdict::unmet;
        case Status::unknown: break;
    }
    return Verdict::unknown;
}

Term term(const TermState* state, Verdict eligibility, Day as_of, const Rules& rules) noexcept {
    Term result;
    if (state) {
        result.status = state->status(as_of, rules);
        if (const auto& record = state->record()) {
            const Interval window = renewal_window(record->anniversary.day, rules);
            result.attained_on = record->attained_on;
            result.expires_on = record->anniversary.day;
            result.renewal_opens_on = window.from;
            result.renewal_closes_on = window.through;
        }
    }
    result.in_force = in_force_by_status(result.status, rules);
    // SSD-T5
    result.at_risk = is_held(result.status) && eligibility == Verdict::unmet;
    if (rules.readings.prerequisite_lapse == PrerequisiteLapse::suspend) result.in_force &= eligibility;
    return result;
}

}  // namespace designation
