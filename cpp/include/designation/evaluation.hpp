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
inline constexpr std::array<std::string_view, 3> words<Evaluation>{"capability", "performance", "csat"};
inline constexpr std::array all_evaluations{Evaluation::capability, Evaluation::performance, Evaluation::csat};

/// The evaluation that an event passes or fails; nothing for the other event types.
constexpr std::optional<Evaluation> evaluation_of(EventType type) noexcept {
    switch (type) {
        case EventType::capability_evaluated: return Evaluation::capability;
        case EventType::case_rate_determined: return Evaluation::performance;
        case EventType::csat_evaluated: return Evaluation::csat;
        default: return std::nullopt;
    }
}

/// The event that passes or fails an evaluation.
constexpr EventType event_of(Evaluation evaluation) noexcept {
    constexpr PerValue<Evaluation, EventType> events{
        {EventType::capability_evaluated, EventType::case_rate_determined, EventType::csat_evaluated}};
    return events[evaluation];
}

/// The last pass of an evaluation, how long it is in force, and whether a fail came after it.
struct Attainments {
    std::optional<Day> passed_on;
    Day valid_through;  ///< of that pass
    bool failed_since = false;

    bool in_force(Day on) const noexcept { return passed_on && Interval{*passed_on, valid_through}.contains(on); }
};

/// The passes on record for each evaluation.
struct Passes {
    PerValue<Evaluation, Attainments> of;

    void take(const Event& event, const Rules& rules) noexcept;

    /// SSD-E: the pass that counts (interpretation `failed_reevaluation`); null where none does.
    const Attainments* counting(Evaluation evaluation, const Rules& rules) const noexcept;

    /// SSD-E: whether the counting pass is in force on a day.
    bool in_force(Evaluation evaluation, Day on, const Rules& rules) const noexcept;
};

/// SSD-E: the last day on which a pass is in force.
Day valid_through(Evaluation evaluation, Day passed_on, const Rules& rules) noexcept;

/// An evaluation as of a day. The days are those of the counting pass, also when it has run out.
struct EvaluationResult {
    Verdict verdict = Verdict::unknown;
    std::optional<Day> passed_on;
    std::optional<Day> valid_through;
    friend bool operator==(const EvaluationResult&, const EvaluationResult&) = default;
};

using Evaluations = PerValue<Evaluation, EvaluationResult>;

/// SSD-E1 to SSD-E3 as of a day, from the passes up to it.
Evaluations evaluate(const Passes& passes, Day as_of, const Rules& rules) noexcept;

}  // namespace designation
