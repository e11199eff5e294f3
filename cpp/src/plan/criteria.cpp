#include "plan/criteria.hpp"

#include <algorithm>

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
    const auto is_dominated = [&](const Member& other) {
        if (!costs_as_little(criteria, other.criteria)) return false;
        dropped.push_back(other.label);
        return true;
    };
    own->erase(std::remove_if(first, own->end(), is_dominated), own->end());
    return true;
}

}  // namespace designation
