#include "plan/search.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <ranges>
#include <tuple>
#include <utility>

#include "designation/renewal.hpp"
#include "plan/candidate_days.hpp"
#include "plan/criteria.hpp"
#include "plan/lower_bound.hpp"

// Dynamic programming over the decisions. A label holds the standing after one schedule of renewals; of comparable
// labels only those that no other dominates are kept. This is why the days that are tried suffice:
//
// Days of evaluations. Given the decisions, an evaluation can move to the last allowed day before the next decision
// that is in the same fee period: its cost does not change, and its pass is in force at least as long on the days on
// which it is required. So one day of each fee period is tried (`find_options`).
//
// Days of decisions, where the next year counts from the anniversary. Fix for every evaluation its fee period and the
// renewals that it serves. Some requirements then bound a day from below, by a constant (the window, the plan, the fee
// period or the lead time begins; a blocked period ends) or by a nondecreasing function of another day (a decision is
// not before its evaluations; a performance pass is after the last decision; a pass is not before the first day from
// which it lasts to the anniversary or decision that it serves). All other requirements (a window or a fee period ends)
// only exclude late days. So there is one schedule that is earliest in every day, and it has the fewest lapsed days.
// Each of its days follows from a constant by these functions, and `decision_days` collects those days, backward from
// the last window. The windows of one term do not overlap, so "after the last decision" never moves a day.
//
// The number of those days grows with the span, because one pass after another can end just before the next; the labels
// grow with it. So long chains are left out: an interval stands for all of their days between two others. It is tried
// as a decision on its first day, with the lapsed days and the requirements of that day, whose passes last as long as
// those of its last day. No real decision in the interval costs less or leaves more. If no plan on the front uses an
// interval, the front is therefore exact; otherwise longer chains are tried. Labels per renewal then grow with the span
// as the front does, and the time with its square.
//
// Where the next year counts from the decision, a lapsed day can pay off later, so every day of a window is tried. A
// search over a few days finds good plans first; `LowerBound` then prunes what cannot beat them.

namespace designation {

namespace {

/// Tried in turn until the front is proven. Longer chains of passes rarely save more than their lapsed days cost.
constexpr std::array depths{4, 16, std::numeric_limits<int>::max()};

bool counts_from_the_decision(const Rules& rules) noexcept {
    return rules.readings.renewal_anchor == RenewalAnchor::decision;
}

/// The standing after a schedule of renewals, and how it was reached.
struct Label {
    Standing standing;
    std::size_t previous = 0;
    Cycle cycle;
    bool is_bound = false;  ///< a decision stands for several days
    bool is_dominated = false;
};

/// One way for an evaluation to carry a renewal: an existing pass, or a pass on a day of the plan.
struct Option {
    PassRecord pass;
    std::optional<Day> taken_on;
    Amount fee;
    int year = 0;
    int coverage = 0;
};

/// The days on which a pass can be required after a decision, where the next year counts from the decision.
struct RequiredDays {
    Interval next_renewal;
    Day renewal_after_next;  ///< the first of them
};

/// How many days a search tries.
struct Effort {
    std::optional<int> extra_days = std::nullopt;  ///< if present, the few days of `CandidateDays`, else every day
    int depth = std::numeric_limits<int>::max();   ///< of `decision_days`
};

class LabelSearch {
 public:
    /// Labels that cannot beat the plans in `known` are pruned.
    LabelSearch(const Start& start, Interval span, const Rules& rules, const Constraints& constraints,
                const std::vector<Candidate>& known, const Effort& effort, const Checkpoint& checkpoint)
        : span_(span),
          rules_(rules),
          constraints_(constraints),
          checkpoint_(checkpoint),
          evaluations_(evaluations_of(rules)),
          not_repeated_(start.not_repeated) {
        for (const Candidate& plan : known) known_.push_back({plan.fees, plan.lapsed_days});
        if (!known_.empty()) bound_.emplace(span, rules);
        if (effort.extra_days) candidate_days_.emplace(start, span, rules, constraints, *effort.extra_days);
        if (!counts_from_the_decision(rules)) {
            decision_days_ = decision_days(start, span.through, rules, constraints, effort.depth);
        }
        Criteria criteria{start.fees, 0, start.day, year_of(start.day), {}, {}};
        for (const Cycle& cycle : start.schedule) criteria.paid_in_year = fees_in_year(cycle, criteria.year);
        criteria_.push_back(criteria);
        labels_.push_back({start.standing, 0, {}, false, false});
    }

