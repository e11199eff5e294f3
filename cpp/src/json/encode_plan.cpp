#include "json/sink.hpp"

namespace designation::json {

namespace {

void encode(Sink& sink, const PlanStep& step) {
    sink.object([&] {
        sink.member("on", step.on);
        sink.member("latest", step.latest);
        sink.member("type", step.type);
        sink.member("actor", step.actor);
        sink.member("then", step.then);
        sink.member("retry_days", step.retry_days);
        sink.member("safe_by", step.safe_by);
        sink.member("fee", step.fee);
        sink.member("is_repeat", step.is_repeat);
        sink.member("anniversary", step.anniversary);
        sink.member("valid_through", step.valid_through);
        sink.member("expires_on", step.expires_on);
    });
}

}  // namespace

void encode(Sink& sink, const Plan& plan) {
    sink.object([&] {
        sink.member("fees", plan.fees);
        sink.member("lapsed_days", plan.lapsed_days);
        sink.member("repeats", plan.repeats);
        sink.member("held_days", plan.held_until - plan.held_from);
        sink.member("held_from", plan.held_from);
        sink.member("held_until", plan.held_until);
        sink.array("steps", [&] {
            for (const PlanStep& step : plan.steps) encode(sink, step);
        });
        sink.array("readings", [&] {
            for (std::size_t i = 0; i < count_of<Interpretation>; ++i) {
                const auto interpretation = static_cast<Interpretation>(i);
                if (plan.readings.contains(interpretation)) sink.value(interpretation);
            }
        });
    });
}

void encode(Sink& sink, const Impossible& impossible) {
    sink.object([&] {
        sink.member("anniversary", impossible.anniversary);
        sink.array("constraints", [&] {
            for (const std::string& pointer : impossible.constraints) sink.value(pointer);
        });
    });
}

void encode(Sink& sink, const Plans& plans, const Partner& partner, Interval span, Currency currency) {
    sink.object([&] {
        sink.object("partner", [&] {
            sink.member("id", partner.record().id);
            sink.member("name", partner.record().name);
        });
        sink.member("as_of", span.from);
        sink.member("through", span.through);
        sink.member("currency", currency);
        sink.array("front", [&] {
            for (const Plan& plan : plans.front) encode(sink, plan);
        });
        sink.key("recommended");
        plans.recommended ? encode(sink, *plans.recommended) : sink.null();
        sink.key("without_repeats");
        plans.without_repeats ? encode(sink, *plans.without_repeats) : sink.null();
        sink.member("saved_by_repeats", saved_by_repeats(plans));
        sink.key("impossible");
        plans.impossible ? encode(sink, *plans.impossible) : sink.null();
        sink.array("facts_needed", [&] {
            if (!partner.view().events) sink.value(std::string("/events"));
        });
    });
}

}  // namespace designation::json
