#include "designation/benefits.hpp"

#include <algorithm>

#include "designation/availability.hpp"
#include "record_index.hpp"

namespace designation {

Verdict contract_in_force(const PartnerView& partner, const KindsInForce& kinds, ContractType type) noexcept {
    return partner.support_contracts ? met_if(kinds.contracts.contains(type)) : Verdict::unknown;
}

Verdict next_renewal_is_ahead(const PartnerView& partner, ContractType type, const TermState* state, Day on) noexcept {
    if (!partner.support_contracts) return Verdict::unknown;
    constexpr Day far_future = Interval::no_end();
    constexpr Day long_ago = RecordIndex::long_ago;
    Day first_began = far_future;
    Day last_began = long_ago;
    if (partner.record_index) {
        first_began = partner.record_index->first_began(type);
        last_began = partner.record_index->at(on).last_began[static_cast<std::size_t>(type)];
    } else {
        for (const SupportContract& contract : *partner.support_contracts) {
            const Day from = contract.period.from;
            first_began = std::min(first_began, contract.type == type ? from : far_future);
            last_began = std::max(last_began, contract.type == type && from <= on ? from : long_ago);
        }
    }
    const bool renewed = last_began > first_began;
    if (!renewed) return Verdict::met;
    if (!state) return Verdict::unknown;
    return met_if(!state->record() || last_began <= state->record()->first_awarded_on);
}

// SSD-B1 to SSD-B5
Benefits benefits(const PartnerView& partner, const KindsInForce& kinds, Verdict in_force, const TermState* state,
                  Day on, const Rules& rules) noexcept {
    Benefits result;
    if (in_force == Verdict::unmet) return result;
    for (std::size_t i = 0; i < count_of<Benefit>; ++i) {
        const auto benefit = static_cast<Benefit>(i);
        const BenefitParameters& needs = rules.benefits[benefit];
        Verdict verdict = in_force;
        if (needs.availability) verdict &= available(*needs.availability, on, rules);
        if (needs.contract) verdict &= contract_in_force(partner, kinds, *needs.contract);
        if (needs.before_next_renewal) {
            verdict &= next_renewal_is_ahead(partner, *needs.contract, state, on);
        }
        if (needs.limited_places) verdict &= Verdict::unknown;
        result[benefit] = verdict;
    }
    return result;
}

std::optional<Money> early_adoption_discount(const PartnerView& partner, Day on, const Rules& rules) noexcept {
    const BenefitParameters& needs = rules.benefits[Benefit::early_adoption_discount];
    if (!partner.support_contracts || !needs.percent) return std::nullopt;
    const SupportContract* last = nullptr;
    for (const SupportContract& contract : *partner.support_contracts) {
        if (contract.type != needs.contract || !contract.period.contains(on)) continue;
        if (!last || contract.period.from >= last->period.from) last = &contract;
    }
    if (!last || !last->annual_value) return std::nullopt;
    return share_of(*last->annual_value, *needs.percent);
}

}  // namespace designation
