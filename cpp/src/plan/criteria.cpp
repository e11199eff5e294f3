#include "plan/criteria.hpp"

#include <algorithm>
#include <iterator>

namespace designation {

namespace {

bool leaves_as_much(const Criteria& a, const Criteria& b) noexcept {
    return a.day <= b.day && a.coverage.values[0] >= b.coverage.values[0] &&
           a.coverage.values[1] >= b.coverage.values[1] && a.coverage.values[2] >= b.coverage.values[2];
}

bool costs_as_little(const Criteria& a, const Criteria& b) noexcept {
    return a.fees <= b.fees && a.lapsed_days <= b.lapsed_days && (a.year != b.year || a.paid_in_year <= b.paid_in_year);
}

}  // namespace

bool UndominatedLabels::add(const Criteria& criteria, std::size_t label, std::vector<std::size_t>& dropped) {
    Group* own = nullptr;
    for (Group& group : groups_) {
        const Criteria& alike = group.front().criteria;
        if (!leaves_as_much(alike, criteria)) continue;
        if (leaves_as_much(criteria, alike)) own = &group;
        auto cheaper = std::ranges::upper_bound(group, criteria.fees, {}, &Member::fees);
        while (cheaper != group.begin()) {
            if (costs_as_little((--cheaper)->criteria, criteria)) return false;
            if (criteria.year == 0) break;  // the most expensive of them has the fewest lapsed days
        }
    }
    if (!own) own = &groups_.emplace_back();
    const auto place = std::ranges::upper_bound(*own, criteria.fees, {}, &Member::fees);
    const auto first = own->insert(place, {criteria, label}) + 1;
    const auto stays = [&](const Member& other) { return !costs_as_little(criteria, other.criteria); };
    const auto gone = std::stable_partition(first, own->end(), stays);
    std::transform(gone, own->end(), std::back_inserter(dropped), [](const Member& other) { return other.label; });
    own->erase(gone, own->end());
    return true;
}

}  // namespace designation
