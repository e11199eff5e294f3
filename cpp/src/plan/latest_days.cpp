#include "plan/latest_days.hpp"

#include <algorithm>

#include "designation/renewal.hpp"

namespace designation {

namespace {

/// Moves the days of a schedule on, one decision after the other, while the whole still holds. While each evaluation
/// stays with its decision, each thing that must hold bounds a day by one that grows with another day, so the later
/// ones of the days of two schedules make a schedule, too: one is latest in every step, and none stands in the way of
/// another for good. Only then an evaluation is postponed to the next decision.
class Later {
 public:
    Later(Schedule& schedule, const Standing& start, Day as_of, const Rules& rules, const Constraints& constraints)
        : schedule_(schedule),
          planned_(schedule),
          start_(start),
          as_of_(as_of),
          rules_(rules),
          constraints_(constraints) {
        Standing standing = start_;
        for (const Cycle& cycle : schedule_) lapsed_.push_back(*take(cycle, standing, as_of_, rules_));
    }

    /// Moves what stays with its own decision.
    bool move() {
        return in_each_cycle([&](std::size_t i, const Standing& before) {
            bool moved = schedule_[i].decision == EventType::renewal_approved && move_decision(i, before);
            for (const Evaluation evaluation : all_evaluations) {
                moved |= move_evaluation(i, evaluation, schedule_[i].on);
            }
            return moved;
        });
    }

    /// Moves an evaluation past its own decision, where that can do without, up to the next, which then has it.
    bool postpone() {
        return in_each_cycle([&](std::size_t i, const Standing& before) {
            bool moved = false;
            for (const Evaluation evaluation : all_evaluations) moved |= postpone_evaluation(i, evaluation, before);
            return moved;
        });
    }

 private:
    bool move_decision(std::size_t i, const Standing& before) {
        Cycle& cycle = schedule_[i];
        const Day anniversary = before.term.record()->anniversary.day;
        const Day was = cycle.on;
        // The last day that holds, between one that does and one that may not.
        Day holds = was;
        Day fails = renewal_window(anniversary, rules_).through + 1;
        const int more = lapsed_days(anniversary, as_of_, fails - 1, rules_) - lapsed_[i];
        if (more > 0) fails = fails - more;
        for (Day next = fails - 1; fails - holds > 1; next = holds + (fails - holds) / 2) {
            cycle.on = next;
            (hold_from(i, before) ? holds : fails) = next;
        }
        cycle.on = std::max(was, constraints_.last_allowed(holds));
        return cycle.on != was;
    }

    template <class Move>
    bool in_each_cycle(const Move& move_in) {
        bool moved = false;
        Standing before = start_;
        for (std::size_t i = 0; i < schedule_.size(); ++i) {
            moved |= move_in(i, before);
            take(*as_moved(i), before, as_of_, rules_);
        }
        return moved;
    }

    /// A decision with what is taken since the one before, whichever of the two it was planned for. Nothing where that
    /// is the same evaluation twice, or one that was planned for this decision comes before the day of the other.
    std::optional<Cycle> as_moved(std::size_t i) const {
        Cycle cycle = schedule_[i];
        for (const Evaluation evaluation : all_evaluations) {
            auto& day = cycle.taken[evaluation];
            if (day && i > 0 && *day < schedule_[i - 1].on) return std::nullopt;
            if (day && *day > cycle.on) day.reset();
            const auto postponed = i > 0 ? schedule_[i - 1].taken[evaluation] : std::nullopt;
            if (!postponed || *postponed <= schedule_[i - 1].on) continue;
            if (day || *postponed > cycle.on) return std::nullopt;
            day = postponed;
        }
        return cycle;
    }

    bool hold_from(std::size_t first, Standing standing) const {
        for (std::size_t i = first; i < schedule_.size(); ++i) {
            const auto cycle = as_moved(i);
            const auto lapsed = cycle ? take(*cycle, standing, as_of_, rules_) : std::nullopt;
            if (!lapsed || *lapsed > lapsed_[i]) return false;
        }
        return true;
    }

    bool move_evaluation(std::size_t i, Evaluation evaluation, Day end) {
        auto& day = schedule_[i].taken[evaluation];
        if (!day) return false;
        const Day planned = *planned_[i].taken[evaluation];
        const int year = fiscal_year(planned, rules_);
        const Amount price = fee(evaluation, planned, rules_);
        const auto as_planned = [&](Day on) {
            const bool same_year = !constraints_.has_budgets() || fiscal_year(on, rules_) == year;
            return same_year && fee(evaluation, on, rules_) == price;
        };
        Day last = constraints_.last_allowed(end);
        while (last > *day && !as_planned(last))
            last = constraints_.last_allowed(constraints_.stretch(evaluation, last).from - 1);
        if (last <= *day) return false;
        day = last;
        return true;
    }

    bool postpone_evaluation(std::size_t i, Evaluation evaluation, const Standing& before) {
        if (i + 1 == schedule_.size() || schedule_[i + 1].taken[evaluation]) return false;
        const auto was = schedule_[i].taken[evaluation];
        if (move_evaluation(i, evaluation, schedule_[i + 1].on) && hold_from(i, before)) return true;
        schedule_[i].taken[evaluation] = was;
        return false;
    }

    Schedule& schedule_;
    const Schedule planned_;
    const Standing& start_;
    Day as_of_;
    const Rules& rules_;
    const Constraints& constraints_;
    std::vector<int> lapsed_;
};

}  // namespace

Schedule latest(Schedule schedule, const Standing& start, Day as_of, const Rules& rules,
                const Constraints& constraints) {
    Later later(schedule, start, as_of, rules, constraints);
    while (later.move() || later.postpone()) continue;
    return schedule;
}

}  // namespace designation
