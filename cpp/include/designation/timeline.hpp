#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "designation/assessment.hpp"
#include "designation/checkpoint.hpp"
#include "designation/date.hpp"
#include "designation/facts.hpp"
#include "designation/history.hpp"
#include "designation/rules.hpp"

namespace DESIGNATION_API designation {

/// An iterator over the dates on which the state of a partner changes. Every rule is piecewise constant in time, so
/// these dates are among finitely many: dates of events; first and last dates of records, passes, the term and its
/// renewal window; and dates on which the rules themselves change. The partner and the rules must outlive the walk.
/// A walk moves, so each thread needs its own; threads can share the partner and the rules.
class Walk {
 public:
    Walk(const PartnerView& partner, Day start, const Rules& rules, const Checkpoint* checkpoint = nullptr) noexcept;
    /// Continue from an assessment that has all parts, and from the replay that led to it.
    Walk(const PartnerView& partner, const Replay& replay, const Assessment& assessment, const Rules& rules) noexcept;

    Day day() const noexcept { return day_; }

    /// Return the assessment as of `day()`.
    const Assessment& assessment() noexcept;

    /// Move to the first later date on which the state differs. If there is none up to `last`, return false; the walk
    /// then has ended. Throws only what the checkpoint throws.
    bool move_to_next_change(Day last);

 private:
    struct Edge {
        Day day;
        bool changes_the_state;  ///< if false, compare the assessments
    };

    static constexpr std::uint32_t far = 1U << 30U;

    const History* history() noexcept;
    std::uint32_t finding_count() noexcept;
    Edge next_edge() noexcept;
    void add_edges(const History& history) noexcept;
    template <class Fact>
    void add_edges(const ListView<Fact>& list) noexcept;
    void add_possible(Day day) noexcept;
    void add_certain(Day day) noexcept;
    /// Return the number of days from tomorrow to a date; at least `far` if the date has passed.
    std::uint32_t days_ahead(Day day) const noexcept;

    const PartnerView& partner_;
    const Rules& rules_;
    Replay replay_;
    Day day_;
    std::uint32_t next_possible_ = far;  ///< days from tomorrow to the next date that may change the state
    std::uint32_t next_certain_ = far;   ///< days from tomorrow to the next date that does
    Assessment assessment_;
    bool assessed_ = false;
    const Checkpoint* checkpoint_ = nullptr;  ///< null, or not empty
};

/// A maximal run of days on which the state is the same. The state is the assessment without `as_of`, with its findings
/// as a set.
struct Segment {
    Interval days;
    Assessment assessment;  ///< as of the first day
};

/// Return the segments that cover the days from `span.from` through `span.through`. Exact; the cost grows with the
/// facts and the changes, not with the days. Throws std::invalid_argument if the span has no end or ends before it
/// begins.
std::vector<Segment> timeline(const PartnerView& partner, Interval span, const Rules& rules,
                              const Checkpoint& checkpoint = {});

/// The state before and after a change.
struct Change {
    Assessment before;  ///< as of the requested date
    Assessment after;   ///< as of the date of the change
};

/// Return the first change after `as_of`, or nothing if the state never changes. Only the given facts happen.
std::optional<Change> next_change(const PartnerView& partner, Day as_of, const Rules& rules,
                                  const Checkpoint& checkpoint = {});

}  // namespace designation
