#include "designation/timeline.hpp"

#include <algorithm>
#include <stdexcept>

#include "designation/history.hpp"

namespace designation {

namespace {

/// Every rule is piecewise constant in time. Walks over the days on which a piece can begin: events, edges of records,
/// of passes, of the term and its window, of what was announced, and days from which a fee holds.
class Walk {
 public:
    Walk(const PartnerView& partner, Day start, const Rules& rules) noexcept
        : partner_(partner), rules_(rules), replay_(partner, rules) {
        move_to(start);
    }

    const Assessment& assessment() const noexcept { return assessment_; }

    /// Moves to the next day on which the state differs; false where there is none up to `last`.
    bool move_to_next_change(Day last) noexcept {
        const Assessment before = assessment_;
        const std::uint32_t findings_before = finding_count_;
        for (;;) {
            const Day next = next_edge();
            if (next > last) return false;
            move_to(next);
            assessment_.as_of = before.as_of;
            const bool differs = assessment_ != before || finding_count_ != findings_before;
            assessment_.as_of = next;
            if (differs) return true;
        }
    }

 private:
    void move_to(Day day) noexcept {
        const History* history = partner_.events ? &replay_.advance(day) : nullptr;
        assessment_ = assess(partner_, history, day, rules_);
        finding_count_ = history ? history->finding_count : 0;
    }

    /// The first later day on which a piece can begin; `Interval::no_end()` where none does.
    Day next_edge() noexcept {
        next_ = Interval::no_end();
        edges_of(partner_.csp_authorizations);
        edges_of(partner_.support_contracts);
        edges_of(partner_.solutions_partner_designations);
        if (partner_.events) edges_of_history(replay_.advance(assessment_.as_of));
        for (const Availability& dates : rules_.availability.values) {
            if (dates.not_before) edge(*dates.not_before);
            if (dates.announced_by) edge(*dates.announced_by + 1);
            if (dates.available_from) edge(*dates.available_from);
        }
        for (const FeeSchedule& schedule : rules_.fees.values) {
            const auto later = std::ranges::upper_bound(schedule, assessment_.as_of, {}, &FeeFrom::from);
            if (later != schedule.end()) edge(later->from);
        }
        return next_;
    }

    void edges_of_history(const History& history) noexcept {
        if (const auto event = replay_.next_on()) edge(*event);
        for (const Attainments& attainments : history.passes.of.values) {
            if (attainments.passed_on) edge(attainments.valid_through + 1);
        }
        if (const auto& record = history.term.record()) {
            const Interval window = renewal_window(record->anniversary.day, rules_);
            edge(window.from);
            edge(record->anniversary.day);
            edge(window.through + 1);
        }
    }

    template <class Fact>
    void edges_of(const ListView<Fact>& list) noexcept {
        if (!list) return;
        for (const Fact& fact : *list) {
            edge(fact.period.from);
            if (fact.period.has_end()) edge(fact.period.through + 1);
        }
    }

    void edge(Day day) noexcept {
        if (day > assessment_.as_of && day < next_) next_ = day;
    }

    const PartnerView& partner_;
    const Rules& rules_;
    Replay replay_;
    Assessment assessment_;
    std::uint32_t finding_count_ = 0;
    Day next_;
};

}  // namespace

std::vector<Segment> timeline(const PartnerView& partner, Interval span, const Rules& rules) {
    if (!span.has_end() || span.through < span.from) {
        throw std::invalid_argument("a timeline is over a span that ends on or after the day on which it begins");
    }
    Walk walk(partner, span.from, rules);
    std::vector<Segment> segments{{span, walk.assessment()}};
    while (walk.move_to_next_change(span.through)) {
        const Day day = walk.assessment().as_of;
        segments.back().days.through = day - 1;
        segments.push_back({{day, span.through}, walk.assessment()});
    }
    return segments;
}

std::optional<Change> next_change(const PartnerView& partner, Day as_of, const Rules& rules) noexcept {
    Walk walk(partner, as_of, rules);
    const Assessment before = walk.assessment();
    if (!walk.move_to_next_change(Interval::no_end() - 1)) return std::nullopt;
    return Change{before, walk.assessment()};
}

}  // namespace designation
