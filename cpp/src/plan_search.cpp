#include "plan_search.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "designation/renewal.hpp"

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
// day from which it lasts to the anniversary or decision that it serves). Everything else (windows close, stretches end)
// only forbids days. So of all schedules of that kind one is earliest in every day, and it has the fewest lapsed days.
// Each of its days follows from a constant by these functions, and `decision_days` gathers these, backwards from the
// last window. Windows of one term's anniversaries do not meet, so "after the last decision" never moves one.
//
// Where the next year counts from the decision, lapsed days pay off later, and all days of a window are tried.

namespace designation {

namespace {

bool counts_from_the_decision(const Rules& rules) noexcept {
    return rules.readings.renewal_anchor == RenewalAnchor::decision;
}

/// The days worth trying for the decisions of a term's anniversaries, and what a pass may be needed on.
struct DecisionDays {
    std::vector<std::vector<Day>> of;  ///< each anniversary, earliest first
    std::vector<Day> needed_on;        ///< in order
};

DecisionDays decision_days(const Beginning& beginning, Day through, const Rules& rules, const Limits& limits) {
    std::vector<Day> anniversaries;
    for (Anniversary next = beginning.standing.term.record()->anniversary; next.day <= through; next = next.next(rules)) {
        anniversaries.push_back(next.day);
    }
    DecisionDays result{std::vector<std::vector<Day>>(anniversaries.size()), {}};
    std::vector<Day>& needed_on = result.needed_on;
    for (std::size_t i = anniversaries.size(); i-- > 0;) {
        const Interval window = renewal_window(anniversaries[i], rules);
        const Day first = std::max(window.from, beginning.day);
        std::vector<Day>& days = result.of[i];
        const auto from = [&](Day day) {
            if (day < first || day > window.through) return;
            const Day allowed = limits.first_allowed(day);
            if (allowed <= window.through) days.push_back(allowed);
        };
        // The earliest day on which a pass can be needed; the later ones come with the days of the decisions.
        const Day soonest = reference_day(anniversaries[i], first, rules);
        needed_on.insert(std::ranges::lower_bound(needed_on, soonest), soonest);
        from(first);
        for (const Evaluation evaluation : evaluations_of(rules)) {
            from(limits.earliest(evaluation));
            for (const Day edge : limits.edges(evaluation)) from(edge);
            if (rules.evaluations[evaluation].each_cycle) continue;
            const auto within = std::ranges::upper_bound(needed_on, valid_through(evaluation, first - 1, rules));
            const auto beyond = std::ranges::upper_bound(needed_on, valid_through(evaluation, window.through, rules));
            for (const Day day : std::ranges::subrange(within, beyond)) {
                from(first_pass_in_force_on(evaluation, day, rules));
            }
        }
        std::ranges::sort(days);
        const auto repeated = std::ranges::unique(days);
        days.erase(repeated.begin(), repeated.end());
        for (const Day day : days) needed_on.push_back(reference_day(anniversaries[i], day, rules));
        std::ranges::sort(needed_on);
        const auto needed_twice = std::ranges::unique(needed_on);
        needed_on.erase(needed_twice.begin(), needed_twice.end());
    }
    return result;
}

/// What the renewals so far leave.
struct Label {
    Standing standing;
    Amount fees;
    int lapsed_days = 0;
    Day day;                            ///< of the last decision, or on which the plan begins
    int year = 0;                       ///< the fiscal year of that day, where there are budgets
    Amount paid_in_year;                ///< fees of the plan in that year
    PerValue<Evaluation, int> lasting;  ///< for how much of what may come its pass is in force
    std::size_t before = 0;
    Cycle cycle;
};

/// A way to have an evaluation carry a renewal: by the pass that there is, or by one taken on a day.
struct Way {
    std::optional<Day> taken;
    Amount fee;
    int year = 0;
};

class Expansion {
 public:
    Expansion(const Beginning& beginning, Interval span, const Rules& rules, const Limits& limits)
        : span_(span), rules_(rules), limits_(limits), evaluations_(evaluations_of(rules)) {
        if (!counts_from_the_decision(rules)) days_ = decision_days(beginning, span.through, rules, limits);
        Label label;
        label.standing = beginning.standing;
        label.fees = beginning.fees;
        label.day = beginning.day;
        for (const Cycle& cycle : beginning.schedule) {
            label.year = fiscal_year(label.day, rules);
            for (const Evaluation evaluation : all_evaluations) {
                const auto& taken = cycle.taken[evaluation];
                if (taken && fiscal_year(*taken, rules) == label.year) label.paid_in_year += fee(evaluation, *taken, rules);
            }
        }
        label.year = fiscal_year(label.day, rules);
        labels_.push_back(std::move(label));
    }