    SearchResult run(const Start& start) {
        SearchResult result;
        std::size_t first = 0;
        for (std::size_t renewal = 0; first < labels_.size(); ++renewal) {
            std::vector<std::size_t> open;
            for (std::size_t i = first; i < labels_.size(); ++i) {
                if (labels_[i].is_dominated) continue;
                if (anniversary(i) > span_.through) {
                    finished_.push_back(i);
                } else {
                    result.blocked_anniversary =
                        std::max(result.blocked_anniversary.value_or(anniversary(i)), anniversary(i));
                    if (!bound_ || !bound_->can_prune(labels_[i].standing, costs(i), known_)) open.push_back(i);
                }
            }
            first = labels_.size();
            kept_.clear();
            if (counts_from_the_decision(rules_)) {
                expand_by_day(open);
            } else if (!open.empty()) {
                for (const Interval& days : decision_days_.by_anniversary[renewal]) expand_all(open, days);
            }
        }
        for (const std::size_t i : finished_) result.front.push_back(candidate(i, start));
        return result;
    }

 private:
    /// Where the next year counts from the decision, only labels of decisions on the same day can be compared.
    void expand_by_day(std::vector<std::size_t> open) {
        if (open.empty()) return;
        // The cheapest first, so that few labels are kept only to be dominated later.
        std::ranges::stable_sort(open, {}, [this](std::size_t i) { return costs(i); });
        const Day from = window_of(std::ranges::min(open, {}, [this](auto i) { return window_of(i).from; })).from;
        std::vector<std::vector<std::size_t>> by_day;
        for (const std::size_t i : open) {
            for (const Day on :
                 candidate_days_ ? candidate_days_->candidates(labels_[i].standing, window_of(i)) : all_days(i)) {
                const auto index = static_cast<std::size_t>(on - from);
                by_day.resize(std::max(by_day.size(), index + 1));
                by_day[index].push_back(i);
            }
        }
        for (std::size_t index = 0; index < by_day.size(); ++index) {
            const Day on = from + static_cast<int>(index);
            kept_.clear();
            if (!by_day[index].empty()) expand_all(by_day[index], {on, on});
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

    /// Add the labels of renewals decided on a day, unless a label in `kept_` dominates them. Several days are tried as
    /// one that is as early as the first of them, and on which passes last as long as those of the last.
    void expand_all(const std::vector<std::size_t>& open, Interval days) {
        if (counts_from_the_decision(rules_)) {
            const Day next = Anniversary{days.from}.next(rules_).day;
            const Interval window = renewal_window(next, rules_);
            const Day after_next = Anniversary{window.from}.next(rules_).day;
            required_ = {{reference_day(next, window.from, rules_), reference_day(next, window.through, rules_)},
                         reference_day(after_next, renewal_window(after_next, rules_).from, rules_)};
        }
        for (const Evaluation evaluation : evaluations_) {
            pass_on_last_day_[evaluation] = pass_on(evaluation, days.through, days.from);
        }
        days_ = days;
        for (const std::size_t i : open) expand(i);
    }

    void expand(std::size_t from) {
        if (checkpoint_) checkpoint_();
        for (const Evaluation evaluation : evaluations_) {
            if (!find_options(from, evaluation)) return;
        }
        Criteria criteria = criteria_[from];
        criteria.lapsed_days += lapsed_days(anniversary(from), span_.from, days_.from, rules_);
        criteria.day = days_.from;
        criteria.year = year_of(days_.from);
        combine_options(evaluations_.begin(), from, criteria);
    }

    /// Add a label for each combination of the options of an evaluation and of those after it.
    void combine_options(const Evaluation* evaluation, std::size_t from, const Criteria& before) {
        if (evaluation == evaluations_.end()) return add_label(from, before);
        for (const Option& option : options_[*evaluation]) {
            chosen_[*evaluation] = &option;
            Criteria criteria = before;
            criteria.fees += option.fee;
            criteria.coverage[*evaluation] = option.coverage;
            if (constraints_.has_budgets() && !fits_budget(*evaluation, from)) continue;
            combine_options(evaluation + 1, from, criteria);
        }
    }

    /// Return whether the fee of the chosen option fits its fiscal year beside those chosen before and those paid.
    bool fits_budget(Evaluation evaluation, std::size_t from) const {
        const Option& option = *chosen_[evaluation];
        Amount paid = option.year == criteria_[from].year ? criteria_[from].paid_in_year : Amount{};
        for (const Evaluation other : evaluations_) {
            if (other == evaluation) break;
            if (chosen_[other]->taken_on && chosen_[other]->year == option.year) paid += chosen_[other]->fee;
        }
        return !option.taken_on || constraints_.fits_budget(option.fee, paid, option.year);
    }

    Amount fees_in_year(const Cycle& cycle, int year) const {
        Amount total;
        for (const Evaluation evaluation : evaluations_) {
            const auto& day = cycle.taken_on[evaluation];
            if (day && year_of(*day) == year) total += fee(evaluation, *day, rules_);
        }
        return total;
    }

    void add_label(std::size_t from, Criteria criteria) {
        Cycle cycle{EventType::renewal_approved, criteria.day, {}};
        for (const Evaluation evaluation : evaluations_) cycle.taken_on[evaluation] = chosen_[evaluation]->taken_on;
        if (constraints_.has_budgets()) {
            const bool same_year = criteria.year == criteria_[from].year;
            criteria.paid_in_year =
                fees_in_year(cycle, criteria.year) + (same_year ? criteria_[from].paid_in_year : Amount{});
        }
        dropped_.clear();
        if (!kept_.add(criteria, labels_.size(), dropped_)) return;
        for (const std::size_t label : dropped_) labels_[label].is_dominated = true;
        const bool stands_for_several = days_.from != days_.through;
        Label label{labels_[from].standing, from, cycle, labels_[from].is_bound || stands_for_several, false};
        for (const Evaluation evaluation : evaluations_) {
            label.standing.passes.by_evaluation[evaluation] = chosen_[evaluation]->pass;
        }
        label.standing.term.renew(criteria.day, rules_);
        labels_.push_back(label);
        criteria_.push_back(criteria);
    }

    /// Return a pass that lasts as long as one of a day, and counts for a decision.
    PassRecord pass_on(Evaluation evaluation, Day day, Day decision) const noexcept {
        return {std::min(day, decision), valid_through(evaluation, day, rules_), false};
    }

    /// Return how far into the coming renewals a pass reaches. Passes that are in force on the same required days have
    /// the same coverage.
    int coverage(Evaluation evaluation, const PassRecord& pass) const noexcept {
        if (rules_.evaluations[evaluation].each_cycle) return 0;
        if (!counts_from_the_decision(rules_)) {
            const std::vector<Day>& days = decision_days_.reference_days;
            return static_cast<int>(std::ranges::upper_bound(days, pass.valid_through) - days.begin());
        }
        const Interval next = required_.next_renewal;
        if (pass.valid_through < next.from) return 0;
        const bool ends_before_renewal_after_next = pass.valid_through < required_.renewal_after_next;
        const Day last =
            ends_before_renewal_after_next ? std::min(pass.valid_through, next.through) : pass.valid_through;
        return last - next.from + 1;
    }

    /// Collect the options of an evaluation; return whether there are any.
    bool find_options(std::size_t from, Evaluation evaluation) {
        const Day on = days_.from;
        const TermRecord& record = *labels_[from].standing.term.record();
        std::vector<Option>& options = options_[evaluation];
        options.clear();
        Passes passes = labels_[from].standing.passes;
        const auto carries = [&] {
            return carries_renewal(evaluation, passes, record.decided_on, record.anniversary.day, on, rules_);
        };
        if (carries()) {
            options.push_back(
                {passes.by_evaluation[evaluation], {}, {}, 0, coverage(evaluation, passes.by_evaluation[evaluation])});
        }
        if (from == 0 && not_repeated_.contains(evaluation)) return !options.empty();
        const Day first = std::max(criteria_[from].day + (from == 0 ? 0 : 1), constraints_.earliest(evaluation));
        for (Day day = days_.through; day >= first;) {
            passes.by_evaluation[evaluation] =
                day == days_.through ? pass_on_last_day_[evaluation] : pass_on(evaluation, day, on);
            if (!carries()) break;  // no earlier pass does
            const Amount price = fee(evaluation, day, rules_);
            const bool is_dominated = !options.empty() && options.back().taken_on && options.back().fee <= price;
            if (constraints_.has_budgets() || !is_dominated) {
                options.push_back({passes.by_evaluation[evaluation], day, price, year_of(day),
                                   coverage(evaluation, passes.by_evaluation[evaluation])});
            }
            day = constraints_.last_allowed(constraints_.fee_period(evaluation, day).from - 1);
        }
        return !options.empty();
    }

    Costs costs(std::size_t i) const noexcept { return {criteria_[i].fees, criteria_[i].lapsed_days}; }

    Candidate candidate(std::size_t last, const Start& start) const {
        Candidate result{costs(last).fees, costs(last).lapsed_days, anniversary(last), {}, labels_[last].is_bound};
        for (std::size_t i = last; i != 0; i = labels_[i].previous) result.schedule.push_back(labels_[i].cycle);
        std::ranges::reverse(result.schedule);
        result.schedule.insert(result.schedule.begin(), start.schedule.begin(), start.schedule.end());
        return result;
    }

    Interval span_;
    const Rules& rules_;
    const Constraints& constraints_;
    const Checkpoint& checkpoint_;
    Sequence<Evaluation> evaluations_;
    SetOf<Evaluation> not_repeated_;  ///< not to be taken before the first renewal
    std::optional<LowerBound> bound_;
    std::optional<CandidateDays> candidate_days_;  ///< if not every day is tried
    std::vector<Costs> known_;
    DecisionDays decision_days_;
    std::vector<Label> labels_;
    std::vector<Criteria> criteria_;  ///< of each label
    std::vector<std::size_t> finished_;
    UndominatedLabels kept_;  ///< those with which new ones are compared
    std::vector<std::size_t> dropped_;

    // The state of `expand_all`.
    Interval days_;
    RequiredDays required_;
    PerValue<Evaluation, PassRecord> pass_on_last_day_;
    PerValue<Evaluation, std::vector<Option>> options_;
    PerValue<Evaluation, const Option*> chosen_;
};

/// Keep the plans that no other dominates, fees rising; of plans with equal costs, the one that holds longest.
std::vector<Candidate> pareto_front(std::vector<Candidate> plans) {
    std::ranges::stable_sort(plans, [](const Candidate& a, const Candidate& b) {
        return std::tuple(a.fees, a.lapsed_days, a.is_bound, b.held_until) <
               std::tuple(b.fees, b.lapsed_days, b.is_bound, a.held_until);
    });
    std::vector<Candidate> front;
    for (Candidate& plan : plans) {
        if (front.empty() || plan.lapsed_days < front.back().lapsed_days) front.push_back(std::move(plan));
    }
    return front;
}

}  // namespace

SearchResult search(const Start& start, Interval span, const Rules& rules, const Constraints& constraints,
                    const Checkpoint& checkpoint) {
    SearchResult result;
    const auto improve = [&](const Effort& effort) {
        LabelSearch search(start, span, rules, constraints, result.front, effort, checkpoint);
        SearchResult found = search.run(start);
        std::ranges::move(result.front, std::back_inserter(found.front));
        result = {pareto_front(std::move(found.front)), found.blocked_anniversary};
    };
    if (counts_from_the_decision(rules)) {
        improve({.extra_days = 0});
        improve({.extra_days = 3});
        improve({});
    } else {
        for (const int depth : depths) {
            result.front.clear();
            improve({.depth = depth});
            // If there is no plan, a search of every day tells which anniversary cannot be renewed.
            if (result.front.empty()) improve({});
            if (std::ranges::none_of(result.front, &Candidate::is_bound)) break;
        }
    }
    if (!result.front.empty()) result.blocked_anniversary.reset();
    return result;
}

}  // namespace designation
