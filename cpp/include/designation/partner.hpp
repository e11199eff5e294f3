#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "designation/facts.hpp"

namespace DESIGNATION_API designation {

/// A score as the auditor gave it: `score` of `out_of`.
struct DimensionScore {
    double score = 0;
    double out_of = 0;
    friend bool operator==(const DimensionScore&, const DimensionScore&) = default;
};

/// The three dimensions of the capability evaluation.
struct Dimensions {
    DimensionScore support_function;
    DimensionScore support_staff_skills;
    DimensionScore support_performance_metrics;
    friend bool operator==(const Dimensions&, const Dimensions&) = default;
};

/// A fact with its notes.
template <class Fact>
struct Recorded : Fact {
    std::string notes;
    friend bool operator==(const Recorded&, const Recorded&) = default;
};

using AuthorizationRecord = Recorded<Authorization>;
using SupportContractRecord = Recorded<SupportContract>;
using SolutionsPartnerDesignationRecord = Recorded<SolutionsPartnerDesignation>;

/// An event with the members that no rule reads.
struct EventRecord : Recorded<Event> {
    std::optional<Dimensions> dimensions;  ///< of a capability evaluation
    std::optional<std::int64_t> cases;     ///< of a case volume validation
    std::optional<double> rate;            ///< of a case rate determination
    std::optional<double> score;           ///< of a CSAT evaluation, 1 to 5
    friend bool operator==(const EventRecord&, const EventRecord&) = default;
};

/// A partner's document. An absent list is unknown; an empty one is known to be none.
struct PartnerRecord {
    std::string id;
    std::optional<std::string> name;
    std::optional<std::vector<AuthorizationRecord>> csp_authorizations;
    std::optional<std::vector<SupportContractRecord>> support_contracts;
    std::optional<std::vector<SolutionsPartnerDesignationRecord>> solutions_partner_designations;
    std::optional<std::vector<EventRecord>> events;  ///< in the document's order
    std::string notes;
    friend bool operator==(const PartnerRecord&, const PartnerRecord&) = default;
};

/// A valid partner: the document, and its facts in the order in which the rules apply them.
class Partner {
 public:
    /// Throws InputError as `view` does, and if the id is empty.
    explicit Partner(PartnerRecord record);

    const PartnerRecord& record() const noexcept { return record_; }
    PartnerView view() const noexcept { return view_of_sorted(facts_); }
    operator PartnerView() const noexcept { return view(); }
    friend bool operator==(const Partner& a, const Partner& b) { return a.record_ == b.record_; }

 private:
    PartnerRecord record_;
    Facts facts_;
};

}  // namespace designation
