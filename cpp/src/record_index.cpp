#include "record_index.hpp"

#include <algorithm>

namespace designation {

namespace {

enum class List : std::uint8_t { authorizations, contracts, areas };

/// A day on which a record begins, or the day after it has ended.
struct Boundary {
    Day day;
    List list;
    std::uint8_t kind;
    bool begins;
};

template <class Fact, class Kind>
void add_boundaries(std::vector<Boundary>& boundaries, const ListView<Fact>& records, List list, Kind Fact::* kind) {
    if (!records) return;
    for (const Fact& fact : *records) {
        boundaries.push_back({fact.period.from, list, static_cast<std::uint8_t>(fact.*kind), true});
        if (!fact.period.has_end()) continue;
        boundaries.push_back({fact.period.through + 1, list, static_cast<std::uint8_t>(fact.*kind), false});
    }
}

/// The numbers of records of each kind that are in force.
template <class Kind>
struct Counts {
    std::array<std::uint32_t, count_of<Kind>> values{};

    SetOf<Kind> kinds() const noexcept {
        SetOf<Kind> kinds;
        for (std::size_t i = 0; i < values.size(); ++i) kinds.insert_if(values[i] > 0, static_cast<Kind>(i));
        return kinds;
    }
    void apply(const Boundary& boundary) noexcept {
        boundary.begins ? ++values[boundary.kind] : --values[boundary.kind];
    }
};

}  // namespace

RecordIndex::RecordIndex(const PartnerView& partner) {
    std::vector<Boundary> boundaries;
    add_boundaries(boundaries, partner.csp_authorizations, List::authorizations, &Authorization::type);
    add_boundaries(boundaries, partner.support_contracts, List::contracts, &SupportContract::type);
    add_boundaries(boundaries, partner.solutions_partner_designations, List::areas, &SolutionsPartnerDesignation::area);
    std::ranges::sort(boundaries, {}, &Boundary::day);
    Counts<AuthorizationType> authorizations;
    Counts<ContractType> contracts;
    Counts<SolutionArea> areas;
    first_began_.fill(Interval::no_end());
    DayPerType last_began;
    last_began.fill(long_ago);
    states_.push_back({long_ago, {}, last_began});
    for (std::size_t i = 0; i < boundaries.size(); ++i) {
        const Boundary& boundary = boundaries[i];
        switch (boundary.list) {
            case List::authorizations: authorizations.apply(boundary); break;
            case List::contracts: contracts.apply(boundary); break;
            case List::areas: areas.apply(boundary); break;
        }
        if (boundary.list == List::contracts && boundary.begins) {
            Day& first = first_began_[boundary.kind];
            first = std::min(first, boundary.day);
            last_began[boundary.kind] = boundary.day;
        }
        const bool ends_its_day = i + 1 == boundaries.size() || boundaries[i + 1].day != boundary.day;
        if (!ends_its_day) continue;
        states_.push_back({boundary.day, {authorizations.kinds(), contracts.kinds(), areas.kinds()}, last_began});
    }
}

const RecordIndex::State& RecordIndex::at(Day on) const noexcept {
    return *(std::ranges::upper_bound(states_, on, {}, &State::from) - 1);
}

Day RecordIndex::next_change(Day after) const noexcept {
    const auto next = std::ranges::upper_bound(states_, after, {}, &State::from);
    return next == states_.end() ? Interval::no_end() : next->from;
}

std::size_t count_records(const PartnerView& partner) noexcept {
    const auto size = [](const auto& list) { return list ? list->size() : 0; };
    return size(partner.csp_authorizations) + size(partner.support_contracts) +
           size(partner.solutions_partner_designations);
}

}  // namespace designation
