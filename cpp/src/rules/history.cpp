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
    while (taken_ < events.size() && events[taken_].on <= as_of) {
        const Day today = events[taken_].on;
        raised_today_ = {};
        // Whatever an event of a day is judged by, it is judged with all evaluations of that day.
        std::size_t tomorrow = taken_;
        do history_.passes.take(events[tomorrow++], rules_);
        while (tomorrow < events.size() && events[tomorrow].on == today);
        for (; taken_ < tomorrow; ++taken_) take(events[taken_]);
    }
    return history_;
}

const Event* Replay::next() const noexcept {
    return taken_ < partner_.events->size() ? &(*partner_.events)[taken_] : nullptr;
}

void Replay::take(const Event& event) {
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
    if (history_.term.runs(on)) return;
    if (judges_ && eligible(on) == Verdict::unmet) raise(FindingCode::registered_without_prerequisites, on);
    if (!history_.attempt.open()) history_.attempt.started_on = on;
}

void Replay::decide_eligibility(const Event& event) {
    history_.attempt.eligibility_decision = event;
    if (!judges_) return;
    const Verdict differing = event.outcome == Outcome::eligible ? Verdict::unmet : Verdict::met;
    if (eligible(event.on) == differing) raise(FindingCode::eligibility_differs, event.on);
}

void Replay::evaluate(const Event& event) {
    const auto evaluation = evaluation_of(event.type);
    history_.incurred += fee(*evaluation, event.on, rules_);  // SSD-F3
    if (!judges_ || event.outcome != Outcome::pass || !history_.attempt.open() || history_.term.held(event.on, rules_))
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
    const TermState::Award award = history_.term.award(on, rules_);
    if (award.while_held) raise(FindingCode::award_while_held, on);
    if (!award.counts) return;
    if (judges_) judge_award(on);
    history_.attempt.started_on.reset();
}

void Replay::judge_award(Day on) {
    if (available(Offer::badge, on, rules_) == Verdict::unmet) raise(FindingCode::award_before_launch, on);
    if (lacks_eligibility_decision()) raise(FindingCode::award_without_eligibility, on);
    for (const Evaluation evaluation : all_evaluations) {
        if (!history_.passes.in_force(evaluation, on, rules_)) raise(award_without[evaluation], on);
    }
}

// SSD-T4
void Replay::renew(Day on) {
    const auto before = history_.term.record();
    const TermState::Renewal decision = history_.term.renewal(on, rules_);
    if (decision.outside_window) raise(FindingCode::renewal_outside_window, on);
    if (!decision.counts) return;
    if (decision.gap) raise(FindingCode::renewal_gap, on);
    if (judges_) {
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
    if (attempt.open()) return attempt.decision_in_attempt() != Outcome::eligible;
    return !attempt.eligibility_decision || attempt.eligibility_decision->outcome != Outcome::eligible;
}

void Replay::raise(FindingCode code, Day on) {
    if (!judges_ || raised_today_.contains(code)) return;
    raised_today_.insert(code);
    history_.findings.insert(code);
    ++history_.finding_count;
    if (found_) found_->push_back({on, code});
}

History replay(const PartnerView& partner, Day as_of, const Rules& rules) noexcept {
    return Replay(partner, rules).advance(as_of);
}

std::vector<Finding> findings_of_events(const PartnerView& partner, Day as_of, const Rules& rules) {
    std::vector<Finding> found;
    Replay(partner, rules).advance(as_of, &found);
    std::ranges::sort(found);
    return found;
}

}  // namespace designation
