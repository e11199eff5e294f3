#include "designation/facts_after.hpp"

#include <algorithm>

namespace designation {

namespace {

constexpr int plausible_years = 20;

template <class Fact>
void add_records_after(std::vector<DatedFact>& found, FactList list, const ListView<Fact>& records, Day as_of) {
    if (!records) return;
    for (std::size_t i = 0; i < records->size(); ++i) {
        const Day from = (*records)[i].period.from;
        if (from > as_of) found.push_back({from, list, i});
    }
}

/// Return the facts dated after a date, in the order of the document.
std::vector<DatedFact> dated_after(const PartnerView& partner, Day as_of) {
    std::vector<DatedFact> found;
    add_records_after(found, FactList::csp_authorizations, partner.csp_authorizations, as_of);
    add_records_after(found, FactList::support_contracts, partner.support_contracts, as_of);
    add_records_after(found, FactList::solutions_partner_designations, partner.solutions_partner_designations, as_of);
    if (!partner.events) return found;
    const auto events = static_cast<std::ptrdiff_t>(found.size());
    for (const Event& event : *partner.events) {
        if (event.on > as_of) found.push_back({event.on, FactList::events, event.position});
    }
    std::ranges::sort(found.begin() + events, found.end(), {}, &DatedFact::index);
    return found;
}

}  // namespace

std::string pointer_to(const DatedFact& fact) {
    return '/' + std::string(to_string(fact.list)) + '/' + std::to_string(fact.index);
}

FactsAfter facts_after(const PartnerView& partner, Day as_of) {
    const std::vector<DatedFact> found = dated_after(partner, as_of);
    const auto first = std::ranges::min_element(found, {}, &DatedFact::on);
    return {found.size(), first == found.end() ? std::nullopt : std::optional(*first)};
}

Diagnostics warnings(const PartnerView& partner, Day as_of) {
    Diagnostics result;
    for (const DatedFact& fact : dated_after(partner, add_years(as_of, plausible_years, LeapDay::clamp))) {
        result.push_back({.code = "far_future",
                          .pointer = pointer_to(fact) + (fact.list == FactList::events ? "/on" : "/from"),
                          .message = to_string(fact.on) + " is more than " + std::to_string(plausible_years) +
                                     " years after " + to_string(as_of)});
    }
    return result;
}

}  // namespace designation
