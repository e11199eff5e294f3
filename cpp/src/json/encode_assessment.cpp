#include "designation/facts_after.hpp"
#include "designation/version.hpp"
#include "json/sink.hpp"

namespace designation::json {

namespace {

void encode(Sink& sink, const Renewal& renewal) {
    sink.object([&] {
        sink.member("verdict", renewal.verdict);
        sink.array("missing", [&] {
            for (const Evaluation evaluation : renewal.missing) sink.value(evaluation);
        });
    });
}

void encode_deadline(Sink& sink, const Assessment& assessment, const Rules& rules) {
    const bool is_held = assessment.renewal.has_value();
    const Day anniversary = assessment.term.expires_on.value_or(assessment.as_of);
    sink.member("deadline", is_held ? std::optional(renew_by(anniversary, assessment.as_of, rules)) : std::nullopt);
    sink.member("overdue_since", is_held ? renewal_overdue_since(anniversary, assessment.as_of, rules) : std::nullopt);
}

void encode_facts_after(Sink& sink, const PartnerView& partner, Day as_of) {
    const FactsAfter after = facts_after(partner, as_of);
    sink.object("facts_after", [&] {
        sink.member("count", static_cast<std::int64_t>(after.count));
        sink.key("first");
        if (!after.first) return sink.null();
        sink.object([&] {
            sink.member("on", after.first->on);
            sink.member("pointer", pointer_to(*after.first));
        });
    });
    sink.array("warnings", [&] {
        for (const Diagnostic& warning : warnings(partner, as_of)) {
            sink.object([&] {
                sink.member("code", warning.code);
                sink.member("pointer", warning.pointer);
                sink.member("message", warning.message);
            });
        }
    });
}

}  // namespace

void encode_results(Sink& sink, const Assessment& assessment, const Rules& rules) {
    sink.member("edition", rules.rulebook->edition);
    sink.object("eligibility", [&] {
        sink.member("verdict", assessment.eligibility.verdict);
        sink.object("prerequisites", [&] {
            sink.member("csp_authorization", assessment.eligibility.csp_authorization);
            sink.member("support_contract", assessment.eligibility.support_contract);
            sink.member("solutions_partner", assessment.eligibility.solutions_partner);
        });
    });
    sink.object("evaluations", [&] {
        for (const Evaluation evaluation : all_evaluations) {
            sink.object(to_string(evaluation), [&] {
                sink.member("verdict", assessment.evaluations[evaluation].verdict);
                sink.member("passed_on", assessment.evaluations[evaluation].passed_on);
                sink.member("valid_through", assessment.evaluations[evaluation].valid_through);
            });
        }
    });
    sink.object("term", [&] {
        sink.member("status", assessment.term.status);
        sink.member("in_force", assessment.term.in_force);
        sink.member("attained_on", assessment.term.attained_on);
        sink.member("expires_on", assessment.term.expires_on);
        sink.member("renewal_opens_on", assessment.term.renewal_opens_on);
        sink.member("renewal_closes_on", assessment.term.renewal_closes_on);
        sink.member("at_risk", assessment.term.at_risk);
    });
    sink.key("renewal");
    assessment.renewal ? encode(sink, *assessment.renewal) : sink.null();
    sink.object("journey", [&] {
        sink.member("step", assessment.journey.step);
        sink.array("completed", [&] {
            for (const Step step : assessment.journey.completed) sink.value(step);
        });
        sink.member("waiting_on", assessment.journey.waiting_on);
    });
    sink.object("fees", [&] {
        sink.member("currency", rules.currency);
        sink.member("outstanding", assessment.fees.outstanding);
        sink.member("due", assessment.fees.due);
        sink.member("incurred", assessment.fees.incurred);
    });
    sink.object("benefits", [&] {
        for (std::size_t i = 0; i < count_of<Benefit>; ++i) {
            sink.member(enum_names<Benefit>[i], assessment.benefits.values[i]);
        }
    });
}

void encode(Sink& sink, const Assessment& assessment, const Partner& partner, const Rules& rules) {
    sink.object([&] {
        sink.key("format");
        sink.literal("designation/assessment@1");
        sink.object("partner", [&] {
            sink.member("id", partner.record().id);
            sink.member("name", partner.record().name);
        });
        sink.member("as_of", assessment.as_of);
        encode_results(sink, assessment, rules);
        sink.array("findings", [&] {
            if (assessment.findings.empty()) return;
            for (const Finding& finding : findings(partner, assessment.as_of, rules)) {
                sink.object([&] {
                    sink.member("code", finding.code);
                    sink.member("on", finding.on);
                });
            }
        });
        sink.member("days_left", days_left(assessment));
        encode_deadline(sink, assessment, rules);
        sink.key("actions");
        encode(sink, actions(assessment, partner, rules), *rules.rulebook);
        encode_facts_after(sink, partner, assessment.as_of);
        sink.object("amounts", [&] {
            const bool open = assessment.benefits[Benefit::early_adoption_discount] != Verdict::unmet;
            const auto discount = open ? early_adoption_discount(partner, assessment.as_of, rules) : std::nullopt;
            sink.key("early_adoption_discount");
            if (!discount) return sink.null();
            sink.object([&] {
                sink.member("amount", discount->amount);
                sink.member("currency", discount->currency);
            });
        });
        sink.object("provenance", [&] {
            sink.key("engine");
            sink.literal(version);
            sink.member("rulebook", rules.rulebook->digest);
            sink.member("policy", rules.policy_digest);
        });
    });
}

}  // namespace designation::json
