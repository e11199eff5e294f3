#include <algorithm>
#include <array>
#include <utility>

#include "designation/availability.hpp"
#include "explain/explainer.hpp"
#include "explain/facts_used.hpp"

namespace designation {

// SSD-P
Explanation Explainer::eligibility() const {
    Explanation made = node(Rule::p, assessment_.eligibility.verdict, "/eligibility/verdict");
    made.children.reserve(3);
    made.children.push_back(csp_authorization());
    made.children.push_back(support_contract());
    made.children.push_back(solutions_partner());
    return made;
}

namespace {

template <class Fact, class Accepts>
void look(Explanation& made, FactList list, const ListView<Fact>& records, Day on, Accepts accepts,
          const std::string& kinds) {
    made.facts = facts_used(list, records, on, accepts);
    if (made.verdict == Verdict::met) return;
    const auto begins = next_beginning(records, on, accepts);
    made.shortfall = {made.facts.empty() ? "none" : in_words(made.facts), kinds + " in force on " + to_string(on),
                      records ? std::optional(begins.value_or(on)) : std::nullopt};
}

}  // namespace

// SSD-P1
Explanation Explainer::csp_authorization() const {
    Explanation made =
        node(Rule::p1, assessment_.eligibility.csp_authorization, "/eligibility/prerequisites/csp_authorization");
    const auto& types = rules_.eligible_authorizations;
    look(
        made, FactList::csp_authorizations, partner_.csp_authorizations, assessment_.as_of,
        [&](const Authorization& each) { return types.contains(each.type); },
        any_of_words<AuthorizationType>([&](AuthorizationType type) { return types.contains(type); }));
    return made;
}

// SSD-P2
Explanation Explainer::support_contract() const {
    Explanation made =
        node(Rule::p2, assessment_.eligibility.support_contract, "/eligibility/prerequisites/support_contract");
    const auto accepted = [&](ContractType type) { return rules_.contracts[type].accepted; };
    look(
        made, FactList::support_contracts, partner_.support_contracts, assessment_.as_of,
        [&](const SupportContract& each) { return accepted(each.type); }, any_of_words<ContractType>(accepted));
    if (!partner_.support_contracts || made.verdict == Verdict::met) return made;
    // What is not met is then the availability of what a contract counts as, the nearest to being there.
    std::optional<Offer> nearest;
    for (const SupportContract& contract : *partner_.support_contracts) {
        const auto& offer = rules_.contracts[contract.type].subject_to;
        if (!contract.period.contains(assessment_.as_of) || !accepted(contract.type) || !offer) continue;
        const auto there = [&](Offer which) { return designation::available(which, assessment_.as_of, rules_); };
        if (!nearest || there(*offer) > there(*nearest)) nearest = offer;
    }
    if (nearest) made.children.push_back(available(*nearest));
    return made;
}

// SSD-P3
Explanation Explainer::solutions_partner() const {
    Explanation made =
        node(Rule::p3, assessment_.eligibility.solutions_partner, "/eligibility/prerequisites/solutions_partner");
    const auto& areas = rules_.accepted_areas;
    look(
        made, FactList::solutions_partner_designations, partner_.solutions_partner_designations, assessment_.as_of,
        [&](const SolutionsPartnerDesignation& each) { return areas.contains(each.area); },
        any_of_words<SolutionArea>([&](SolutionArea area) { return areas.contains(area); }));
    return made;
}

// SSD-E1 to SSD-E3
Explanation Explainer::evaluation(Evaluation which) const {
    const Verdict verdict = assessment_.evaluations[which].verdict;
    Explanation made = node(rule_of(which), verdict, "/evaluations/" + std::string(to_string(which)) + "/verdict");
    made.facts = pass(which);
    if (verdict == Verdict::met) return made;
    made.shortfall = {pass_seen(which), "a pass in force on " + to_string(assessment_.as_of), today()};
    return made;
}

/// The pass that counts, or else the last time that it was evaluated.
std::vector<FactUsed> Explainer::pass(Evaluation which) const {
    if (!history_) return unless_given(partner_.events);
    const Attainments* const counting = history_->passes.counting(which, rules_);
    const auto events = *partner_.events;
    const auto last = std::ranges::find_if(events.rbegin(), events.rend(), [&](const Event& each) {
        if (each.on > assessment_.as_of || evaluation_of(each.type) != which) return false;
        return !counting || (each.on == *counting->passed_on && each.outcome == Outcome::pass);
    });
    if (last == events.rend()) return {};
    return {{pointer_to(FactList::events, last->position), *last}};
}

std::string Explainer::pass_seen(Evaluation which) const {
    const std::vector<FactUsed> facts = pass(which);
    if (facts.empty()) return "no pass";
    const Attainments* const counting = history_ ? history_->passes.counting(which, rules_) : nullptr;
    return in_words(facts) + (counting ? ", in force through " + to_string(counting->valid_through) : "");
}

// SSD-A
Explanation Explainer::available(Offer offer) const {
    const Verdict verdict = designation::available(offer, assessment_.as_of, rules_);
    const Availability& dates = rules_.availability[offer];
    const OfferText& text = rules_.rulebook->offers[offer];
    Explanation made = node(Rule::a, verdict);
    made.title += " (" + std::string(to_string(offer)) + ')';
    made.citations = cited(text.citations);
    if (verdict == Verdict::met) return made;
    std::string seen = '"' + text.words + '"';
    if (verdict == Verdict::unknown) {
        // A policy that names the bundle's day speaks for what comes with it.
        const bool is_bundled = rules_.bundled_with[offer] && !rules_.policy.availability[offer];
        const Offer named = is_bundled ? *rules_.bundled_with[offer] : offer;
        made.facts.push_back({"/availability/" + std::string(to_string(named)) + "/available_from", NotGiven{}});
        seen += ", no day known";
    }
    made.shortfall = {std::move(seen), "there on " + to_string(assessment_.as_of), {}};
    if (verdict == Verdict::unmet) {
        made.shortfall->possible_from = dates.available_from ? dates.available_from : dates.not_before;
    }
    return made;
}

Explanation Explainer::availabilities() const {
    Explanation made = node(Rule::a, std::nullopt);
    for (std::size_t i = 0; i < count_of<Offer>; ++i) {
        made.children.push_back(available(static_cast<Offer>(i)));
        made.children.back().counts = false;
    }
    return made;
}

// SSD-B1 to SSD-B5
Explanation Explainer::benefit(Benefit which) const {
    const Rule rule = rule_of(which);
    const BenefitParameters& needs = rules_.benefits[which];
    Explanation made = node(rule, assessment_.benefits[which], "/benefits/" + std::string(to_string(which)));
    made.children.push_back(in_force());
    if (needs.availability) made.children.push_back(available(*needs.availability));
    if (needs.contract) made.children.push_back(contract_in_force(rule, *needs.contract));
    if (needs.before_next_renewal) made.children.push_back(next_renewal_ahead(rule, *needs.contract));
    if (needs.limited_places) {
        made.children.push_back(node(rule, Verdict::unknown));
        made.children.back().shortfall = {"places are limited", "a place", {}};
    }
    return made;
}

Explanation Explainer::contract_in_force(Rule rule, ContractType type) const {
    Explanation made =
        node(rule, designation::contract_in_force(partner_, kinds_in_force(partner_, assessment_.as_of), type));
    look(
        made, FactList::support_contracts, partner_.support_contracts, assessment_.as_of,
        [type](const SupportContract& each) { return each.type == type; }, std::string(to_string(type)));
    return made;
}

Explanation Explainer::next_renewal_ahead(Rule rule, ContractType type) const {
    const TermState* const term = history_ ? &history_->term : nullptr;
    Explanation made = node(rule, designation::next_renewal_is_ahead(partner_, type, term, assessment_.as_of));
    if (!partner_.support_contracts) {
        made.facts.push_back({pointer_to(FactList::support_contracts), NotGiven{}});
    } else {
        const SupportContract* last = nullptr;
        for (const SupportContract& contract : *partner_.support_contracts) {
            if (contract.type != type || contract.period.from > assessment_.as_of) continue;
            if (!last || contract.period.from > last->period.from) last = &contract;
        }
        if (last) {
            const auto index = static_cast<std::size_t>(last - partner_.support_contracts->data());
            made.facts.push_back({pointer_to(FactList::support_contracts, index), *last});
        }
        if (!history_) made.facts.push_back({pointer_to(FactList::events), NotGiven{}});
    }
    if (made.verdict == Verdict::met) return made;
    made.shortfall = {in_words(made.facts), "the next renewal of " + std::string(to_string(type)) + " still ahead", {}};
    return made;
}

}  // namespace designation
