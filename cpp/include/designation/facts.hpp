#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "designation/date.hpp"
#include "designation/money.hpp"

namespace DESIGNATION_API designation {

/// The lists of a partner's document.
enum class FactList : std::uint8_t { csp_authorizations, support_contracts, solutions_partner_designations, events };
template <>
inline constexpr std::array<std::string_view, 4> enum_names<FactList>{"csp_authorizations", "support_contracts",
                                                                      "solutions_partner_designations", "events"};

enum class AuthorizationType : std::uint8_t { direct_bill, distributor, indirect_reseller };
template <>
inline constexpr std::array<std::string_view, 3> enum_names<AuthorizationType>{"direct_bill", "distributor",
                                                                               "indirect_reseller"};

/// `asfp`: Advanced Support for Partners; `psfp`: Premier Support for Partners; `ufp`: Unified for Partners.
enum class ContractType : std::uint8_t { asfp, psfp, ufp };
template <>
inline constexpr std::array<std::string_view, 3> enum_names<ContractType>{"asfp", "psfp", "ufp"};

enum class SolutionArea : std::uint8_t {
    modern_work,
    business_applications,
    security,
    azure_data_ai,
    azure_digital_app_innovation,
    azure_infrastructure
};
template <>
inline constexpr std::array<std::string_view, 6> enum_names<SolutionArea>{
    "modern_work",   "business_applications",        "security",
    "azure_data_ai", "azure_digital_app_innovation", "azure_infrastructure"};

/// The values are in the order in which events of one date are applied.
enum class EventType : std::uint8_t {
    interest_registered,
    eligibility_decided,
    capability_evaluated,
    case_volume_validated,
    case_rate_determined,
    csat_evaluated,
    badge_awarded,
    renewal_approved
};
template <>
inline constexpr std::array<std::string_view, 8> enum_names<EventType>{
    "interest_registered",  "eligibility_decided", "capability_evaluated", "case_volume_validated",
    "case_rate_determined", "csat_evaluated",      "badge_awarded",        "renewal_approved"};

/// `none` for the event types that have no outcome.
enum class Outcome : std::uint8_t { none, eligible, ineligible, pass, fail };
template <>
inline constexpr std::array<std::string_view, 5> enum_names<Outcome>{"none", "eligible", "ineligible", "pass", "fail"};

struct Authorization {
    AuthorizationType type{};
    Interval period;
    friend constexpr bool operator==(const Authorization&, const Authorization&) = default;
};

struct SupportContract {
    ContractType type{};
    Interval period;
    std::optional<Money> annual_value;
    friend constexpr bool operator==(const SupportContract&, const SupportContract&) = default;
};

struct SolutionsPartnerDesignation {
    SolutionArea area{};
    Interval period;
    friend constexpr bool operator==(const SolutionsPartnerDesignation&, const SolutionsPartnerDesignation&) = default;
};

struct Event {
    Day on;
    EventType type{};
    Outcome outcome = Outcome::none;
    std::uint32_t position = 0;  ///< its index in the document's list; not compared
    friend constexpr bool operator==(const Event& a, const Event& b) noexcept {
        return std::tie(a.on, a.type, a.outcome) == std::tie(b.on, b.type, b.outcome);
    }
};

/// A list that may be unknown: no value means *unknown*, an empty list means *known to be none*.
template <class Fact>
using ListView = std::optional<std::span<const Fact>>;

/// The kinds of records in force on a date. An unknown list has none.
struct KindsInForce {
    SetOf<AuthorizationType> authorizations;
    SetOf<ContractType> contracts;
    SetOf<SolutionArea> areas;
};

class RecordIndex;

/// The facts that the rules read, as spans over memory that others own. Events are in the order of `sort_events`.
struct PartnerView {
    ListView<Authorization> csp_authorizations;
    ListView<SupportContract> support_contracts;
    ListView<SolutionsPartnerDesignation> solutions_partner_designations;
    ListView<Event> events;
    const RecordIndex* record_index = nullptr;  ///< of the records, if they are many
};

/// The facts of a `PartnerView`, with their memory.
struct Facts {
    std::optional<std::vector<Authorization>> csp_authorizations;
    std::optional<std::vector<SupportContract>> support_contracts;
    std::optional<std::vector<SolutionsPartnerDesignation>> solutions_partner_designations;
    std::optional<std::vector<Event>> events;
};

/// Sort events by date, then by `EventType`; events that are equal in both keep their order.
void sort_events(std::span<Event> events) noexcept;

/// Validate facts that a program filled in, number and sort the events in place, and return a view of the facts, which
/// must outlive the view. No other thread can use the facts meanwhile; afterwards, threads can share them and the view.
/// Throws InputError with every problem: a date out of range, `through` before `from`, an outcome that its event type
/// does not have.
PartnerView view(Facts& facts);

/// Return a view of facts whose events are already valid and sorted.
PartnerView view_of_sorted(const Facts& facts) noexcept;

}  // namespace designation
