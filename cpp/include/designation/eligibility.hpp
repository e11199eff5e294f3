#pragma once

#include "designation/facts.hpp"
#include "designation/rules.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

/// SSD-P and its three prerequisites on a day.
struct Eligibility {
    Verdict verdict = Verdict::unknown;
    Verdict csp_authorization = Verdict::unknown;  ///< SSD-P1
    Verdict support_contract = Verdict::unknown;   ///< SSD-P2
    Verdict solutions_partner = Verdict::unknown;  ///< SSD-P3
    friend bool operator==(const Eligibility&, const Eligibility&) = default;
};

Verdict csp_authorization(const PartnerView& partner, Day on, const Rules& rules) noexcept;
Verdict support_contract(const PartnerView& partner, Day on, const Rules& rules) noexcept;
Verdict solutions_partner(const PartnerView& partner, Day on, const Rules& rules) noexcept;
Eligibility eligibility(const PartnerView& partner, Day on, const Rules& rules) noexcept;

}  // namespace designation
