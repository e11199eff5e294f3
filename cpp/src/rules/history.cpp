#include "designation/history.hpp"

#include <algorithm>

#include "designation/availability.hpp"
#include "designation/eligibility.hpp"
#include "designation/renewal.hpp"

namespace designation {

namespace {

constexpr PerValue<Evaluation, FindingCode> award_without{
    {FindingCode::award_without_capability, FindingCode::award_without_performance, FindingCode::award_without_csat}};

}  // namespace

const History& Replay::advance(Day as_of, std::vector<Finding>* found) {
    found_ = found;
    const auto events = *partner_.events;
    while (applied_ < events.size() && events[applied_].on <= as_of) {
        const Day today = events[applied_].on;
        raised_today_ = {};
        // The evaluations of a date count for every event of that date, so they are recorded first.
        std::size_t tomorrow = applied_;
        do history_.passes.record(events[tomorrow++], rules_);
        while (tomorrow < events.size() && events[tomorrow].on == today);
        for (; applied_ < tomorrow; ++applied_) apply(events[applied_]);
    }
    return history_;
}

const Event* Replay::next() const noexcept {
    return applied_ < partner_.events->size() ? &(*partner_.events)[applied_] : nullptr;
}

void Replay::apply(const Event& event) {
    switch (event.type) {
        case EventType::interest_registered: return register_interest(event.on);
        case EventType::eligibility_decided: return decide_eligibility(event);
        case EventType::case_rate_determined: history_.attempt.case_rate_on = event.on; [[fallthrough]];
        case EventType::capability_evaluated:
        case EventType::csat_evaluated: return evaluate(event);
        case EventType::case_volume_validated: history_.attempt.case_volume_on = event.on; return;
        case EventType::badge_awarded: return award(event.on);
        case EventType::renewal_approved: return renew(event.on);
    }
}

// SSD-J1
void Replay::register_interest(Day on) {
    if (history_.term.is_running(on)) return;
    if (raises_findings_ && eligible(on) == Verdict::unmet) raise(FindingCode::registered_without_prerequisites, on);
    if (!history_.attempt.is_open()) history_.attempt.started_on = on;
}

void Replay::decide_eligibility(const Event& event) {
    history_.attempt.eligibility_decision = event;
    if (!raises_findings_) return;
    const Verdict differing = event.outcome == Outcome::eligible ? Verdict::unmet : Verdict::met;
    if (eligible(event.on) == differing) raise(FindingCode::eligibility_differs, event.on);
}

void Replay::evaluate(const Event& event) {
    const auto evaluation = evaluation_of(event.type);
    history_.incurred += fee(*evaluation, event.on, rules_);  // SSD-F3
    if (!raises_findings_ || event.outcome != Outcome::pass || !history_.attempt.is_open() ||
        history_.term.is_held_on(event.on, rules_))
        return;
    for (const StepParameters& earlier : rules_.steps) {  // GCOVR_EXCL_BR_LINE: the evaluation is one of them
        if (evaluation_of(earlier.step) == evaluation) return;
        if (!is_done(earlier.step, history_.attempt, history_.passes, event.on, rules_)) {
            return raise(FindingCode::step_out_of_order, event.on);
        }
    }
}

// SSD-T1
void Replay::award(Day on) {
    const TermState::AwardEffect award = history_.term.award(on, rules_);
    if (award.while_held) raise(FindingCode::award_while_held, on);
    if (!award.counts) return;
    if (raises_findings_) check_award(on);
    history_.attempt.started_on.reset();
}

void Replay::check_award(Day on) {
    if (available(Offer::badge, on, rules_) == Verdict::unmet) raise(FindingCode::award_before_launch, on);
    if (lacks_eligibility_decision()) raise(FindingCode::award_without_eligibility, on);
    for (const Evaluation evaluation : all_evaluations) {
        if (!history_.passes.in_force(evaluation, on, rules_)) raise(award_without[evaluation], on);
    }
}

// SSD-T4
void Replay::renew(Day on) {
    const auto before = history_.term.record();
    const TermState::RenewalEffect decision = history_.term.renew(on, rules_);
    if (decision.outside_window) raise(FindingCode::renewal_outside_window, on);
    if (!decision.counts) return;
    if (decision.gap) raise(FindingCode::renewal_gap, on);
    if (raises_findings_) {
        const Renewal readiness =
            renewal(eligible(on), history_.passes, before->decided_on, decision.anniversary, on, rules_);
        if (readiness.verdict == Verdict::unmet) raise(FindingCode::renewal_unready, on);
    }
    history_.attempt.started_on.reset();
}

Verdict Replay::eligible(Day on) const noexcept { return eligibility(partner_, on, rules_).verdict; }

bool Replay::lacks_eligibility_decision() const noexcept {
    const bool edition_has_the_step =
        std::ranges::any_of(rules_.steps, [](const auto& s) { return s.step == Step::eligibility_validation; });
    if (!edition_has_the_step) return false;
    const AttemptState& attempt = history_.attempt;
    if (attempt.is_open()) return attempt.decision_in_attempt() != Outcome::eligible;
    return !attempt.eligibility_decision || attempt.eligibility_decision->outcome != Outcome::eligible;
}

void Replay::raise(FindingCode code, Day on) {
    if (!raises_findings_ || raised_today_.contains(code)) return;
    raised_today_.insert(code);
    history_.findings.insert(code);
    ++history_.finding_count;
    if (found_) found_->push_back({on, code});
}

History replay(const PartnerView& partner, Day as_of, const Rules& rules) noexcept {
    return Replay(partner, rules).advance(as_of);
}

}  // namespace designation
