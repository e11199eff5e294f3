#pragma once

#include <pybind11/pybind11.h>

void bind_enums(pybind11::module_& module);
void bind_diagnostic(pybind11::module_& module);
void bind_fields(pybind11::module_& module);
void bind_date(pybind11::module_& module);
void bind_facts(pybind11::module_& module);
void bind_words(pybind11::module_& module);
void bind_partner(pybind11::module_& module);
void bind_rulebook(pybind11::module_& module);
void bind_policy(pybind11::module_& module);
void bind_rules(pybind11::module_& module);
void bind_finding(pybind11::module_& module);
void bind_eligibility(pybind11::module_& module);
void bind_evaluation(pybind11::module_& module);
void bind_term(pybind11::module_& module);
void bind_renewal(pybind11::module_& module);
void bind_journey(pybind11::module_& module);
void bind_fees(pybind11::module_& module);
void bind_benefits(pybind11::module_& module);
void bind_assessment(pybind11::module_& module);
void bind_action(pybind11::module_& module);
void bind_deciding(pybind11::module_& module);
void bind_facts_after(pybind11::module_& module);
void bind_reprice(pybind11::module_& module);
void bind_explanation(pybind11::module_& module);
void bind_plan(pybind11::module_& module);
void bind_timeline(pybind11::module_& module);
void bind_portfolio(pybind11::module_& module);
void bind_json(pybind11::module_& module);
void bind_editions(pybind11::module_& module);
