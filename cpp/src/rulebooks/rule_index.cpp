#include "rulebooks/rule_index.hpp"

#include <array>
#include <initializer_list>

namespace designation {

namespace {

using enum Rule;

consteval Sequence<Rule> list(std::initializer_list<Rule> rules) {
    Sequence<Rule> sequence;
    for (const Rule rule : rules) sequence.push_back(rule);
    return sequence;
}

constexpr auto locations = std::to_array<LocationRules>({
    {"/prerequisites/csp_authorization", list({p1})},
    {"/prerequisites/support_contract", list({p2})},
    {"/prerequisites/solutions_partner", list({p3})},
    {"/evaluations/capability/validity_years", list({e1})},
    {"/evaluations/capability/each_cycle", list({r3})},
    {"/evaluations/performance/validity_years", list({e2})},
    {"/evaluations/performance/each_cycle", list({r2})},
    {"/evaluations/csat/validity_years", list({e3})},
    {"/evaluations/csat/each_cycle", list({r4})},
    {"/term/years", list({t2})},
    {"/term/renewal_window", list({t3})},
    {"/journey", list({j2, j3})},
    {"/availability", list({a})},
    {"/benefits/badge", list({b1})},
    {"/benefits/marketplace_visibility", list({b2})},
    {"/benefits/elevated_support", list({b3})},
    {"/benefits/performance_credits", list({b4})},
    {"/benefits/early_adoption_discount", list({b5})},
    {"/fees", list({f1, f3})},
    {"/interpretations/leap_day", list({e1, e2, e3, t2})},
    {"/interpretations/failed_reevaluation", list({e1, e2, e3})},
    {"/interpretations/renewal_anchor", list({t4})},
    {"/interpretations/late_renewal", list({t4})},
    {"/interpretations/after_anniversary", list({t7})},
    {"/interpretations/prerequisite_lapse", list({t5})},
    {"/interpretations/pass_reference_day", list({r3, r4})},
    {"/interpretations/announcement", list({a})},
    {"/interpretations/pilot_contract", list({p2})},
});

}  // namespace

std::span<const LocationRules> rules_by_location() noexcept { return locations; }

}  // namespace designation
