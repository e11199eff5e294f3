#include <designation/editions.hpp>

#include "bind.hpp"
#include "bound_policy.hpp"
#include "convert.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// The two readings of an interpretation.
struct ReadingChoice {
    std::string used;
    std::string alternative;
    friend bool operator==(const ReadingChoice&, const ReadingChoice&) = default;
};

}  // namespace

void bind_rules(py::module_& module) {
    ValueClass<FeeFrom>(module, "FeeFrom", "An amount of a fee, and the first date on which it applies.")
        .field("from_", &FeeFrom::from, "The first date.")
        .field("amount", &FeeFrom::amount, "The amount, in the currency of the rules.");
    ValueClass<ReadingChoice>(module, "ReadingChoice", "The two readings of an interpretation.")
        .field("used", &ReadingChoice::used, "The reading in use.")
        .field("alternative", &ReadingChoice::alternative, "The other reading.");
    py::class_<Rules, std::shared_ptr<Rules>>(module, "Rules", "A rulebook's parameters with a policy's overrides.")
        .def_property_readonly(
            "edition", [](const Rules& self) { return self.rulebook->edition; }, "The rulebook's edition.")
        .def_property_readonly(
            "currency", [](const Rules& self) { return self.currency; }, "The currency of the fees.")
        .def_property_readonly(
            "fees",
            [](const Rules& self) {
                py::dict fees;
                for (const Evaluation evaluation : all_evaluations)
                    fees[py::str(to_string(evaluation))] = self.fees[evaluation];
                return fees;
            },
            "For each evaluation, its amounts and the day from which each applies.")
        .def(
            "fiscal_year",
            [](const Rules& self, const py::object& on) { return fiscal_year(to_derived_day(on), self); },
            py::arg("on"), "Return the fiscal year of a date, named by the year in which it ends.")
        .def(
            "renew_by",
            [](const Rules& self, const py::object& anniversary, const py::object& on) {
                return renew_by(to_derived_day(anniversary), to_day(on), self);
            },
            py::arg("anniversary"), py::arg("on"),
            "Return the last day on which an anniversary can be renewed in time, as of a date.")
        .def_property_readonly(
            "readings",
            [](const Rules& self) {
                py::dict readings;
                for_each_interpretation(
                    [&](Interpretation interpretation, auto reading) {
                        const auto& both = enum_names<decltype(reading)>;
                        const auto used = static_cast<std::size_t>(reading);
                        readings[py::str(to_string(interpretation))] =
                            ReadingChoice{std::string(both[used]), std::string(both[1 - used])};
                    },
                    self.readings);
                return readings;
            },
            "For each interpretation, the reading in use and the other one.");

    module.def(
        "rules",
        [](BoundPolicy* policy,
           const std::optional<std::shared_ptr<Rulebook>>& rulebook) -> std::shared_ptr<const Rules> {
            if (rulebook) {
                return std::make_shared<Rules>(make_rules(*rulebook, policy ? policy->policy : Policy{}));
            }
            if (!policy) return std::make_shared<Rules>(builtin_rules());
            if (!policy->rules) policy->rules = std::make_shared<Rules>(make_rules(policy->policy));
            return policy->rules;
        },
        py::arg("policy") = py::none(), py::arg("rulebook") = py::none());
}
