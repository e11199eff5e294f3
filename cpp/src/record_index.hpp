#pragma once

#include <array>
#include <vector>

#include "designation/facts.hpp"

namespace designation {

/// The records of a partner who has many, by date: which kinds are in force, and when the next record begins or ends.
/// Without it, the rules look at every record on every date.
class RecordIndex {
 public:
    /// The number of records from which a search is faster than looking at each.
    static constexpr std::size_t least_records = 64;
    static constexpr Day long_ago = Day::derived(INT32_MIN);

    using DayPerType = std::array<Day, count_of<ContractType>>;

    /// What is the same from a day until the next one.
    struct State {
        Day from;
        KindsInForce kinds;
        DayPerType last_began;  ///< the first day of the last contract of each type; `long_ago` if none has begun
    };

    explicit RecordIndex(const PartnerView& partner);

    const State& at(Day on) const noexcept;
    /// Return the first later day on which a record begins or has ended; `Interval::no_end()` if there is none.
    Day next_change(Day after) const noexcept;
    /// Return the first day of the first contract of a type; `Interval::no_end()` if there is none.
    Day first_began(ContractType type) const noexcept { return first_began_[static_cast<std::size_t>(type)]; }

 private:
    std::vector<State> states_;
    DayPerType first_began_{};
};

/// Return the number of records of a partner.
std::size_t count_records(const PartnerView& partner) noexcept;

}  // namespace designation
