#include "designation/facts.hpp"

#include <algorithm>
#include <utility>

#include "check.hpp"
#include "designation/diagnostic.hpp"

namespace designation {

namespace {

/// Return a key that sorts events by date, then by type, then by position in the document.
std::int64_t sort_key(const Event& event) noexcept {
    const std::int64_t day = event.on.days_since_1970();
    const std::int64_t day_and_type = day * static_cast<int>(count_of<EventType>) + static_cast<int>(event.type);
    return day_and_type * (std::int64_t{UINT32_MAX} + 1) + event.position;
}

}  // namespace

void sort_events(std::span<Event> events) noexcept { std::ranges::sort(events, {}, sort_key); }

namespace {

template <class Fact>
ListView<Fact> span_of(const std::optional<std::vector<Fact>>& list) noexcept {
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
        number_events(*facts.events);
        sort_events(*facts.events);
    }
    return view_of_sorted(facts);
}

PartnerView view_of_sorted(const Facts& facts) noexcept {
    return {span_of(facts.csp_authorizations), span_of(facts.support_contracts),
            span_of(facts.solutions_partner_designations), span_of(facts.events), nullptr};
}

}  // namespace designation
