#include "plan/latest_days.hpp"

#include <algorithm>

#include "designation/renewal.hpp"

namespace designation {

namespace {

/// Moves the days of a schedule later while it stays valid. While each evaluation stays in its cycle, every requirement
/// bounds a day by a nondecreasing function of another day. The valid schedules are then closed under the componentwise
/// maximum, so moving one day at a time until nothing moves reaches the unique latest schedule. Only then is an
/// evaluation postponed to the next decision.
class LatestSchedule {
 public:
    LatestSchedule(Schedule& schedule, const Standing& start, Day as_of, const Rules& rules,
                   const Constraints& constraints)
        : schedule_(schedule),
          planned_(schedule),
          start_(start),
          as_of_(as_of),
          rules_(rules),
          constraints_(constraints) {
        Standing standing = start_;
        for (const Cycle& cycle : schedule_) lapsed_.push_back(*apply(cycle, standing, as_of_, rules_));
    }

    /// Move every day within its own cycle; return whether one moved.
    bool move_within_cycles() {
        return for_each_cycle([&](std::size_t i, const Standing& before) {
            bool moved = schedule_[i].decision == EventType::renewal_approved && move_decision(i, before);
            for (const Evaluation evaluation : all_evaluations) {
                moved |= move_evaluation(i, evaluation, schedule_[i].on);
            }
            return moved;
        });
    }

    /// Move evaluations that their own decision does not need past it, up to the next decision; return whether one
    /// moved.
    bool postpone() {
        return for_each_cycle([&](std::size_t i, const Standing& before) {
            bool moved = false;
            for (const Evaluation evaluation : all_evaluations) moved |= postpone_evaluation(i, evaluation, before);
            return moved;
        });
    }

 private:
    template <class Move>
    bool for_each_cycle(const Move& move) {
        bool moved = false;
        Standing before = start_;
        for (std::size_t i = 0; i < schedule_.size(); ++i) {
            moved |= move(i, before);
            apply(*effective_cycle(i), before, as_of_, rules_);
        }
        return moved;
    }

    bool move_decision(std::size_t i, const Standing& before) {
        Cycle& cycle = schedule_[i];
        const Day anniversary = before.term.record()->anniversary.day;
        const Day original = cycle.on;
        // Bisect for the last valid day. The window and the lapsed days allowed exclude `invalid` and later days.
        Day valid = original;
        Day invalid = renewal_window(anniversary, rules_).through + 1;
        const int excess = lapsed_days(anniversary, as_of_, invalid - 1, rules_) - lapsed_[i];
        if (excess > 0) invalid = invalid - excess;
        for (Day next = invalid - 1; invalid - valid > 1; next = valid + (invalid - valid) / 2) {
            cycle.on = next;
            (is_valid_from(i, before) ? valid : invalid) = next;
        }
        cycle.on = std::max(original, constraints_.last_allowed(valid));
        return cycle.on != original;
    }

    bool move_evaluation(std::size_t i, Evaluation evaluation, Day end) {
        auto& day = schedule_[i].taken_on[evaluation];
        if (!day) return false;
        const Day planned = *planned_[i].taken_on[evaluation];
        const int year = fiscal_year(planned, rules_);
        const Amount price = fee(evaluation, planned, rules_);
        const auto costs_the_same = [&](Day on) {
            const bool same_year = !constraints_.has_budgets() || fiscal_year(on, rules_) == year;
            return same_year && fee(evaluation, on, rules_) == price;
        };
        Day last = constraints_.last_allowed(end);
        while (last > *day && !costs_the_same(last)) {
            last = constraints_.last_allowed(constraints_.fee_period(evaluation, last).from - 1);
        }
        if (last <= *day) return false;
        day = last;
        return true;
    }

    bool postpone_evaluation(std::size_t i, Evaluation evaluation, const Standing& before) {
        if (i + 1 == schedule_.size() || schedule_[i + 1].taken_on[evaluation]) return false;
        const auto original = schedule_[i].taken_on[evaluation];
        if (move_evaluation(i, evaluation, schedule_[i + 1].on) && is_valid_from(i, before)) return true;
        schedule_[i].taken_on[evaluation] = original;
        return false;
    }

    bool is_valid_from(std::size_t first, Standing standing) const {
        for (std::size_t i = first; i < schedule_.size(); ++i) {
            const auto cycle = effective_cycle(i);
            const auto lapsed = cycle ? apply(*cycle, standing, as_of_, rules_) : std::nullopt;
            if (!lapsed || *lapsed > lapsed_[i]) return false;
        }
        return true;
    }

    /// Return a decision with the evaluations taken since the one before, whichever of the two they were planned for.
    /// Return nullopt if that is the same evaluation twice, or if an evaluation planned for this decision is taken
    /// before the previous one.
    std::optional<Cycle> effective_cycle(std::size_t i) const {
        Cycle cycle = schedule_[i];
        for (const Evaluation evaluation : all_evaluations) {
            auto& day = cycle.taken_on[evaluation];
            if (day && i > 0 && *day < schedule_[i - 1].on) return std::nullopt;
            if (day && *day > cycle.on) day.reset();
            const auto postponed = i > 0 ? schedule_[i - 1].taken_on[evaluation] : std::nullopt;
            if (!postponed || *postponed <= schedule_[i - 1].on) continue;
            if (day || *postponed > cycle.on) return std::nullopt;
            day = postponed;
        }
        return cycle;
    }

    Schedule& schedule_;
    const Schedule planned_;
    const Standing& start_;
    Day as_of_;
    const Rules& rules_;
    const Constraints& constraints_;
    std::vector<int> lapsed_;  ///< the lapsed days of each cycle as planned
};

}  // namespace

Schedule latest_schedule(Schedule schedule, const Standing& start, Day as_of, const Rules& rules,
                         const Constraints& constraints) {
    LatestSchedule latest(schedule, start, as_of, rules, constraints);
    while (latest.move_within_cycles() || latest.postpone()) continue;
    return schedule;
}

}  // namespace designation
