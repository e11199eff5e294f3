#include "json/sink.hpp"

namespace designation::json {

namespace {

template <class Enum, class Content, class Encode>
void encode_values(const PerValue<Enum, Content>& contents, Encode encode_content) {
    for (std::size_t i = 0; i < count_of<Enum>; ++i) encode_content(enum_names<Enum>[i], contents.values[i]);
}

void encode_planning(Sink& sink, const Planning& planning) {
    const auto encode_days = [&](std::string_view key, const PerValue<Evaluation, std::optional<int>>& values) {
        sink.object(key, [&] {
            encode_values(values,
                          [&](std::string_view name, const std::optional<int>& days) { sink.member_if(name, days); });
        });
    };
    encode_days("lead_days", planning.lead_days);
    encode_days("retry_days", planning.retry_days);
    sink.array("blocked", [&] {
        for (const Interval& period : planning.blocked) {
            sink.object([&] {
                sink.member("from", period.from);
                sink.member("through", period.through);
            });
        }
    });
    sink.array("budgets", [&] {
        for (const FiscalYearBudget& budget : planning.budgets) {
            sink.object([&] {
                sink.member("fiscal_year", budget.fiscal_year);
                sink.member("at_most", budget.at_most);
            });
        }
    });
}

void encode_thresholds(Sink& sink, const Thresholds& thresholds) {
    if (thresholds.case_rate) {
        sink.object("case_rate", [&] {
            sink.member("at_most", thresholds.case_rate->at_most);
            sink.member("per", thresholds.case_rate->per);
            sink.member("unit", thresholds.case_rate->unit);
        });
    }
    if (thresholds.csat_at_least) {
        sink.object("csat", [&] { sink.member("at_least", *thresholds.csat_at_least); });
    }
}

}  // namespace

void encode(Sink& sink, const Policy& policy) {
    sink.object([&] {
        sink.key("format");
        sink.literal("designation/policy@1");
        sink.member_if("edition", policy.edition);
        sink.object("interpretations", [&] {
            for_each_interpretation([&](Interpretation interpretation,
                                        const auto& choice) { sink.member_if(to_string(interpretation), choice); },
                                    policy.interpretations);
        });
        sink.object("availability", [&] {
            encode_values(policy.availability,
                          [&](std::string_view name, const std::optional<AvailabilityOverride>& given) {
                              if (!given) return;
                              sink.object(name, [&] {
                                  sink.member_if("not_before", given->not_before);
                                  sink.member_if("announced_by", given->announced_by);
                                  sink.member_if("available_from", given->available_from);
                              });
                          });
        });
        sink.object("fees", [&] {
            encode_values(policy.fees, [&](std::string_view name, const FeeSchedule& schedule) {
                if (schedule.empty()) return;
                sink.array(name, [&] {
                    for (const FeeFrom& fee : schedule) {
                        sink.object([&] {
                            sink.member("from", fee.from);
                            sink.member("amount", fee.amount);
                        });
                    }
                });
            });
        });
        sink.object("planning", [&] { encode_planning(sink, policy.planning); });
        sink.object("thresholds", [&] { encode_thresholds(sink, policy.thresholds); });
        if (!policy.notes.empty()) sink.member("notes", policy.notes);
    });
}

}  // namespace designation::json
