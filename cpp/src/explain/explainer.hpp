#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "designation/explanation.hpp"

namespace designation {

/// Builds the explanations of one assessment.
class Explainer {
 public:
    Explainer(const Assessment& assessment, const PartnerView& partner, const Rules& rules);

    Explanation explain(Rule rule) const;
    Explanation explain(const Finding& finding) const;

 private:
    /// Return the explanations of the results that raise a finding on the day of the assessment.
    std::vector<Explanation> explain_cause(FindingCode code) const;
    Explanation new_node(Rule rule, std::optional<Verdict> verdict, std::string path = {}) const;
    std::vector<CitedSource> cited_sources(const std::vector<Citation>& citations) const;
    std::optional<RemedyAction> find_remedy(Rule rule) const;

    Explanation explain_in_force() const;
    Explanation explain_status() const;
    Explanation explain_attainment(bool with_steps) const;
    Explanation explain_validity() const;
    Explanation explain_window() const;
    Explanation explain_term_renewal() const;
    Explanation explain_prerequisites_each_cycle() const;

    Explanation explain_eligibility() const;
    Explanation explain_csp_authorization() const;
    Explanation explain_support_contract() const;
    Explanation explain_solutions_partner() const;

    Explanation explain_evaluation(Evaluation evaluation) const;
    Explanation explain_renewal() const;
    Explanation explain_renewal_prerequisites() const;
    Explanation explain_renewal_evaluation(Evaluation evaluation) const;

    Explanation explain_next_step() const;
    Explanation explain_attempt() const;
    Explanation explain_eligibility_decision() const;
    std::vector<Explanation> explain_steps(bool with_award) const;

    Explanation explain_availability(Offer offer) const;
    Explanation explain_availabilities() const;
    Explanation explain_benefit(Benefit benefit) const;
    Explanation explain_contract_in_force(Rule rule, ContractType type) const;
    Explanation explain_next_contract_renewal(Rule rule, ContractType type) const;

    Explanation explain_outstanding_fees() const;
    Explanation explain_due_fees() const;
    Explanation explain_incurred_fees() const;

    bool is_held() const noexcept { return designation::is_held(assessment_.term.status); }
    bool lapse_suspends() const noexcept { return rules_.readings.prerequisite_lapse == PrerequisiteLapse::suspend; }
    /// Return the day of the assessment, on which a rule can be met at the earliest; nullopt if the events are unknown.
    std::optional<Day> first_possible_day() const noexcept;
    /// Return the record of the term; null if there is none or the events are unknown.
    const TermRecord* term_record() const noexcept;
    /// Return the event of the pass that counts; without one, the latest event of the evaluation.
    std::vector<FactUsed> evaluation_facts(Evaluation evaluation) const;
    std::string describe_pass(Evaluation evaluation) const;
    std::vector<FactUsed> events_on(EventType type, Day on) const;
    /// Return the first event of a type on a day. That one counts if it is an award, a renewal or a registration.
    std::vector<FactUsed> first_event_on(EventType type, Day on) const;
    /// Return the list of events as a fact that is not given; nothing if it is given.
    std::vector<FactUsed> missing_events() const;

    const Assessment& assessment_;
    const PartnerView& partner_;
    const Rules& rules_;
    std::optional<History> history_;
    std::vector<Action> actions_;
};

}  // namespace designation
