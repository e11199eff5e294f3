#include "designation/eligibility.hpp"

#include "designation/availability.hpp"

namespace designation {

namespace {

/// OR of `verdict_of` over the records in force on a day; unknown where the list is.
template <class Fact, class VerdictOf>
Verdict any_in_force(const ListView<Fact>& list, Day on, VerdictOf verdict_of) noexcept {
    if (!list) return Verdict::unknown;
    Verdict any = Verdict::unmet;
    for (const Fact& fact : *list) {
        const Verdict verdict = verdict_of(fact);
        any |= fact.period.contains(on) ? verdict : Verdict::unmet;
    }
    return any;
}

}  // namespace

// SSD-P1
Verdict csp_authorization(const PartnerView& partner, Day on, const Rules& rules) noexcept {
    return any_in_force(partner.csp_authorizations, on, [&](const Authorization& authorization) {
        return met_if(rules.eligible_authorizations.contains(authorization.type));
    });
}

// SSD-P2
Verdict support_contract(const PartnerView& partner, Day on, const Rules& rules) noexcept {
    if (!partner.support_contracts) return Verdict::unknown;
    PerValue<ContractType, Verdict> counts_as;
    for (std::size_t i = 0; i < count_of<ContractType>; ++i) {
        const ContractParameters& kind = rules.contracts.values[i];
        counts_as.values[i] = met_if(kind.accepted);
        if (kind.accepted && kind.subject_to) counts_as.values[i] = available(*kind.subject_to, on, rules);
    }
    return any_in_force(partner.support_contracts, on,
                        [&](const SupportContract& contract) { return counts_as[contract.type]; });
}

// SSD-P3
Verdict solutions_partner(const PartnerView& partner, Day on, const Rules& rules) noexcept {
    return any_in_force(partner.solutions_partner_designations, on,
                        [&](const SolutionsPartnerDesignation& designation) {
                            return met_if(rules.accepted_areas.contains(designation.area));
                        });
}

// SSD-P
Eligibility eligibility(const PartnerView& partner, Day on, const Rules& rules) noexcept {
    Eligibility result;
    result.csp_authorization = csp_authorization(partner, on, rules);
    result.support_contract = support_contract(partner, on, rules);
    result.solutions_partner = solutions_partner(partner, on, rules);
    result.verdict = result.csp_authorization & result.support_contract & result.solutions_partner;
    return result;
}

}  // namespace designation