    Search run(const Beginning& beginning) {
        Search result;
        std::size_t first = 0;
        for (std::size_t stage = 0; first < labels_.size(); ++stage) {
            std::vector<std::size_t> open;
            for (std::size_t i = first; i < labels_.size(); ++i) {
                const Day anniversary = labels_[i].standing.term.record()->anniversary.day;
                if (anniversary > span_.through) {
                    finish(i);
                } else {
                    result.unreached = std::max(result.unreached.value_or(anniversary), anniversary);
                    open.push_back(i);
                }
            }
            first = labels_.size();
            expand(open, stage);
        }
        for (const std::size_t end : finished_) result.front.push_back(found(end, beginning));
        if (!result.front.empty()) result.unreached.reset();
        return result;
    }

 private:
    void expand(const std::vector<std::size_t>& open, std::size_t stage) {
        const std::size_t first = labels_.size();
        if (!counts_from_the_decision(rules_)) {
            if (open.empty()) return;
            for (const Day on : days_.of[stage]) {
                for (const std::size_t i : open) decide(i, on, first);
            }
            return;
        }
        // Under this reading only what is decided on one day can be compared.
        std::optional<Day> from;
        Day through;
        for (const std::size_t i : open) {
            const Interval window = window_of(labels_[i]);
            from = std::min(from.value_or(window.from), window.from);
            through = std::max(through, window.through);
        }
        if (!from) return;
        for (Day on = limits_.first_allowed(*from); on <= through; on = limits_.first_allowed(on + 1)) {
            const std::size_t group = labels_.size();
            for (const std::size_t i : open) {
                if (window_of(labels_[i]).contains(on)) decide(i, on, group);
            }
        }
    }

    Interval window_of(const Label& label) const noexcept {
        Interval window = renewal_window(label.standing.term.record()->anniversary.day, rules_);
        window.from = std::max(window.from, span_.from);
        return window;
    }

    /// Adds the labels of a renewal decided on a day, unless one from `first` on betters them.
    void decide(std::size_t from, Day on, std::size_t first) {
        PerValue<Evaluation, std::vector<Way>>& ways = ways_;
        for (const Evaluation evaluation : evaluations_) {
            ways[evaluation].clear();
            find_ways(labels_[from], evaluation, on, ways[evaluation]);
            if (ways[evaluation].empty()) return;
        }
        Label next = labels_[from];
        next.before = from;
        next.cycle = {EventType::renewal_approved, on, {}};
        next.lapsed_days += lapsed_days(next.standing.term.record()->anniversary.day, span_.from, on, rules_);
        next.standing.term.renewal(on, rules_);
        next.day = on;
        next.year = limits_.has_budgets() ? fiscal_year(on, rules_) : 0;
        choose(evaluations_.begin(), labels_[from].year, labels_[from].paid_in_year, next, first);
    }

    void choose(const Evaluation* evaluation, int year_before, Amount paid_before, const Label& label,
                std::size_t first) {
        if (evaluation == evaluations_.end()) return add(label, year_before, paid_before, first);
        for (const Way& way : ways_[*evaluation]) {
            Label next = label;
            if (way.taken) {
                if (!fits(way, label.cycle, year_before, paid_before)) continue;
                next.fees += way.fee;
                next.cycle.taken[*evaluation] = way.taken;
                next.standing.passes.take({*way.taken, event_of(*evaluation), Outcome::pass}, rules_);
            }
            next.lasting[*evaluation] = lasting(*evaluation, next.standing.passes);
            choose(evaluation + 1, year_before, paid_before, next, first);
        }
    }

    /// Whether a fee fits beside the others of its fiscal year: those of the cycle, and those that were paid before.
    bool fits(const Way& way, const Cycle& cycle, int year_before, Amount paid_before) const {
        if (!limits_.has_budgets()) return true;
        Amount beside = paid(cycle, way.year);
        if (way.year == year_before) beside += paid_before;
        return limits_.affordable(way.fee, beside, way.year);
    }

    Amount paid(const Cycle& cycle, int year) const {
        Amount total;
        for (const Evaluation evaluation : all_evaluations) {
            const auto& taken = cycle.taken[evaluation];
            if (taken && fiscal_year(*taken, rules_) == year) total += fee(evaluation, *taken, rules_);
        }
        return total;
    }

