#include "designation/facts.hpp"

#include <algorithm>
#include <utility>

#include "check.hpp"
#include "designation/diagnostic.hpp"

namespace designation {

namespace {

/// Events in the order of their days, on one day of their types, within one type of the document.
std::int64_t order_of(const Event& event) noexcept {
    const std::int64_t day = event.on.days_since_1970();
    const std::int64_t in_days = day * static_cast<int>(count_of<EventType>) + static_cast<int>(event.type);
    return in_days * (std::int64_t{UINT32_MAX} + 1) + event.position;
}

bool are_in_order(std::span<const Event> events) noexcept {
    std::int64_t last = INT64_MIN;
    unsigned earlier = 0;
    for (const Event& event : events) {
        const std::int64_t order = order_of(event);
        earlier |= static_cast<unsigned>(order < last);
        last = order;
    }
    return earlier == 0;
}

}  // namespace

void sort_events(std::span<Event> events) noexcept {
    // Most lists are in order, and that is quickly seen.
    if (!are_in_order(events)) std::ranges::sort(events, {}, order_of);
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
