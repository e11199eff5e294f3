#include "designation/editions.hpp"
#include "json/reader.hpp"

namespace designation::json {

namespace {

template <class Visit>
void visit(const Members& members, std::string_view key, Visit visit) {
    if (const Node* node = members[key]) visit(*node);
}

void read(Reader& reader, const Node& node, ReadingChoices& choices) {
    const auto members =
        reader.members(node, {"leap_day", "failed_reevaluation", "renewal_anchor", "late_renewal", "after_anniversary",
                              "prerequisite_lapse", "pass_reference_day", "announcement", "pilot_contract"});
    if (!members) return;
    for_each_interpretation(
        [&]<class Reading>(Interpretation interpretation, std::optional<Reading>& choice) {
            visit(*members, to_string(interpretation),
                  [&](const Node& word) { choice = reader.enumerator<Reading>(word); });
        },
        choices);
}

std::optional<AvailabilityOverride> read_override(Reader& reader, const Node& node) {
    const auto members = reader.members(node, {"not_before", "announced_by", "available_from"});
    if (!members) return std::nullopt;
    AvailabilityOverride given;
    // A null member is a value here: it removes the edition's date.
    const auto read_day = [&](std::string_view key, std::optional<std::optional<Day>>& day) {
        const Node* member = find(node, key);
        if (!member) return;
        day.emplace(member->kind == Kind::null ? std::nullopt : reader.day(*member));
    };
    read_day("not_before", given.not_before);
    read_day("announced_by", given.announced_by);
    read_day("available_from", given.available_from);
    return given;
}

void read(Reader& reader, const Node& node, PerValue<Offer, std::optional<AvailabilityOverride>>& availability) {
    const auto members = reader.members(
        node, {"badge", "marketplace_visibility", "unified_for_partners", "elevated_support", "performance_credits"});
    if (!members) return;
    for (std::size_t i = 0; i < count_of<Offer>; ++i) {
        const auto offer = static_cast<Offer>(i);
        visit(*members, to_string(offer),
              [&](const Node& given) { availability[offer] = read_override(reader, given); });
    }
}

Interval read_period(Reader& reader, const Node& node) {
    Interval period{Day::earliest()};
    const auto members = reader.members(node, {"from", "through"}, {"from", "through"});
    if (!members) return period;
    visit(*members, "from", [&](const Node& day) { period.from = reader.day(day).value_or(period.from); });
    visit(*members, "through", [&](const Node& day) { period.through = reader.day(day).value_or(period.through); });
    if (period.through < period.from) {
        reader.report(node, "through", "order", "through must not be before from (" + to_string(period.from) + ')');
    }
    return period;
}

void read_days(Reader& reader, const Node& node, PerValue<Evaluation, std::optional<int>>& days) {
    const auto each = reader.members(node, {"capability", "performance", "csat"});
    if (!each) return;
    for (const Evaluation evaluation : all_evaluations) {
        visit(*each, to_string(evaluation), [&](const Node& member) {
            if (const auto count = reader.integer(member, 0, 36500)) days[evaluation] = static_cast<int>(*count);
        });
    }
}

void read(Reader& reader, const Node& node, Planning& planning) {
    const auto members = reader.members(node, {"lead_days", "retry_days", "blocked", "budgets"});
    if (!members) return;
    visit(*members, "lead_days", [&](const Node& days) { read_days(reader, days, planning.lead_days); });
    visit(*members, "retry_days", [&](const Node& days) { read_days(reader, days, planning.retry_days); });
    visit(*members, "blocked", [&](const Node& blocked) {
        if (!reader.expect_array(blocked)) return;
        for (const Node* period = blocked.first; period; period = period->next) {
            planning.blocked.push_back(read_period(reader, *period));
        }
    });
    visit(*members, "budgets", [&](const Node& budgets) {
        if (!reader.expect_array(budgets)) return;
        for (const Node* node_of_budget = budgets.first; node_of_budget; node_of_budget = node_of_budget->next) {
            const auto each = reader.members(*node_of_budget, {"fiscal_year", "at_most"}, {"fiscal_year", "at_most"});
            if (!each) continue;
            FiscalYearBudget& budget = planning.budgets.emplace_back();
            visit(*each, "fiscal_year", [&](const Node& year) {
                budget.fiscal_year = static_cast<int>(reader.integer(year, 1900, 2200).value_or(0));
            });
            visit(*each, "at_most", [&](const Node& most) { budget.at_most = reader.amount(most).value_or(Amount{}); });
            for (const FiscalYearBudget& other : std::span(planning.budgets).first(planning.budgets.size() - 1)) {
                if (budget.fiscal_year != 0 && other.fiscal_year == budget.fiscal_year) {
                    reader.report(*node_of_budget, "fiscal_year", "overlap", "this fiscal year already has a budget");
                }
            }
        }
    });
}

void read(Reader& reader, const Node& node, Thresholds& thresholds) {
    const auto members = reader.members(node, {"case_rate", "csat"});
    if (!members) return;
    visit(*members, "case_rate", [&](const Node& case_rate) {
        const auto each = reader.members(case_rate, {"at_most", "per", "unit"}, {"at_most", "per", "unit"});
        if (!each) return;
        CaseRateThreshold& threshold = thresholds.case_rate.emplace();
        visit(*each, "at_most", [&](const Node& most) {
            threshold.at_most = reader.number(most).value_or(0);
            if (threshold.at_most < 0) reader.report(most, "range", "at_most must be 0 or more");
        });
        visit(*each, "per", [&](const Node& per) {
            threshold.per = reader.number(per).value_or(1);
            if (threshold.per <= 0) reader.report(per, "range", "per must be above 0");
        });
        visit(*each, "unit", [&](const Node& unit) { threshold.unit = reader.text(unit).value_or(""); });
    });
    visit(*members, "csat", [&](const Node& csat) {
        const auto each = reader.members(csat, {"at_least"}, {"at_least"});
        if (!each) return;
        visit(*each, "at_least", [&](const Node& least) {
            thresholds.csat_at_least = reader.number(least);
            if (thresholds.csat_at_least && (*thresholds.csat_at_least < 1 || *thresholds.csat_at_least > 5)) {
                reader.report(least, "range", "at_least must be from 1 to 5");
            }
        });
    });
}

void read(Reader& reader, const Node& root, Policy& policy) {
    const auto members = reader.members(root, {"$schema", "format", "edition", "interpretations", "availability",
                                               "fees", "planning", "thresholds", "notes"});
    if (!members) return;
    reader.format((*members)["format"], "designation/policy@1");
    visit(*members, "$schema", [&](const Node& schema) { reader.string(schema); });
    visit(*members, "edition", [&](const Node& edition) { policy.edition = reader.text(edition); });
    visit(*members, "interpretations", [&](const Node& node) { read(reader, node, policy.interpretations); });
    visit(*members, "availability", [&](const Node& node) { read(reader, node, policy.availability); });
    visit(*members, "fees", [&](const Node& node) { read_fees(reader, node, policy.fees); });
    visit(*members, "planning", [&](const Node& node) { read(reader, node, policy.planning); });
    visit(*members, "thresholds", [&](const Node& node) { read(reader, node, policy.thresholds); });
    visit(*members, "notes", [&](const Node& notes) { policy.notes = reader.string(notes).value_or(""); });
}

/// Report what in a policy contradicts a rulebook, or else the edition that it names.
void check_against(Reader& reader, const Node& root, const Policy& policy, const Rulebook* rulebook) {
    std::shared_ptr<const Rulebook> builtin;
    if (!rulebook) {
        const Node* edition = policy.edition ? find(root, "edition") : nullptr;
        if (edition && !reader.index_of(*edition, editions().data(), editions().size())) return;
        builtin = builtin_rulebook(edition ? std::string_view(*policy.edition) : editions().front());
        rulebook = builtin.get();
    }
    for (Diagnostic& problem : validate(policy, *rulebook)) reader.report(std::move(problem));
}

}  // namespace

std::optional<Policy> read_policy(Reader& reader, const Node& root) {
    Policy policy;
    read(reader, root, policy);
    if (!reader.is_valid()) return std::nullopt;
    return policy;
}

std::optional<Policy> read_policy_for(Reader& reader, const Node& root, const Rulebook* rulebook) {
    Policy policy;
    read(reader, root, policy);
    check_against(reader, root, policy, rulebook);
    if (!reader.is_valid()) return std::nullopt;
    return policy;
}

}  // namespace designation::json
