#include "bind.hpp"

// One line for each concept, in the order of the layers.
PYBIND11_MODULE(_core, module) {
    module.doc() = "The core of designation; use the package, not this module.";
    bind_enums(module);
    bind_diagnostic(module);
    bind_fields(module);
    bind_date(module);
    bind_facts(module);
    bind_partner(module);
    bind_rulebook(module);
    bind_policy(module);
    bind_rules(module);
    bind_finding(module);
    bind_eligibility(module);
    bind_evaluation(module);
    bind_term(module);
    bind_renewal(module);
    bind_journey(module);
    bind_fees(module);
    bind_benefits(module);
    bind_assessment(module);
    bind_facts_after(module);
    bind_action(module);
    bind_deciding(module);
    bind_explanation(module);
    bind_plan(module);
    bind_reprice(module);
    bind_timeline(module);
    bind_portfolio(module);
    bind_json(module);
    bind_editions(module);
}
