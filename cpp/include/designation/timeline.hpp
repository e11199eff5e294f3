#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "designation/assessment.hpp"
#include "designation/date.hpp"
#include "designation/facts.hpp"
#include "designation/history.hpp"
#include "designation/rules.hpp"

namespace DESIGNATION_API designation {

/// Walks over the days on which the state of a partner changes. Every rule is piecewise constant in time, so these are
/// among finitely many: days of events, edges of records, of passes, of the term and its window, and days on which the
/// rules themselves change. The partner and the rules must outlive the walk.
class Walk {
 public:
    Walk(const PartnerView& partner, Day start, const Rules& rules) noexcept;
    /// Goes on from a whole assessment, and from the replay that it was made of.
    Walk(const PartnerView& partner, const Replay& replay, const Assessment& assessment, const Rules& rules) noexcept;

    Day day() const noexcept { return day_; }

    /// As of the day on which the walk stands.
    const Assessment& assessment() noexcept;

    /// Moves to the first later day on which the state differs. Where there is none up to `last`, it says false and the
    /// walk is over.
    bool move_to_next_change(Day last) noexcept;

 private:
    struct Edge {
        Day day;
        bool changes_the_state;  ///< for sure; otherwise asking tells
    };

    static constexpr std::uint32_t far = 1U << 30U;

    const History* history() noexcept;
    std::uint32_t finding_count() noexcept;
    Edge next_edge() noexcept;
    void edges_of(const History& history) noexcept;
    template <class Fact>
    void edges_of(const ListView<Fact>& list) noexcept;
    void edge(Day day) noexcept;
    void sure_edge(Day day) noexcept;
    /// Days from tomorrow to a day; beyond `far` where it does not come any more.
    std::uint32_t days_ahead(Day day) const noexcept;

    const PartnerView& partner_;
    const Rules& rules_;
    Replay replay_;
    Day day_;
    std::uint32_t next_ = far;  ///< days from tomorrow to the next edge that may change the state
    std::uint32_t sure_ = far;  ///< to the next that does
    Assessment assessment_;
    bool assessed_ = false;
};

/// A maximal run of days on which the state is the same. The state is the contract of the assessment
/// without `as_of`, its findings taken as a set.
struct Segment {
    Interval days;
    Assessment assessment;  ///< as of the first of the days
};

/// The runs of equal state that cover the days from `span.from` through `span.through`. Exact; the cost grows with the
/// facts and the changes, not with the days. Throws std::invalid_argument where the span has no end or ends before it
/// begins.
std::vector<Segment> timeline(const PartnerView& partner, Interval span, const Rules& rules);

/// The state before and after the first later day on which it differs.
struct Change {
    Assessment before;  ///< as of the day asked for
    Assessment after;   ///< as of the day of the change
};

/// The first day after `as_of` on which the state differs if nothing but the facts happens; nothing where it never
/// does.
std::optional<Change> next_change(const PartnerView& partner, Day as_of, const Rules& rules) noexcept;

}  // namespace designation