    void add(Label label, int year_before, Amount paid_before, std::size_t first) {
        label.paid_in_year = {};
        if (limits_.has_budgets()) {
            label.paid_in_year = paid(label.cycle, label.year);
            if (label.year == year_before) label.paid_in_year += paid_before;
        }
        for (std::size_t i = labels_.size(); i-- > first;) {
            if (betters(labels_[i], label)) return;
        }
        labels_.push_back(std::move(label));
    }

    /// Whether whatever can follow one label can follow the other, too, at no more cost. An earlier decision leaves more
    /// days for the evaluations of the next.
    bool betters(const Label& a, const Label& b) const noexcept {
        if (a.fees > b.fees || a.lapsed_days > b.lapsed_days || a.day > b.day) return false;
        if (a.year == b.year && a.paid_in_year > b.paid_in_year) return false;
        for (const Evaluation evaluation : evaluations_) {
            if (a.lasting[evaluation] < b.lasting[evaluation]) return false;
        }
        return true;
    }

    int lasting(Evaluation evaluation, const Passes& passes) const noexcept {
        if (rules_.evaluations[evaluation].each_cycle) return 0;
        const Attainments* pass = passes.counting(evaluation, rules_);
        if (!pass) return INT32_MIN;
        if (counts_from_the_decision(rules_)) return pass->valid_through.days_since_1970();
        const auto beyond = std::ranges::upper_bound(days_.needed_on, pass->valid_through);
        return static_cast<int>(beyond - days_.needed_on.begin());
    }

    void find_ways(const Label& label, Evaluation evaluation, Day on, std::vector<Way>& ways) const {
        const TermRecord& record = *label.standing.term.record();
        const auto carries = [&](const Passes& passes) {
            return carries_renewal(evaluation, passes, record.decided_on, record.anniversary.day, on, rules_);
        };
        if (carries(label.standing.passes)) ways.push_back({});
        const bool begins = &label == labels_.data();
        const Day from = std::max(begins ? label.day : label.day + 1, limits_.earliest(evaluation));
        std::optional<Amount> cheapest;
        for (Day day = on; day >= from;) {
            Passes passes = label.standing.passes;
            passes.take({day, event_of(evaluation), Outcome::pass}, rules_);
            if (!carries(passes)) return;  // an earlier one does not, either
            const Amount price = fee(evaluation, day, rules_);
            if (limits_.has_budgets() || !cheapest || price < *cheapest) {
                ways.push_back({day, price, limits_.has_budgets() ? fiscal_year(day, rules_) : 0});
                cheapest = price;
            }
            day = limits_.last_allowed(limits_.stretch(evaluation, day).from - 1);
        }
    }

    /// Takes a label that needs no further renewal into the front.
    void finish(std::size_t end) {
        const auto measures = [&](std::size_t i) { return std::pair(labels_[i].fees, labels_[i].lapsed_days); };
        const auto anniversary = [&](std::size_t i) { return labels_[i].standing.term.record()->anniversary.day; };
        const auto [fees, lapsed] = measures(end);
        for (const std::size_t other : finished_) {
            const auto [other_fees, other_lapsed] = measures(other);
            const bool same = other_fees == fees && other_lapsed == lapsed;
            if (other_fees <= fees && other_lapsed <= lapsed && !(same && anniversary(other) < anniversary(end))) return;
        }
        std::erase_if(finished_, [&](std::size_t other) {
            return fees <= measures(other).first && lapsed <= measures(other).second;
        });
        finished_.insert(std::ranges::lower_bound(finished_, fees, {}, [&](std::size_t i) { return labels_[i].fees; }),
                         end);
    }

    Found found(std::size_t end, const Beginning& beginning) const {
        const Label& last = labels_[end];
        Found result{last.fees, last.lapsed_days, last.standing.term.record()->anniversary.day, {}};
        for (std::size_t i = end; i != 0; i = labels_[i].before) result.schedule.push_back(labels_[i].cycle);
        std::ranges::reverse(result.schedule);
        result.schedule.insert(result.schedule.begin(), beginning.schedule.begin(), beginning.schedule.end());
        return result;
    }

    Interval span_;
    const Rules& rules_;
    const Limits& limits_;
    Sequence<Evaluation> evaluations_;
    DecisionDays days_;
    std::vector<Label> labels_;
    std::vector<std::size_t> finished_;
    PerValue<Evaluation, std::vector<Way>> ways_;
};

}  // namespace

Search search(const Beginning& beginning, Interval span, const Rules& rules, const Limits& limits) {
    return Expansion(beginning, span, rules, limits).run(beginning);
}

}  // namespace designation
