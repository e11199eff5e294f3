#include "plan/search.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <tuple>
#include <utility>

#include "designation/renewal.hpp"
#include "plan/candidate_days.hpp"
#include "plan/lower_bound.hpp"

// Dynamic programming over the decisions. A label says what one schedule of the renewals so far leaves; of labels that
// leave the same, only those stay that no other betters. What follows shows that the days tried suffice.
//
// Days of evaluations. Given the decisions, an evaluation may move to the last allowed day before the next decision
// that has the same fee and fiscal year: nothing that it costs changes, and its pass is in force at least as long on
// the days on which it is needed. So one day in each such stretch is tried (`Expansion::ways`).
//
// Days of decisions, where the next year counts from the anniversary. Fix for every evaluation its stretch and the
// renewals that it serves. What then must hold bounds each day from below: by a constant (the window opens, the plan or
// the stretch or the lead time begins, blocked days are over), or by a function of another day that grows with it (a
// decision is not before its evaluations; a performance pass is after the last decision; a pass is not before the first
// day from which it lasts to the anniversary or decision that it serves). Everything else (windows close, stretches
// end) only forbids days. So of all schedules of that kind one is earliest in every day, and it has the fewest lapsed
// days. Each of its days follows from a constant by these functions, and `decision_days` gathers these, backwards from
// the last window. Windows of one term's anniversaries do not meet, so "after the last decision" never moves one.
//
// Where the next year counts from the decision, lapsed days pay off later, and all days of a window are tried. Plans on
// a few days are sought first; what cannot cost less than these, by a bound that no schedule undercuts, is not pursued.

namespace designation {

namespace {

bool counts_from_the_decision(const Rules& rules) noexcept {
    return rules.readings.renewal_anchor == RenewalAnchor::decision;
}

/// By what labels are compared.
struct Measures {
    Amount fees;
    int lapsed_days = 0;
    Day day;                            ///< of the last decision, or on which the plan begins
    int year = 0;                       ///< the fiscal year of that day, where there are budgets
    Amount paid_in_year;                ///< fees of the plan in that year
    PerValue<Evaluation, int> lasting;  ///< for how much of what may come its pass is in force
};

/// Whether whatever can follow `b` can follow `a`, too, at no more cost. An earlier decision leaves more days for the
/// evaluations of the next.
bool betters(const Measures& a, const Measures& b) noexcept {
    if (a.fees > b.fees || a.lapsed_days > b.lapsed_days || a.day > b.day) return false;
    if (a.year == b.year && a.paid_in_year > b.paid_in_year) return false;
    return a.lasting.values[0] >= b.lasting.values[0] && a.lasting.values[1] >= b.lasting.values[1] &&
           a.lasting.values[2] >= b.lasting.values[2];
}

/// What the renewals so far leave.
struct Label {
    Standing standing;
    std::size_t before = 0;
    Cycle cycle;
};

/// A way to have an evaluation carry a renewal: by the pass that there is, or by one taken on a day.
struct Way {
    Attainments pass;
    std::optional<Day> taken;
    Amount fee;
    int year = 0;
    int lasting = 0;
};

/// On which days a pass can be needed after a decision from which the next year counts: for the next renewal, and first
/// for the one after it.
struct NeededFromDecision {
    Interval next;
    Day after_next;
};

class Expansion {
 public:
    /// Where days are `spare`, only a few are tried; what cannot better what is `known` is not pursued.
    Expansion(const Beginning& beginning, Interval span, const Rules& rules, const Constraints& constraints,
              const std::vector<Found>& known, std::optional<int> spare)
        : span_(span), rules_(rules), constraints_(constraints), evaluations_(evaluations_of(rules)) {
        for (const Found& each : known) known_.emplace_back(each.fees, each.lapsed_days);
        if (!known_.empty()) bound_.emplace(span, rules);
        if (spare) candidate_days_.emplace(beginning, span, rules, constraints, *spare);
        if (!counts_from_the_decision(rules)) days_ = decision_days(beginning, span.through, rules, constraints);
        Measures measures{beginning.fees, 0, beginning.day, year_of(beginning.day), {}, {}};
        for (const Cycle& cycle : beginning.schedule) measures.paid_in_year = paid(cycle, measures.year);
        measures_.push_back(measures);
        labels_.push_back({beginning.standing, 0, {}});
    }

    Search run(const Beginning& beginning) {
        Search result;
        std::size_t first = 0;
        for (std::size_t stage = 0; first < labels_.size(); ++stage) {
            std::vector<std::size_t> open;
            for (std::size_t i = first; i < labels_.size(); ++i) {
                if (anniversary(i) > span_.through) {
                    finished_.push_back(i);
                } else {
                    result.unreached = std::max(result.unreached.value_or(anniversary(i)), anniversary(i));
                    if (!bound_ || !bound_->can_prune(labels_[i].standing, costs(i), known_)) open.push_back(i);
                }
            }
            first = labels_.size();
            if (counts_from_the_decision(rules_)) {
                expand(open);
            } else if (!open.empty()) {
                for (const Day on : days_.of[stage]) decide_all(open, on, first);
            }
        }
        for (const std::size_t end : finished_) result.front.push_back(found(end, beginning));
        return result;
    }

