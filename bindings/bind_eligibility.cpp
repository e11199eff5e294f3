#include <designation/eligibility.hpp>

#include "bind.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using designation::Eligibility;

void bind_eligibility(py::module_& module) {
    ValueClass<Eligibility>(module, "Eligibility", "SSD-P: the three prerequisites as of a date.")
        .field("verdict", &Eligibility::verdict, "SSD-P: all three.")
        .field("csp_authorization", &Eligibility::csp_authorization, "SSD-P1.")
        .field("support_contract", &Eligibility::support_contract, "SSD-P2.")
        .field("solutions_partner", &Eligibility::solutions_partner, "SSD-P3.")
        .bound()
        .def_property_readonly(
            "prerequisites",
            [](const Eligibility& self) {
                py::dict prerequisites;
                prerequisites["csp_authorization"] = self.csp_authorization;
                prerequisites["support_contract"] = self.support_contract;
                prerequisites["solutions_partner"] = self.solutions_partner;
                return prerequisites;
            },
            "The three verdicts by name.");
}
