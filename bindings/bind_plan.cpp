#include <designation/partner.hpp>
#include <designation/plan.hpp>
#include <memory>

#include "bind.hpp"
#include "dict_of.hpp"
#include "value.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// Plans with what they were asked for.
struct PartnerPlans {
    std::shared_ptr<Partner> partner;
    Day as_of;
    Day through;
    Currency currency;
    std::vector<Plan> front;
    std::optional<Impossible> impossible;
    std::vector<std::string> facts_needed;

    friend bool operator==(const PartnerPlans& a, const PartnerPlans& b) {
        return *a.partner == *b.partner && a.as_of == b.as_of && a.through == b.through && a.currency == b.currency &&
               a.front == b.front && a.impossible == b.impossible;
    }
};

PartnerPlans plan_under(std::shared_ptr<Partner> partner, Day as_of, Day through, const std::shared_ptr<Rules>& rules) {
    Plans plans;
    {
        const py::gil_scoped_release others_run;
        plans = plan(*partner, {as_of, through}, *rules);
    }
    std::vector<std::string> facts_needed;
    if (!partner->view().events) facts_needed.emplace_back("/events");
    return {
        std::move(partner),     as_of, through, rules->currency, std::move(plans.front), std::move(plans.impossible),
        std::move(facts_needed)};
}

}  // namespace

void bind_plan(py::module_& module) {
    ValueClass<PlanStep>(module, "PlanStep",
                         "A dated step of a plan: an evaluation that is taken and passed, an award or a renewal.")
        .field("on", &PlanStep::on, "The day.")
        .field("latest", &PlanStep::latest,
               "The last day on which it still leads to the plan's fees and lapsed days, the other steps moving too.")
        .field("type", &PlanStep::type, "The event that it becomes.")
        .field("actor", &PlanStep::actor, "Who acts.")
        .field("then", &PlanStep::then, "Who acts once the first actor has done its part; None where nobody has to.")
        .field("fee", &PlanStep::fee, "The auditor's fee on that day.")
        .field("anniversary", &PlanStep::anniversary, "The one whose renewal it is for; None on the way to the badge.")
        .field("valid_through", &PlanStep::valid_through,
               "What an evaluation makes true: its pass is in force through this day.")
        .field("expires_on", &PlanStep::expires_on,
               "What a decision makes true: the term runs up to this anniversary, which no longer belongs to it.");
    ValueClass<Plan>(module, "Plan", "A schedule that keeps the designation, and what it costs.")
        .field("fees", &Plan::fees, "The sum of the auditor's fees.")
        .field("lapsed_days", &Plan::lapsed_days, "The days on which the term is over and the renewal still to come.")
        .field("held_from", &Plan::held_from, "The first day on which the designation is held.")
        .field("held_until", &Plan::held_until, "The anniversary that ends it, which no longer belongs to the term.")
        .field("steps", &Plan::steps, "In the order of their days.")
        .field("readings", &Plan::readings,
               "The interpretations under whose alternative the schedule is not valid or has other measures.")
        .bound()
        .def_property_readonly(
            "held_days", [](const Plan& self) { return self.held_until - self.held_from; },
            "The number of days on which the designation is held.")
        .def("to_dict", [](const Plan& self) { return dict_of(self); }, "The plan as JSON has it.");
    ValueClass<Impossible>(module, "Impossible",
                           "Why there is no plan: without any of the `constraints` there would be one.")
        .field("anniversary", &Impossible::anniversary,
               "The one that no plan renews; None where the badge itself is not reached.")
        .field("constraints", &Impossible::constraints, "JSON Pointers into the policy.");
    ValueClass<PartnerPlans>(
        module, "Plans",
        "Every plan that no other beats on both fees and lapsed days, fees rising; the last one is recommended.")
        .field("partner", &PartnerPlans::partner, "The partner who is planned for.")
        .field("as_of", &PartnerPlans::as_of, "The first day on which anything is done.")
        .field("through", &PartnerPlans::through, "The last day whose anniversary is renewed.")
        .field("currency", &PartnerPlans::currency, "Of the fees.")
        .field("front", &PartnerPlans::front, "The plans, fees rising and lapsed days falling.")
        .field("impossible", &PartnerPlans::impossible, "Why there is no plan; None where there is one.")
        .field("facts_needed", &PartnerPlans::facts_needed, "What is to be known before there can be a plan.")
        .bound()
        .def_property_readonly(
            "recommended",
            [](const PartnerPlans& self) -> std::optional<Plan> {
                if (self.front.empty()) return std::nullopt;
                return self.front.back();
            },
            "The cheapest plan among those with the fewest lapsed days; None where there is none.")
        .def(
            "to_dict",
            [](const PartnerPlans& self) {
                return dict_of(Plans{self.front, self.impossible}, *self.partner, Interval{self.as_of, self.through},
                               self.currency);
            },
            "The plans as JSON has them.");
    module.def("plan_under", &plan_under, py::arg("partner"), py::arg("as_of"), py::arg("through"), py::arg("rules"),
               "Every plan under these rules that no other beats on both fees and lapsed days.");
}