 private:
    /// Where the next year counts from the decision: only what is decided on one day can be compared.
    void expand(std::vector<std::size_t> open) {
        if (open.empty()) return;
        // The cheapest first, so that what others better is seldom kept until they come.
        std::ranges::stable_sort(open, {}, [this](std::size_t i) { return costs(i); });
        const Day from = std::ranges::min(open | std::views::transform([this](auto i) { return window_of(i).from; }));
        std::vector<std::vector<std::size_t>> by_day;
        for (const std::size_t i : open) {
            for (const Day on :
                 candidate_days_ ? candidate_days_->candidates(labels_[i].standing, window_of(i)) : all_days(i)) {
                const auto place = static_cast<std::size_t>(on - from);
                by_day.resize(std::max(by_day.size(), place + 1));
                by_day[place].push_back(i);
            }
        }
        for (std::size_t place = 0; place < by_day.size(); ++place) {
            if (!by_day[place].empty()) decide_all(by_day[place], from + static_cast<int>(place), labels_.size());
        }
    }

    Day anniversary(std::size_t label) const noexcept { return labels_[label].standing.term.record()->anniversary.day; }

    Interval window_of(std::size_t label) const noexcept {
        Interval window = renewal_window(anniversary(label), rules_);
        window.from = std::max(window.from, span_.from);
        return window;
    }

    std::vector<Day> all_days(std::size_t label) const {
        const Interval window = window_of(label);
        std::vector<Day> days;
        for (Day on = constraints_.first_allowed(window.from); on <= window.through;
             on = constraints_.first_allowed(on + 1)) {
            days.push_back(on);
        }
        return days;
    }

    int year_of(Day day) const noexcept { return constraints_.has_budgets() ? fiscal_year(day, rules_) : 0; }

    /// Adds the labels of renewals decided on a day, unless one from `first` on betters them.
    void decide_all(const std::vector<std::size_t>& open, Day on, std::size_t first) {
        if (counts_from_the_decision(rules_)) {
            const Day next = Anniversary{on}.next(rules_).day;
            const Interval window = renewal_window(next, rules_);
            const Day after_next = Anniversary{window.from}.next(rules_).day;
            needed_ = {{reference_day(next, window.from, rules_), reference_day(next, window.through, rules_)},
                       reference_day(after_next, renewal_window(after_next, rules_).from, rules_)};
        }
        for (const Evaluation evaluation : evaluations_) taken_[evaluation] = take(evaluation, on);
        for (const std::size_t i : open) decide(i, on, first);
    }

    void decide(std::size_t from, Day on, std::size_t first) {
        for (const Evaluation evaluation : evaluations_) {
            if (!find_ways(from, evaluation, on)) return;
        }
        Measures measures = measures_[from];
        measures.lapsed_days += lapsed_days(anniversary(from), span_.from, on, rules_);
        measures.day = on;
        measures.year = year_of(on);
        choose(evaluations_.begin(), from, measures, first);
    }

    /// Takes each way for an evaluation and those after it.
    void choose(const Evaluation* evaluation, std::size_t from, const Measures& before, std::size_t first) {
        if (evaluation == evaluations_.end()) return add(from, before, first);
        for (const Way& way : ways_[*evaluation]) {
            chosen_[*evaluation] = &way;
            Measures measures = before;
            measures.fees += way.fee;
            measures.lasting[*evaluation] = way.lasting;
            if (!constraints_.has_budgets() || fits(*evaluation, from)) choose(evaluation + 1, from, measures, first);
        }
    }

    /// Whether a fee fits beside the others of its fiscal year: those chosen before it, and those paid already.
    bool fits(Evaluation evaluation, std::size_t from) const {
        const Way& way = *chosen_[evaluation];
        Amount beside = way.year == measures_[from].year ? measures_[from].paid_in_year : Amount{};
        for (const Evaluation other : evaluations_) {
            if (other == evaluation) break;
            if (chosen_[other]->taken && chosen_[other]->year == way.year) beside += chosen_[other]->fee;
        }
        return !way.taken || constraints_.affordable(way.fee, beside, way.year);
    }

    Amount paid(const Cycle& cycle, int year) const {
        Amount total;
        for (const Evaluation evaluation : evaluations_) {
            const auto& taken = cycle.taken[evaluation];
            if (taken && year_of(*taken) == year) total += fee(evaluation, *taken, rules_);
        }
        return total;
    }

    void add(std::size_t from, Measures measures, std::size_t first) {
        Cycle cycle{EventType::renewal_approved, measures.day, {}};
        for (const Evaluation evaluation : evaluations_) cycle.taken[evaluation] = chosen_[evaluation]->taken;
        if (constraints_.has_budgets()) {
            const bool same_year = measures.year == measures_[from].year;
            measures.paid_in_year = paid(cycle, measures.year) + (same_year ? measures_[from].paid_in_year : Amount{});
        }
        for (std::size_t i = measures_.size(); i-- > first;) {
            if (betters(measures_[i], measures)) return;
        }
        Label label{labels_[from].standing, from, cycle};
        for (const Evaluation evaluation : evaluations_)
            label.standing.passes.of[evaluation] = chosen_[evaluation]->pass;
        label.standing.term.renewal(measures.day, rules_);
        labels_.push_back(label);
        measures_.push_back(measures);
    }

