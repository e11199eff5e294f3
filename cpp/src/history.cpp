#include "designation/history.hpp"

#include <algorithm>

#include "designation/availability.hpp"
#include "designation/eligibility.hpp"
#include "designation/renewal.hpp"

namespace designation {

namespace {

constexpr PerValue<Evaluation, FindingCode> award_without{
    {FindingCode::award_without_capability, FindingCode::award_without_performance, FindingCode::award_without_csat}};

/// Takes the events one by one and tells `raise(code, day)` what each makes questionable.
template <class Raise>
class Replay {
 public:
    Replay(const PartnerView& partner, const Rules& rules, Raise& raise)
        : partner_(partner), rules_(rules), raise_(raise) {}

    History run(Day as_of) {
        const auto events = *partner_.events;
        auto today = events.begin();
        while (today != events.end() && today->on <= as_of) {
            const Day day = today->on;
            const auto tomorrow = std::find_if(today, events.end(), [day](const Event& e) { return e.on != day; });
            // Whatever an event of a day is judged by, it is judged with all evaluations of that day.
            std::for_each(today, tomorrow, [this](const Event& event) { history_.passes.take(event, rules_); });
            std::for_each(today, tomorrow, [this](const Event& event) { take(event); });
            today = tomorrow;
        }
        return history_;
    }

 private:
    void take(const Event& event) {
        history_.attempt.take(event);
        switch (event.type) {
            case EventType::interest_registered: return register_interest(event.on);
            case EventType::eligibility_decided: return decide_eligibility(event);
            case EventType::capability_evaluated:
            case EventType::case_rate_determined:
            case EventType::csat_evaluated: return evaluate(event);
            case EventType::case_volume_validated: return;
            case EventType::badge_awarded: return award(event.on);
            case EventType::renewal_approved: return renew(event.on);
        }
    }

    // SSD-J1
    void register_interest(Day on) {
        if (history_.term.runs(on)) return;
        if (eligible(on) == Verdict::unmet) raise_(FindingCode::registered_without_prerequisites, on);
        if (!history_.attempt.open()) history_.attempt.started_on = on;
    }

    void decide_eligibility(const Event& event) {
        const Verdict differing = event.outcome == Outcome::eligible ? Verdict::unmet : Verdict::met;
        if (eligible(event.on) == differing) raise_(FindingCode::eligibility_differs, event.on);
    }

    void evaluate(const Event& event) {
        if (event.outcome != Outcome::pass || !history_.attempt.open() || history_.term.held(event.on, rules_)) return;
        const auto evaluation = evaluation_of(event.type);
        for (const StepParameters& earlier : rules_.steps) {
            if (evaluation_of(earlier.step) == evaluation) return;
            if (!is_done(earlier.step, history_.attempt, history_.passes, event.on, rules_)) {
                return raise_(FindingCode::step_out_of_order, event.on);
            }
        }
    }

    // SSD-T1
    void award(Day on) {
        const TermState::Award award = history_.term.award(on, rules_);
        if (award.while_held) raise_(FindingCode::award_while_held, on);
        if (!award.counts) return;
        if (available(Offer::badge, on, rules_) == Verdict::unmet) raise_(FindingCode::award_before_launch, on);
        if (lacks_eligibility_decision()) raise_(FindingCode::award_without_eligibility, on);
        for (const Evaluation evaluation : all_evaluations) {
            if (!history_.passes.in_force(evaluation, on, rules_)) raise_(award_without[evaluation], on);
        }
        history_.attempt.started_on.reset();
    }

    // SSD-T4
    void renew(Day on) {
        const auto before = history_.term.record();
        const TermState::Renewal decision = history_.term.renewal(on, rules_);
        if (decision.outside_window) raise_(FindingCode::renewal_outside_window, on);
        if (!decision.counts) return;
        if (decision.gap) raise_(FindingCode::renewal_gap, on);
        const Renewal readiness =
            renewal(eligible(on), history_.passes, before->decided_on, decision.anniversary, on, rules_);
        if (readiness.verdict == Verdict::unmet) raise_(FindingCode::renewal_unready, on);
        history_.attempt.started_on.reset();
    }

    Verdict eligible(Day on) const { return eligibility(partner_, on, rules_).verdict; }

    bool lacks_eligibility_decision() const {
        const bool edition_has_the_step =
            std::ranges::any_of(rules_.steps, [](const auto& s) { return s.step == Step::eligibility_validation; });
        if (!edition_has_the_step) return false;
        const AttemptState& attempt = history_.attempt;
        if (attempt.open()) return attempt.decision_in_attempt() != Outcome::eligible;
        return !attempt.eligibility_decision || attempt.eligibility_decision->outcome != Outcome::eligible;
    }

    const PartnerView& partner_;
    const Rules& rules_;
    Raise& raise_;
    History history_;
};

}  // namespace

History replay(const PartnerView& partner, Day as_of, const Rules& rules) noexcept {
    FindingSet findings;
    auto raise = [&findings](FindingCode code, Day) { findings.insert(code); };
    History history = Replay(partner, rules, raise).run(as_of);
    history.findings = findings;
    return history;
}

std::vector<Finding> findings_of_events(const PartnerView& partner, Day as_of, const Rules& rules) {
    std::vector<Finding> found;
    auto raise = [&found](FindingCode code, Day on) { found.push_back({on, code}); };
    Replay(partner, rules, raise).run(as_of);
    std::ranges::sort(found);
    const auto repeated = std::ranges::unique(found);
    found.erase(repeated.begin(), repeated.end());
    return found;
}

}  // namespace designation
