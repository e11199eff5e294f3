#include "bind.hpp"
#include "boundary.hpp"

namespace {

/// The bindings hold objects of one interpreter, and pybind11 would wait for the wrong lock in another one.
bool is_main_interpreter() {
    if (PyInterpreterState_Get() == PyInterpreterState_Main()) return true;
    PyErr_SetString(PyExc_ImportError, "designation can be imported in the main interpreter only");
    return false;
}

}  // namespace

// One line for each concept, in the order of the layers. The GIL protects the values that the module caches, so
// free-threaded Python turns it on.
PYBIND11_MODULE(_core_of_main_interpreter, module, pybind11::mod_gil_used(),
                pybind11::multiple_interpreters::not_supported()) {
    if (!is_main_interpreter()) throw pybind11::error_already_set();
    module.doc() = "The core of designation; use the package, not this module.";
    bind_enums(module);
    bind_diagnostic(module);
    bind_fields(module);
    bind_date(module);
    bind_facts(module);
    bind_words(module);
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
    guard_boundary(module);
}

// CPython up to 3.12 calls this in the interpreter that imports the module; from 3.13 on, in the main one.
PYBIND11_PLUGIN_IMPL(_core) { return is_main_interpreter() ? PyInit__core_of_main_interpreter() : nullptr; }
