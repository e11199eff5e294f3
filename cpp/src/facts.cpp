#include "designation/facts.hpp"

#include <algorithm>
#include <utility>

#include "check.hpp"
#include "designation/diagnostic.hpp"

namespace designation {

void sort_events(std::span<Event> events) noexcept {
    const auto order = [](const Event& event) {
        const std::int64_t day = event.on.days_since_1970();
        return std::pair(day * static_cast<int>(count_of<EventType>) + static_cast<int>(event.type), event.position);
    };
    // Most lists are in order, and that is quickly seen.
    if (!std::ranges::is_sorted(events, {}, order)) std::ranges::sort(events, {}, order);
}

namespace {

template <class Fact>
ListView<Fact> look_at(const std::optional<std::vector<Fact>>& list) noexcept {
    if (!list) return std::nullopt;
    return std::span<const Fact>(*list);
}

}  // namespace

PartnerView view(Facts& facts) {
    Diagnostics problems;
    check_list(facts.csp_authorizations, "csp_authorizations", problems);
    check_list(facts.support_contracts, "support_contracts", problems);
    check_list(facts.solutions_partner_designations, "solutions_partner_designations", problems);
    check_list(facts.events, "events", problems);
    if (!problems.empty()) throw InputError(std::move(problems));
    if (facts.events) {
        number(*facts.events);
        sort_events(*facts.events);
    }
    return view_of_sorted(facts);
}

PartnerView view_of_sorted(const Facts& facts) noexcept {
    return {look_at(facts.csp_authorizations), look_at(facts.support_contracts),
            look_at(facts.solutions_partner_designations), look_at(facts.events)};
}

}  // namespace designation
