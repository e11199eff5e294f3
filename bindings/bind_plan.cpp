#include <designation/partner.hpp>
#include <designation/plan.hpp>
#include <memory>

#include "bind.hpp"
#include "python_sink.hpp"
#include "value_class.hpp"
#include "without_gil.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// Plans, with the partner and the span for which they were computed.
struct PartnerPlans {
    std::shared_ptr<Partner> partner;
    Day as_of;
    Day through;
    Currency currency;
    std::vector<Plan> front;
    std::optional<Plan> recommended;
    std::optional<Plan> without_repeats;
    std::optional<Impossible> impossible;
    std::vector<std::string> facts_needed;

    friend bool operator==(const PartnerPlans& a, const PartnerPlans& b) {
        return *a.partner == *b.partner && a.as_of == b.as_of && a.through == b.through && a.currency == b.currency &&
               a.front == b.front && a.recommended == b.recommended && a.without_repeats == b.without_repeats &&
               a.impossible == b.impossible;
    }
};

Plans plans_of(const PartnerPlans& self) {
    return {self.front, self.recommended, self.without_repeats, self.impossible};
}

PartnerPlans plan_under(std::shared_ptr<Partner> partner, Day as_of, Day through, const std::shared_ptr<Rules>& rules,
                        Amount worth) {
    Plans plans;
    {
        WithoutGil without_gil;
        plans = plan(*partner, {as_of, through}, *rules, worth, without_gil.checkpoint());
    }
    std::vector<std::string> facts_needed;
    if (!partner->view().events) facts_needed.emplace_back("/events");
    return {std::move(partner),
            as_of,
            through,
            rules->currency,
            std::move(plans.front),
            std::move(plans.recommended),
            std::move(plans.without_repeats),
            std::move(plans.impossible),
            std::move(facts_needed)};
}

std::string text(const Impossible& impossible) {
    std::string text = impossible.anniversary ? to_string(*impossible.anniversary) + " cannot be renewed"
                                              : "the badge cannot be attained";
    text += ", because of ";
    for (const std::string& constraint : impossible.constraints) {
        if (&constraint != impossible.constraints.data()) text += ", ";
        text += constraint;
    }
    return text + " in the policy";
}

}  // namespace

void bind_plan(py::module_& module) {
    ValueClass<PlanStep>(module, "PlanStep",
                         "A dated step of a plan: an evaluation that is taken and passed, an award or a renewal.")
        .field("on", &PlanStep::on, "The day.")
        .field("latest", &PlanStep::latest,
               "The last day that keeps the plan's fees and lapsed days, if the other steps move as well.")
        .field("type", &PlanStep::type, "The type of the event that the step becomes.")
        .field("actor", &PlanStep::actor, "Who acts.")
        .field("then", &PlanStep::then, "Who acts once the first actor is done; None if nobody else has to.")
        .field("fee", &PlanStep::fee, "The auditor's fee on that day.")
        .field("retry_days", &PlanStep::retry_days,
               "For an evaluation, the days that the policy keeps free for a second try; None if it keeps none.")
        .field("safe_by", &PlanStep::safe_by,
               "The last day that leaves room for a second try; None if no possible day does.")
        .field("is_repeat", &PlanStep::is_repeat, "Whether it is a second or later pass between two decisions.")
        .field("anniversary", &PlanStep::anniversary, "The anniversary to be renewed; None for steps toward the badge.")
        .field("valid_through", &PlanStep::valid_through,
               "For an evaluation, the last day on which its pass is in force; None for a decision.")
        .field("expires_on", &PlanStep::expires_on,
               "For a decision, the anniversary on which the term then expires; None for an evaluation.");
    ValueClass<Plan>(module, "Plan", "A schedule that keeps the designation, and what it costs.")
        .field("fees", &Plan::fees, "The sum of the auditor's fees.")
        .field("lapsed_days", &Plan::lapsed_days, "The number of days after an anniversary and before its renewal.")
        .field("held_from", &Plan::held_from, "The first day on which the designation is held.")
        .field("held_until", &Plan::held_until, "The anniversary on which the last term expires; not held on that day.")
        .field("steps", &Plan::steps, "The steps, in the order of their days.")
        .field("readings", &Plan::readings,
               "The interpretations that the plan depends on: under the other reading it is invalid or has other "
               "lapsed days.")
        .field("repeats", &Plan::repeats, "The number of steps that repeat an evaluation.")
        .bound()
        .def_property_readonly(
            "held_days", [](const Plan& self) { return self.held_until - self.held_from; },
            "The number of days on which the designation is held.")
        .def("to_dict", [](const Plan& self) { return to_dict(self); }, "Return the plan as a dict, as in JSON.");
    ValueClass<Impossible>(module, "Impossible",
                           "Why there is no plan: without any of the `constraints` there would be one.")
        .field("anniversary", &Impossible::anniversary,
               "The anniversary that no plan can renew; None if no plan can attain the badge.")
        .field("constraints", &Impossible::constraints, "JSON Pointers into the policy.")
        .bound()
        .def("__str__", &text);
    ValueClass<PartnerPlans>(
        module, "Plans",
        "Every plan that no other beats on both fees and lapsed days, fees rising, and the recommended one.")
        .field("partner", &PartnerPlans::partner, "The partner.")
        .field("as_of", &PartnerPlans::as_of, "The first day of the plans.")
        .field("through", &PartnerPlans::through, "The last day of the span: anniversaries up to it are renewed.")
        .field("currency", &PartnerPlans::currency, "The currency of the fees.")
        .field("front", &PartnerPlans::front, "The plans, fees rising and lapsed days falling.")
        .field("recommended", &PartnerPlans::recommended,
               "Of the plans with the fewest lapsed days, the one with the least fees and worth of repeats; None if "
               "there is none.")
        .field("without_repeats", &PartnerPlans::without_repeats,
               "If the recommended plan has repeats, the cheapest plan without any that lapses as little; None if "
               "there is none.")
        .field("impossible", &PartnerPlans::impossible, "Why there is no plan; None if there is one.")
        .field("facts_needed", &PartnerPlans::facts_needed,
               "The facts that must be known to make a plan, as JSON Pointers.")
        .bound()
        .def_property_readonly(
            "saved_by_repeats", [](const PartnerPlans& self) { return saved_by_repeats(plans_of(self)); },
            "The difference in fees between `without_repeats` and the recommended plan; None if there is no such plan.")
        .def(
            "to_dict",
            [](const PartnerPlans& self) {
                return to_dict(plans_of(self), *self.partner, Interval{self.as_of, self.through}, self.currency);
            },
            "Return the plans as a dict, as in JSON.");
    module.def("plan_under", &plan_under, py::arg("partner"), py::arg("as_of"), py::arg("through"), py::arg("rules"),
               py::arg("worth") = py::int_(0),
               "Return every plan under these rules that no other plan beats on both fees and lapsed days.");
}
