#pragma once

#include "designation/facts.hpp"
#include "designation/rules.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

KindsInForce kinds_in_force(const PartnerView& partner, Day on) noexcept;

/// SSD-P and its three prerequisites on a date.
struct Eligibility {
    Verdict verdict = Verdict::unknown;
    Verdict csp_authorization = Verdict::unknown;  ///< SSD-P1
    Verdict support_contract = Verdict::unknown;   ///< SSD-P2
    Verdict solutions_partner = Verdict::unknown;  ///< SSD-P3
    friend bool operator==(const Eligibility&, const Eligibility&) = default;
};

Eligibility eligibility(const PartnerView& partner, Day on, const Rules& rules) noexcept;

/// Evaluate eligibility from the kinds in force on that date.
Eligibility eligibility(const PartnerView& partner, const KindsInForce& kinds, Day on, const Rules& rules) noexcept;

}  // namespace designation
