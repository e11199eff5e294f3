#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <designation/designation.hpp>
#include <string_view>

namespace laws {

namespace dsg = designation;

/// Abort, so that the fuzzer keeps the input.
inline void demand(bool holds, const char* law) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", law);
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Check that any bytes give a value, or diagnostics with locations, and no other exception.
template <class Parse, class Use>
void parse_or_refuse(Parse parse, Use use) {
    try {
        use(parse());
    } catch (const dsg::InputError& error) {
        demand(!error.diagnostics().empty(), "what is refused says why");
        for (const dsg::Diagnostic& problem : error.diagnostics()) {
            demand(!problem.code.empty() && !problem.message.empty(), "a problem has a code and a message");
            demand(problem.line > 0 && problem.column > 0, "a problem of a text has its place");
        }
    }
}

/// Return a partner with every type of event.
inline dsg::Partner busy_partner() {
    return dsg::parse_partner(R"({"id": "p",
        "csp_authorizations": [{"type": "direct_bill", "from": "2020-01-01", "through": "2029-12-31"}],
        "support_contracts": [{"type": "psfp", "from": "2025-01-01", "annual_value": {"amount": 100.5, "currency": "USD"}},
                              {"type": "ufp", "from": "2026-07-01"}],
        "solutions_partner_designations": [{"area": "security", "from": "2024-02-29"}],
        "events": [{"on": "2025-12-01", "type": "interest_registered"},
                   {"on": "2025-12-02", "type": "eligibility_decided", "outcome": "eligible"},
                   {"on": "2026-01-05", "type": "capability_evaluated", "outcome": "pass"},
                   {"on": "2026-01-06", "type": "case_volume_validated"},
                   {"on": "2026-01-07", "type": "case_rate_determined", "outcome": "pass"},
                   {"on": "2026-02-01", "type": "csat_evaluated", "outcome": "pass"},
                   {"on": "2026-02-28", "type": "badge_awarded"},
                   {"on": "2027-02-01", "type": "renewal_approved"}]})");
}

/// Dates around the events of the seeds.
inline const std::array days{dsg::Day::earliest(), dsg::Day{std::chrono::year{2026} / 9 / 15},
                             dsg::Day{std::chrono::year{2028} / 2 / 29}, dsg::Day::latest()};

/// Call every function that accepts a partner.
inline void ask(const dsg::Partner& partner, const dsg::Rules& rules) {
    for (const dsg::Day as_of : days) {
        const dsg::Assessment assessment = dsg::assess(partner, as_of, rules);
        demand(!dsg::to_json(assessment, partner, rules).empty(), "an answer can be written");
        const dsg::Explanation why = dsg::explain(assessment, partner, rules);
        demand(why.verdict == assessment.term.in_force, "the explanation's verdict is that of the answer");
        dsg::next_change(partner, as_of, rules);
    }
}

}  // namespace laws
