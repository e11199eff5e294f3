#include "portfolio/rows/block.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "check.hpp"
#include "portfolio/rows/amounts.hpp"

namespace designation::portfolio {

namespace {

/// Return for each type of event the outcomes that it can have, as bits.
PerValue<EventType, unsigned> outcomes_as_bits() {
    PerValue<EventType, unsigned> bits;
    for (std::size_t i = 0; i < count_of<EventType>; ++i) {
        const auto type = static_cast<EventType>(i);
        for (const Outcome outcome : outcomes_of(type)) bits[type] |= 1U << static_cast<unsigned>(outcome);
        if (outcomes_of(type).empty()) bits[type] = 1U << static_cast<unsigned>(Outcome::none);
    }
    return bits;
}

bool any_null(const ArrowColumn& column, std::int64_t first, std::int64_t count) noexcept {
    const Validity valid = column.validity();
    if (!valid.bits) return false;
    for (std::int64_t i = 0; i < count; ++i) {
        if (!valid[first + i]) return true;
    }
    return false;
}

}  // namespace

bool Block::read(const Batch& batch, std::int64_t first, std::int64_t count) {
    bool is_valid = read_periods<&Authorization::type>(batch.csp_authorizations, first, count, authorizations_);
    is_valid &= read_periods<&SupportContract::type>(batch.support_contracts, first, count, contracts_);
    is_valid &= read_periods<&SolutionsPartnerDesignation::area>(batch.solutions_partner_designations, first, count,
                                                                 designations_);
    is_valid &= read_events(batch.events, first, count);
    return is_valid;
}

template <class Fact>
ListView<Fact> Block::Lists<Fact>::operator[](std::size_t row) const noexcept {
    if (!known[row]) return std::nullopt;
    return std::span<const Fact>(facts.data() + begins[row], begins[row + 1] - begins[row]);
}

/// Find where the lists of the rows begin; return false if all of them are unknown.
template <class Fact>
bool Block::read_bounds(const ArrowColumn& list, std::int64_t first, std::int64_t count, Lists<Fact>& lists) {
    const auto rows = static_cast<std::size_t>(count);
    lists.begins.assign(rows + 1, 0);
    lists.known.assign(rows, 0);
    lists.facts.clear();
    if (list.layout.type == Type::null || count == 0) return false;
    const std::int64_t start = item_begin(list, first);
    const Validity valid = list.validity();
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int64_t at = first + static_cast<std::int64_t>(row);
        lists.known[row] = valid[at] ? 1 : 0;
        lists.begins[row + 1] = static_cast<std::size_t>(item_begin(list, at + 1) - start);
    }
    lists.facts.resize(lists.begins.back());
    codes_.resize(lists.begins.back());
    days_.resize(lists.begins.back());
    return true;
}

template <auto Kind, class Fact>
bool Block::read_periods(const Periods& periods, std::int64_t first, std::int64_t count, Lists<Fact>& lists) {
    if (!read_bounds(periods.list, first, count, lists)) return true;
    const std::int64_t start = item_begin(periods.list, first);
    const auto size = static_cast<std::int64_t>(lists.facts.size());
    if (periods.item.layout.type == Type::null) return size == 0;
    ends_.resize(lists.facts.size());
    periods.kind.read(start, size, codes_.data());
    read_days(periods.from, start, size, no_day, days_.data());
    read_days(periods.through, start, size, no_end, ends_.data());
    using KindEnum = std::remove_cvref_t<decltype(std::declval<Fact&>().*Kind)>;
    // The compiler turns this loop into vector instructions, which it cannot do with the one that fills the facts.
    unsigned is_invalid = any_null(periods.item, start, size) ? 1 : 0;
    for (std::size_t i = 0; i < lists.facts.size(); ++i) {
        is_invalid |= static_cast<unsigned>(codes_[i] >= count_of<KindEnum>) |
                      static_cast<unsigned>(!is_in_range(days_[i])) | static_cast<unsigned>(ends_[i] < days_[i]) |
                      (static_cast<unsigned>(ends_[i] != no_end) & static_cast<unsigned>(!is_in_range(ends_[i])));
    }
    for (std::size_t i = 0; i < lists.facts.size(); ++i) {
        lists.facts[i].*Kind = static_cast<KindEnum>(codes_[i]);
        lists.facts[i].period = {Day::derived(days_[i]), Day::derived(ends_[i])};
    }
    if (periods.value.layout.type != Type::null) {
        for (std::int64_t i = start; i < start + size; ++i) is_invalid |= has_valid_value(periods, i) ? 0U : 1U;
    }
    return is_invalid == 0;
}

bool Block::read_events(const Events& events, std::int64_t first, std::int64_t count) {
    static const PerValue<EventType, unsigned> allowed = outcomes_as_bits();
    if (!read_bounds(events.list, first, count, events_)) return true;
    const std::int64_t start = item_begin(events.list, first);
    const auto size = static_cast<std::int64_t>(events_.facts.size());
    if (events.item.layout.type == Type::null) return size == 0;
    outcomes_.resize(events_.facts.size());
    keys_.resize(events_.facts.size());
    events.type.read(start, size, codes_.data());
    events.outcome.read(start, size, outcomes_.data());
    read_days(events.on, start, size, no_day, days_.data());
    unsigned is_invalid = any_null(events.item, start, size) ? 1 : 0;
    for (std::size_t i = 0; i < events_.facts.size(); ++i) {
        constexpr unsigned types = count_of<EventType>;
        const unsigned type = codes_[i];
        const auto outcome = select<unsigned>(outcomes_[i] == WordTable::missing ? 1 : 0, 0, outcomes_[i]);
        const unsigned allows = allowed.values[type % types] >> (outcome & 31U) & 1U;
        is_invalid |= static_cast<unsigned>(type >= types) | static_cast<unsigned>(outcome >= count_of<Outcome>) |
                      (allows ^ 1U) | static_cast<unsigned>(!is_in_range(days_[i]));
        events_.facts[i] = {Day::derived(days_[i]), static_cast<EventType>(type), static_cast<Outcome>(outcome),
                            static_cast<std::uint32_t>(i)};
    }
    for (std::size_t i = 0; i < events_.facts.size(); ++i) {
        keys_[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(days_[i]) * count_of<EventType> + codes_[i]);
    }
    return is_invalid == 0;
}

PartnerView Block::view(std::size_t row) {
    if (events_.known[row]) {
        const std::size_t begin = events_.begins[row];
        const std::size_t end = events_.begins[row + 1];
        unsigned descents = 0;  // without a branch: most lists are sorted already
        for (std::size_t i = begin + 1; i < end; ++i) descents |= static_cast<unsigned>(keys_[i] < keys_[i - 1]);
        if (descents != 0) sort_events(std::span(events_.facts).subspan(begin, end - begin));
    }
    return {authorizations_[row], contracts_[row], designations_[row], events_[row]};
}

}  // namespace designation::portfolio
