#pragma once

#include <cstdint>
#include <optional>

#include "designation/facts.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

struct Rules;

/// The three audits: SSD-E1, SSD-E2, SSD-E3.
enum class Evaluation : std::uint8_t { capability, performance, csat };
template <>
inline constexpr std::array<std::string_view, 3> enum_names<Evaluation>{"capability", "performance", "csat"};
inline constexpr std::array all_evaluations{Evaluation::capability, Evaluation::performance, Evaluation::csat};

/// Return the evaluation that an event decides, or nothing for the other event types.
constexpr std::optional<Evaluation> evaluation_of(EventType type) noexcept {
    switch (type) {
        case EventType::capability_evaluated: return Evaluation::capability;
        case EventType::case_rate_determined: return Evaluation::performance;
        case EventType::csat_evaluated: return Evaluation::csat;
        default: return std::nullopt;
    }
}

/// Return the event type that decides an evaluation.
constexpr EventType event_of(Evaluation evaluation) noexcept {
    constexpr PerValue<Evaluation, EventType> events{
        {EventType::capability_evaluated, EventType::case_rate_determined, EventType::csat_evaluated}};
    return events[evaluation];
}

/// The last pass of an evaluation, and whether a fail followed it.
struct PassRecord {
    std::optional<Day> passed_on;
    Day valid_through;  ///< the last date on which that pass is in force
    bool failed_since = false;

    bool in_force(Day on) const noexcept { return passed_on && Interval{*passed_on, valid_through}.contains(on); }
};

/// The last pass of each evaluation.
struct Passes {
    PerValue<Evaluation, PassRecord> by_evaluation;

    void record(const Event& event, const Rules& rules) noexcept;

    /// SSD-E: return the pass that counts (interpretation `failed_reevaluation`), or null if none counts.
    const PassRecord* counting(Evaluation evaluation, const Rules& rules) const noexcept;

    /// SSD-E: tell whether the pass that counts is in force on a date.
    bool in_force(Evaluation evaluation, Day on, const Rules& rules) const noexcept;
};

/// SSD-E: return the last date on which a pass is in force.
Day valid_through(Evaluation evaluation, Day passed_on, const Rules& rules) noexcept;

/// An evaluation as of a date. The dates are those of the pass that counts, even if it has expired.
struct EvaluationResult {
    Verdict verdict = Verdict::unknown;
    std::optional<Day> passed_on;
    std::optional<Day> valid_through;
    friend bool operator==(const EvaluationResult&, const EvaluationResult&) = default;
};

using Evaluations = PerValue<Evaluation, EvaluationResult>;

/// SSD-E1 to SSD-E3 as of a date, from the passes up to that date.
Evaluations evaluate(const Passes& passes, Day as_of, const Rules& rules) noexcept;

}  // namespace designation
