#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "designation/explanation.hpp"

namespace designation {

/// Builds the trees of one assessment.
class Explainer {
 public:
    Explainer(const Assessment& assessment, const PartnerView& partner, const Rules& rules);

    Explanation of(Rule rule) const;
    Explanation of(const Finding& finding) const;

 private:
    Explanation node(Rule rule, std::optional<Verdict> verdict, std::string path = {}) const;
    std::vector<CitedSource> cited(const std::vector<Citation>& citations) const;
    std::optional<Cure> cure(Rule rule) const;

    Explanation in_force() const;
    Explanation status() const;
    Explanation attainment(bool with_steps) const;
    Explanation validity() const;
    Explanation window() const;
    Explanation term_renewal() const;
    Explanation prerequisites_each_cycle() const;

    Explanation eligibility() const;
    Explanation csp_authorization() const;
    Explanation support_contract() const;
    Explanation solutions_partner() const;

    Explanation evaluation(Evaluation evaluation) const;
    Explanation renewal() const;
    Explanation renewal_prerequisites() const;
    Explanation renewal_evaluation(Evaluation evaluation) const;

    Explanation next_step() const;
    Explanation attempt() const;
    Explanation decision() const;
    std::vector<Explanation> steps(bool with_award) const;

    Explanation available(Offer offer) const;
    Explanation availabilities() const;
    Explanation benefit(Benefit benefit) const;
    Explanation contract_in_force(Rule rule, ContractType type) const;
    Explanation next_renewal_ahead(Rule rule, ContractType type) const;

    Explanation outstanding() const;
    Explanation due() const;
    Explanation incurred() const;

    bool held() const noexcept { return is_held(assessment_.term.status); }
    bool suspends() const noexcept { return rules_.readings.prerequisite_lapse == PrerequisiteLapse::suspend; }
    /// From today on it is possible; nothing where the events are unknown.
    std::optional<Day> today() const noexcept;
    const TermRecord* record() const noexcept;
    std::vector<FactUsed> pass(Evaluation evaluation) const;
    std::string pass_seen(Evaluation evaluation) const;
    /// The events of a type on a day, and of these the one that counts for an award, a renewal or an attempt.
    std::vector<FactUsed> of_day(EventType type, Day on) const;
    std::vector<FactUsed> first_of_day(EventType type, Day on) const;
    std::vector<FactUsed> unless_given(const ListView<Event>& events) const;

    const Assessment& assessment_;
    const PartnerView& partner_;
    const Rules& rules_;
    std::optional<History> history_;
    std::vector<Action> actions_;
};

}  // namespace designation
