#include "designation/eligibility.hpp"

#include "designation/availability.hpp"
#include "record_index.hpp"

namespace designation {

namespace {

template <class Fact, class Kind>
SetOf<Kind> in_force(const ListView<Fact>& list, Day on, Kind Fact::* kind) noexcept {
    SetOf<Kind> kinds;
    if (!list) return kinds;
    for (const Fact& fact : *list) kinds.insert_if(fact.period.contains(on), fact.*kind);
    return kinds;
}

/// Return the verdict, or unknown if the list is unknown.
template <class Fact>
Verdict if_known(const ListView<Fact>& list, Verdict verdict) noexcept {
    return list ? verdict : Verdict::unknown;
}

Verdict support_contract(SetOf<ContractType> in_force, Day on, const Rules& rules) noexcept {
    const bool pilots_count = rules.readings.pilot_contract == PilotContract::counted;
    Verdict any = Verdict::unmet;
    for (std::size_t i = 0; i < count_of<ContractType>; ++i) {
        const ContractParameters& kind = rules.contracts.values[i];
        if (!kind.accepted || !in_force.contains(static_cast<ContractType>(i))) continue;
        const bool must_be_available = kind.subject_to && !pilots_count;
        any |= must_be_available ? available(*kind.subject_to, on, rules) : Verdict::met;
    }
    return any;
}

}  // namespace

KindsInForce kinds_in_force(const PartnerView& partner, Day on) noexcept {
    if (partner.record_index) return partner.record_index->at(on).kinds;
    return {in_force(partner.csp_authorizations, on, &Authorization::type),
            in_force(partner.support_contracts, on, &SupportContract::type),
            in_force(partner.solutions_partner_designations, on, &SolutionsPartnerDesignation::area)};
}

Eligibility eligibility(const PartnerView& partner, const KindsInForce& kinds, Day on, const Rules& rules) noexcept {
    Eligibility result;
    // SSD-P1
    result.csp_authorization =
        if_known(partner.csp_authorizations, met_if(kinds.authorizations.intersects(rules.eligible_authorizations)));
    // SSD-P2
    result.support_contract = if_known(partner.support_contracts, support_contract(kinds.contracts, on, rules));
    // SSD-P3
    result.solutions_partner =
        if_known(partner.solutions_partner_designations, met_if(kinds.areas.intersects(rules.accepted_areas)));
    // SSD-P
    result.verdict = result.csp_authorization & result.support_contract & result.solutions_partner;
    return result;
}

Eligibility eligibility(const PartnerView& partner, Day on, const Rules& rules) noexcept {
    return eligibility(partner, kinds_in_force(partner, on), on, rules);
}

}  // namespace designation
