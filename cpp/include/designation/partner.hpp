#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "designation/facts.hpp"
#include "designation/fields.hpp"

namespace DESIGNATION_API designation {

template <>
inline constexpr auto fields<Money> = std::tuple{
    Field<&Money::amount>{"amount", true,
                          "The amount in units of the currency, at least 0, with at most four decimal places."},
    Field<&Money::currency>{"currency", true, "A currency code: three capital letters (ISO 4217)."}};

/// A score as the auditor gave it: `score` of `out_of`.
struct DimensionScore {
    double score = 0;
    double out_of = 0;
    friend bool operator==(const DimensionScore&, const DimensionScore&) = default;
};

template <>
inline constexpr auto fields<DimensionScore> =
    std::tuple{Field<&DimensionScore::score>{"score", true, "The score reached, from 0 to `out_of`."},
               Field<&DimensionScore::out_of>{"out_of", true, "The highest possible score, greater than 0."}};

/// The three dimensions of the capability evaluation.
struct Dimensions {
    DimensionScore support_function;
    DimensionScore support_staff_skills;
    DimensionScore support_performance_metrics;
    friend bool operator==(const Dimensions&, const Dimensions&) = default;
};

template <>
inline constexpr auto fields<Dimensions> = std::tuple{
    Field<&Dimensions::support_function>{"support_function", true, "How the support organization works."},
    Field<&Dimensions::support_staff_skills>{"support_staff_skills", true, "How skilled the support staff is."},
    Field<&Dimensions::support_performance_metrics>{"support_performance_metrics", true,
                                                    "How support performance is measured."}};

/// A fact with its notes.
template <class Fact>
struct Recorded : Fact {
    std::string notes;
    friend bool operator==(const Recorded&, const Recorded&) = default;
};

using AuthorizationRecord = Recorded<Authorization>;
using SupportContractRecord = Recorded<SupportContract>;
using SolutionsPartnerDesignationRecord = Recorded<SolutionsPartnerDesignation>;

template <class Record>
inline constexpr Field<&Record::period, &Interval::from> from_field{"from", true, "The first day in force."};
template <class Record>
inline constexpr Field<&Record::period, &Interval::through> through_field{
    "through", false, "The last day, included; not before `from`. Absent or null if no end is known."};
template <class Record>
inline constexpr Field<&Record::notes> notes_field{"notes", false, "Free text. No rule reads it."};

template <>
inline constexpr auto fields<AuthorizationRecord> = std::tuple{
    Field<&AuthorizationRecord::type>{"type", true,
                                      "The authorization type. A former name is read as the present one. Indirect "
                                      "resellers are not eligible."},
    from_field<AuthorizationRecord>, through_field<AuthorizationRecord>, notes_field<AuthorizationRecord>};

template <>
inline constexpr auto fields<SupportContractRecord> = std::tuple{
    Field<&SupportContractRecord::type>{"type", true, "The contract type."}, from_field<SupportContractRecord>,
    through_field<SupportContractRecord>,
    Field<&SupportContractRecord::annual_value>{
        "annual_value", false, "The contract's cost per year. The early adoption discount is a percentage of it."},
    notes_field<SupportContractRecord>};

template <>
inline constexpr auto fields<SolutionsPartnerDesignationRecord> =
    std::tuple{Field<&SolutionsPartnerDesignationRecord::area>{"area", true, "The solution area."},
               from_field<SolutionsPartnerDesignationRecord>, through_field<SolutionsPartnerDesignationRecord>,
               notes_field<SolutionsPartnerDesignationRecord>};

/// An event with the members that no rule reads.
struct EventRecord : Recorded<Event> {
    std::optional<Dimensions> dimensions;  ///< of a capability evaluation
    std::optional<std::int64_t> cases;     ///< of a case volume validation
    std::optional<double> rate;            ///< of a case rate determination
    std::optional<double> score;           ///< of a CSAT evaluation, 1 to 5
    friend bool operator==(const EventRecord&, const EventRecord&) = default;
};

template <>
inline constexpr auto fields<EventRecord> = std::tuple{
    Field<&EventRecord::on>{"on", true, "The date of the event."},
    Field<&EventRecord::type>{"type", true,
                              "What happened. The partner registers interest; Microsoft decides eligibility, the case "
                              "rate, the award, and the renewal; ISSI decides the rest."},
    Field<&EventRecord::outcome>{"outcome", false,
                                 "`eligible` or `ineligible` for an eligibility decision, `pass` or `fail` for an "
                                 "evaluation. No other event has an outcome."},
    Field<&EventRecord::dimensions>{
        "dimensions", false, "The auditor's scores in a capability evaluation. If one is given, all three must be."},
    Field<&EventRecord::cases>{"cases", false, "The number of support cases in a case volume validation."},
    Field<&EventRecord::rate>{"rate", false,
                              "The determined case rate: cases escalated to Microsoft per unit of CSP business."},
    Field<&EventRecord::score>{"score", false, "The CSAT score, from 1 to 5."},
    notes_field<EventRecord>};

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

template <>
inline constexpr auto fields<PartnerRecord> = std::tuple{
    Field<&PartnerRecord::id>{"id", true, "The partner's identifier, repeated in every result."},
    Field<&PartnerRecord::name>{"name", false, "The partner's display name."},
    Field<&PartnerRecord::csp_authorizations>{"csp_authorizations", false,
                                              "Authorizations in the Cloud Solution Provider program (SSD-P1)."},
    Field<&PartnerRecord::support_contracts>{"support_contracts", false,
                                             "The partner's own support contracts with Microsoft (SSD-P2)."},
    Field<&PartnerRecord::solutions_partner_designations>{"solutions_partner_designations", false,
                                                          "Solutions Partner designations held (SSD-P3)."},
    Field<&PartnerRecord::events>{"events", false,
                                  "What happened before and after the partner attained the designation, in any order."},
    notes_field<PartnerRecord>};

/// A valid partner: the document, and its facts in the order in which the rules apply them.
class Partner {
 public:
    /// Throws InputError as `view` does, and if the id is empty.
    explicit Partner(PartnerRecord record);

    const PartnerRecord& record() const noexcept { return record_; }
    PartnerView view() const noexcept;
    operator PartnerView() const noexcept { return view(); }
    friend bool operator==(const Partner& a, const Partner& b) { return a.record_ == b.record_; }

 private:
    PartnerRecord record_;
    Facts facts_;
    std::shared_ptr<const RecordIndex> record_index_;  ///< null for a partner with few records
};

}  // namespace designation
