#include "designation/facts_after.hpp"

#include <algorithm>

namespace designation {

namespace {

constexpr int plausible_years = 20;
constexpr std::size_t max_warnings = 100;

/// Call `visit` with each record that begins after a date, in the order of the document.
void for_each_record_after(const PartnerView& partner, Day as_of, auto visit) {
    const auto visit_list = [&](FactList list, const auto& records) {
        if (!records) return;
        for (std::size_t i = 0; i < records->size(); ++i) {
            const Day from = (*records)[i].period.from;
            if (from > as_of) visit(DatedFact{from, list, i});
        }
    };
    visit_list(FactList::csp_authorizations, partner.csp_authorizations);
    visit_list(FactList::support_contracts, partner.support_contracts);
    visit_list(FactList::solutions_partner_designations, partner.solutions_partner_designations);
}

/// Return the events after a date, in order of date.
std::span<const Event> events_after(const PartnerView& partner, Day as_of) {
    if (!partner.events) return {};
    return {std::ranges::upper_bound(*partner.events, as_of, {}, &Event::on), partner.events->end()};
}

}  // namespace

std::string pointer_to(const DatedFact& fact) {
    return '/' + std::string(to_string(fact.list)) + '/' + std::to_string(fact.index);
}

FactsAfter facts_after(const PartnerView& partner, Day as_of) {
    FactsAfter result;
    const auto is_first = [&](Day on) { return !result.first || on < result.first->on; };
    for_each_record_after(partner, as_of, [&](const DatedFact& record) {
        ++result.count;
        if (is_first(record.on)) result.first = record;
    });
    const auto events = events_after(partner, as_of);
    result.count += events.size();
    if (!events.empty() && is_first(events.front().on)) {
        const Day first = events.front().on;
        const auto end = std::ranges::upper_bound(events, first, {}, &Event::on);
        const Event& event = *std::ranges::min_element(events.begin(), end, {}, &Event::position);
        result.first = DatedFact{first, FactList::events, event.position};
    }
    return result;
}

Diagnostics warnings(const PartnerView& partner, Day as_of) {
    const Day latest = add_years(as_of, plausible_years, LeapDay::clamp);
    std::vector<DatedFact> found;
    for_each_record_after(partner, latest, [&](const DatedFact& record) { found.push_back(record); });
    const auto records = static_cast<std::ptrdiff_t>(found.size());
    for (const Event& event : events_after(partner, latest)) {
        found.push_back({event.on, FactList::events, event.position});
    }
    std::ranges::sort(found.begin() + records, found.end(), {}, &DatedFact::index);

    const std::string late = " more than " + std::to_string(plausible_years) + " years after " + to_string(as_of);
    Diagnostics result;
    for (const DatedFact& fact : std::span(found).first(std::min(found.size(), max_warnings))) {
        result.push_back({.code = "far_future",
                          .pointer = pointer_to(fact) + (fact.list == FactList::events ? "/on" : "/from"),
                          .message = to_string(fact.on) + " is" + late});
    }
    if (found.size() > max_warnings) {
        const std::size_t rest = found.size() - max_warnings;
        result.push_back({.code = "more", .pointer = "", .message = std::to_string(rest) + " other facts are" + late});
        result.back().count = rest;
    }
    return result;
}

}  // namespace designation
