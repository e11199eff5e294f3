#pragma once

#include <cstdint>
#include <vector>

#include "designation/facts.hpp"
#include "portfolio/import/batch.hpp"

namespace designation::portfolio {

/// The facts of some consecutive rows, as the rules read them. Its memory is reused for the next rows.
class Block {
 public:
    /// Read rows of a batch; return false if one of them is invalid. `find_problems` then returns why.
    bool read(const Batch& batch, std::int64_t first, std::int64_t count);

    /// Return the facts of a row, counted from the first one read. Sorts its events into the order of the rules.
    PartnerView view(std::size_t row);

 private:
    template <class Fact>
    struct Lists {
        std::vector<Fact> facts;
        std::vector<std::size_t> begins;  ///< of each row, and the end of the last
        std::vector<std::uint8_t> known;  ///< 0 or 1

        ListView<Fact> operator[](std::size_t row) const noexcept;
    };

    template <class Fact>
    bool read_bounds(const ArrowColumn& list, std::int64_t first, std::int64_t count, Lists<Fact>& lists);
    template <auto Kind, class Fact>
    bool read_periods(const Periods& periods, std::int64_t first, std::int64_t count, Lists<Fact>& lists);
    bool read_events(const Events& events, std::int64_t first, std::int64_t count);

    Lists<Authorization> authorizations_;
    Lists<SupportContract> contracts_;
    Lists<SolutionsPartnerDesignation> designations_;
    Lists<Event> events_;

    // The values of each column, before they are combined into facts.
    std::vector<std::int32_t> days_;
    std::vector<std::int32_t> ends_;
    std::vector<std::int32_t> keys_;  ///< of events: ordered by date, then by type
    std::vector<std::uint8_t> codes_;
    std::vector<std::uint8_t> outcomes_;
};

}  // namespace designation::portfolio
