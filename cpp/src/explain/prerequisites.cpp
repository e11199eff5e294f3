#include <algorithm>
#include <array>
#include <utility>

#include "designation/availability.hpp"
#include "explain/explainer.hpp"
#include "explain/facts_used.hpp"

namespace designation {

// SSD-P
Explanation Explainer::explain_eligibility() const {
    Explanation node = new_node(Rule::p, assessment_.eligibility.verdict, "/eligibility/verdict");
    node.children.reserve(3);
    node.children.push_back(explain_csp_authorization());
    node.children.push_back(explain_support_contract());
    node.children.push_back(explain_solutions_partner());
    return node;
}

namespace {

/// Add the records that the rule found, and its shortfall.
template <class Fact, class Kind>
void add_records(Explanation& node, FactList list, const ListView<Fact>& records, Kind Fact::* kind,
                 SetOf<Kind> accepted, Day on) {
    const auto accepts = [&](const Fact& record) { return accepted.contains(record.*kind); };
    node.facts = facts_used(list, records, on, accepts);
    if (node.verdict == Verdict::met) return;
    const auto next = next_start(records, on, accepts);
    node.shortfall = {node.facts.empty() ? "none" : describe(node.facts),
                      join_names(accepted) + " in force on " + to_string(on),
                      records ? std::optional(next.value_or(on)) : std::nullopt};
}

}  // namespace

// SSD-P1
Explanation Explainer::explain_csp_authorization() const {
    Explanation node =
        new_node(Rule::p1, assessment_.eligibility.csp_authorization, "/eligibility/prerequisites/csp_authorization");
    add_records(node, FactList::csp_authorizations, partner_.csp_authorizations, &Authorization::type,
                rules_.eligible_authorizations, assessment_.as_of);
    return node;
}

// SSD-P2
Explanation Explainer::explain_support_contract() const {
    Explanation node =
        new_node(Rule::p2, assessment_.eligibility.support_contract, "/eligibility/prerequisites/support_contract");
    SetOf<ContractType> accepted;
    for (std::size_t i = 0; i < count_of<ContractType>; ++i) {
        accepted.insert_if(rules_.contracts.values[i].accepted, static_cast<ContractType>(i));
    }
    add_records(node, FactList::support_contracts, partner_.support_contracts, &SupportContract::type, accepted,
                assessment_.as_of);
    if (!partner_.support_contracts || node.verdict == Verdict::met) return node;
    // A contract in force does not count while the offer that it is subject to is not known to be available. Explain
    // the offer that is nearest to being available.
    std::optional<Offer> nearest;
    for (const SupportContract& contract : *partner_.support_contracts) {
        const auto& offer = rules_.contracts[contract.type].subject_to;
        if (!contract.period.contains(assessment_.as_of) || !accepted.contains(contract.type) || !offer) continue;
        const auto availability = [&](Offer each) { return available(each, assessment_.as_of, rules_); };
        if (!nearest || availability(*offer) > availability(*nearest)) nearest = offer;
    }
    if (nearest) node.children.push_back(explain_availability(*nearest));
    return node;
}

// SSD-P3
Explanation Explainer::explain_solutions_partner() const {
    Explanation node =
        new_node(Rule::p3, assessment_.eligibility.solutions_partner, "/eligibility/prerequisites/solutions_partner");
    add_records(node, FactList::solutions_partner_designations, partner_.solutions_partner_designations,
                &SolutionsPartnerDesignation::area, rules_.accepted_areas, assessment_.as_of);
    return node;
}

// SSD-E1 to SSD-E3
Explanation Explainer::explain_evaluation(Evaluation evaluation) const {
    const Verdict verdict = assessment_.evaluations[evaluation].verdict;
    Explanation node =
        new_node(rule_of(evaluation), verdict, "/evaluations/" + std::string(to_string(evaluation)) + "/verdict");
    node.facts = evaluation_facts(evaluation);
    if (verdict == Verdict::met) return node;
    node.shortfall = {describe_pass(evaluation), "a pass in force on " + to_string(assessment_.as_of),
                      first_possible_day()};
    return node;
}

std::vector<FactUsed> Explainer::evaluation_facts(Evaluation evaluation) const {
    if (!history_) return missing_events();
    const PassRecord* const counting = history_->passes.counting(evaluation, rules_);
    const auto events = *partner_.events;
    const auto last = std::ranges::find_if(events.rbegin(), events.rend(), [&](const Event& each) {
        if (each.on > assessment_.as_of || evaluation_of(each.type) != evaluation) return false;
        return !counting || (each.on == *counting->passed_on && each.outcome == Outcome::pass);
    });
    if (last == events.rend()) return {};
    return {{pointer_to(FactList::events, last->position), *last}};
}

std::string Explainer::describe_pass(Evaluation evaluation) const {
    const std::vector<FactUsed> facts = evaluation_facts(evaluation);
    if (facts.empty()) return "no pass";
    const PassRecord* const counting = history_ ? history_->passes.counting(evaluation, rules_) : nullptr;
    return describe(facts) + (counting ? ", in force through " + to_string(counting->valid_through) : "");
}

// SSD-A
Explanation Explainer::explain_availability(Offer offer) const {
    const Verdict verdict = available(offer, assessment_.as_of, rules_);
    const Availability& dates = rules_.availability[offer];
    const OfferText& text = rules_.rulebook->offers[offer];
    Explanation node = new_node(Rule::a, verdict);
    node.title += " (" + std::string(to_string(offer)) + ')';
    node.citations = cited_sources(text.citations);
    if (verdict == Verdict::met) return node;
    std::string found = '"' + text.words + '"';
    if (verdict == Verdict::unknown) {
        // An offer in a bundle becomes available with it, unless the policy overrides the offer's own dates.
        const bool is_bundled = rules_.bundled_with[offer] && !rules_.policy.availability[offer];
        const Offer source = is_bundled ? *rules_.bundled_with[offer] : offer;
        node.facts.push_back({"/availability/" + std::string(to_string(source)) + "/available_from", NotGiven{}});
        found += ", no date known";
    }
    node.shortfall = {std::move(found), "available on " + to_string(assessment_.as_of), {}};
    if (verdict == Verdict::unmet) {
        node.shortfall->possible_from = dates.available_from ? dates.available_from : dates.not_before;
    }
    return node;
}

Explanation Explainer::explain_availabilities() const {
    Explanation node = new_node(Rule::a, std::nullopt);
    for (std::size_t i = 0; i < count_of<Offer>; ++i) {
        node.children.push_back(as_context(explain_availability(static_cast<Offer>(i))));
    }
    return node;
}

// SSD-B1 to SSD-B5
Explanation Explainer::explain_benefit(Benefit benefit) const {
    const Rule rule = rule_of(benefit);
    const BenefitParameters& needs = rules_.benefits[benefit];
    Explanation node = new_node(rule, assessment_.benefits[benefit], "/benefits/" + std::string(to_string(benefit)));
    node.children.push_back(explain_in_force());
    if (needs.availability) node.children.push_back(explain_availability(*needs.availability));
    if (needs.contract) node.children.push_back(explain_contract_in_force(rule, *needs.contract));
    if (needs.before_next_renewal) node.children.push_back(explain_next_contract_renewal(rule, *needs.contract));
    if (needs.limited_places) {
        node.children.push_back(new_node(rule, Verdict::unknown));
        node.children.back().shortfall = {"places are limited", "a place", {}};
    }
    return node;
}

Explanation Explainer::explain_contract_in_force(Rule rule, ContractType type) const {
    Explanation node = new_node(rule, contract_in_force(partner_, kinds_in_force(partner_, assessment_.as_of), type));
    SetOf<ContractType> accepted;
    accepted.insert(type);
    add_records(node, FactList::support_contracts, partner_.support_contracts, &SupportContract::type, accepted,
                assessment_.as_of);
    return node;
}

Explanation Explainer::explain_next_contract_renewal(Rule rule, ContractType type) const {
    const TermState* const term = history_ ? &history_->term : nullptr;
    Explanation node = new_node(rule, next_renewal_is_ahead(partner_, type, term, assessment_.as_of));
    if (!partner_.support_contracts) {
        node.facts.push_back({pointer_to(FactList::support_contracts), NotGiven{}});
    } else {
        const SupportContract* last = nullptr;
        for (const SupportContract& contract : *partner_.support_contracts) {
            if (contract.type != type || contract.period.from > assessment_.as_of) continue;
            if (!last || contract.period.from > last->period.from) last = &contract;
        }
        if (last) {
            const auto index = static_cast<std::size_t>(last - partner_.support_contracts->data());
            node.facts.push_back({pointer_to(FactList::support_contracts, index), *last});
        }
        if (!history_) node.facts.push_back({pointer_to(FactList::events), NotGiven{}});
    }
    if (node.verdict == Verdict::met) return node;
    node.shortfall = {
        describe(node.facts), "no renewal of " + std::string(to_string(type)) + " since the first award", {}};
    return node;
}

}  // namespace designation