    Attainments take(Evaluation evaluation, Day on) const noexcept {
        Passes passes;
        passes.take({on, event_of(evaluation), Outcome::pass}, rules_);
        return passes.of[evaluation];
    }

    /// Passes that are in force on the same of the days that matter last equally long.
    int lasting(Evaluation evaluation, const Attainments& pass) const noexcept {
        if (rules_.evaluations[evaluation].each_cycle) return 0;
        if (!counts_from_the_decision(rules_)) {
            const auto beyond = std::ranges::upper_bound(days_.needed_on, pass.valid_through);
            return static_cast<int>(beyond - days_.needed_on.begin());
        }
        if (pass.valid_through < needed_.next.from) return 0;
        const bool for_the_next = pass.valid_through < needed_.after_next;
        const Day last = for_the_next ? std::min(pass.valid_through, needed_.next.through) : pass.valid_through;
        return last - needed_.next.from + 1;
    }

    /// Finds the ways for an evaluation; says whether there are any.
    bool find_ways(std::size_t from, Evaluation evaluation, Day on) {
        const TermRecord& record = *labels_[from].standing.term.record();
        std::vector<Way>& ways = ways_[evaluation];
        ways.clear();
        Passes passes = labels_[from].standing.passes;
        const auto carries = [&] {
            return carries_renewal(evaluation, passes, record.decided_on, record.anniversary.day, on, rules_);
        };
        if (carries()) ways.push_back({passes.of[evaluation], {}, {}, 0, lasting(evaluation, passes.of[evaluation])});
        const Day begins = measures_[from].day + (from == 0 ? 0 : 1);
        for (Day day = on; day >= std::max(begins, constraints_.earliest(evaluation));) {
            passes.of[evaluation] = day == on ? taken_[evaluation] : take(evaluation, day);
            if (!carries()) break;  // an earlier one does not, either
            const Amount price = fee(evaluation, day, rules_);
            const bool dearer = !ways.empty() && ways.back().taken && ways.back().fee <= price;
            if (constraints_.has_budgets() || !dearer) {
                ways.push_back(
                    {passes.of[evaluation], day, price, year_of(day), lasting(evaluation, passes.of[evaluation])});
            }
            day = constraints_.last_allowed(constraints_.stretch(evaluation, day).from - 1);
        }
        return !ways.empty();
    }

    Costs costs(std::size_t i) const noexcept { return {measures_[i].fees, measures_[i].lapsed_days}; }

    Found found(std::size_t end, const Beginning& beginning) const {
        Found result{costs(end).first, costs(end).second, anniversary(end), {}};
        for (std::size_t i = end; i != 0; i = labels_[i].before) result.schedule.push_back(labels_[i].cycle);
        std::ranges::reverse(result.schedule);
        result.schedule.insert(result.schedule.begin(), beginning.schedule.begin(), beginning.schedule.end());
        return result;
    }

    Interval span_;
    const Rules& rules_;
    const Constraints& constraints_;
    Sequence<Evaluation> evaluations_;
    std::optional<LowerBound> bound_;
    std::optional<CandidateDays> candidate_days_;  ///< where not all days are tried
    std::vector<Costs> known_;
    DecisionDays days_;
    std::vector<Label> labels_;
    std::vector<Measures> measures_;  ///< of each label
    std::vector<std::size_t> finished_;

    // For the decision that is looked at.
    NeededFromDecision needed_;
    PerValue<Evaluation, Attainments> taken_;
    PerValue<Evaluation, std::vector<Way>> ways_;
    PerValue<Evaluation, const Way*> chosen_;
};

/// Leaves the plans that no other betters, fees rising; of equal ones the one that holds longest.
std::vector<Found> front_of(std::vector<Found> plans) {
    std::ranges::stable_sort(plans, [](const Found& a, const Found& b) {
        return std::tuple(a.fees, a.lapsed_days, b.held_until) < std::tuple(b.fees, b.lapsed_days, a.held_until);
    });
    std::vector<Found> front;
    for (Found& plan : plans) {
        if (front.empty() || plan.lapsed_days < front.back().lapsed_days) front.push_back(std::move(plan));
    }
    return front;
}

}  // namespace

Search search(const Beginning& beginning, Interval span, const Rules& rules, const Constraints& constraints) {
    Search result;
    const auto widen = [&](std::optional<int> spare) {
        Search found = Expansion(beginning, span, rules, constraints, result.front, spare).run(beginning);
        std::ranges::move(result.front, std::back_inserter(found.front));
        result = {front_of(std::move(found.front)), found.unreached};
    };
    if (counts_from_the_decision(rules)) {
        widen(0);
        widen(3);
    }
    widen(std::nullopt);
    if (!result.front.empty()) result.unreached.reset();
    return result;
}

}  // namespace designation
