#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "designation/evaluation.hpp"
#include "designation/fees.hpp"
#include "designation/finding.hpp"
#include "designation/journey.hpp"
#include "designation/term.hpp"

namespace DESIGNATION_API designation {

/// What the events up to a day amount to.
struct History {
    Passes passes;
    TermState term;
    AttemptState attempt;
    Amount incurred;                  ///< SSD-F3: the fees of every evaluation, whatever its outcome
    FindingSet findings;              ///< the codes raised so far
    std::uint32_t finding_count = 0;  ///< how many, each once a day
};

/// Takes the events of a partner day by day, in order. The events must be known.
class Replay {
 public:
    /// A replay that does not judge raises no findings.
    Replay(const PartnerView& partner, const Rules& rules, bool judges = true) noexcept
        : partner_(partner), rules_(rules), judges_(judges) {}

    /// Takes the events up to a day, which must not be earlier than the last one asked for. `found`, where it is given,
    /// gets what they raise.
    const History& advance(Day as_of, std::vector<Finding>* found = nullptr);

    /// The first event that was not taken yet; null where all were.
    const Event* next() const noexcept;

 private:
    void take(const Event& event);
    void register_interest(Day on);
    void decide_eligibility(const Event& event);
    void evaluate(const Event& event);
    void award(Day on);
    void judge_award(Day on);
    void renew(Day on);
    Verdict eligible(Day on) const noexcept;
    bool lacks_eligibility_decision() const noexcept;
    void raise(FindingCode code, Day on);

    const PartnerView& partner_;
    const Rules& rules_;
    std::vector<Finding>* found_ = nullptr;
    bool judges_;
    History history_;
    std::size_t taken_ = 0;
    FindingSet raised_today_;
};

/// What the events up to a day amount to.
History replay(const PartnerView& partner, Day as_of, const Rules& rules) noexcept;

/// The findings that the events up to a day raise, by day, then code, each once.
std::vector<Finding> findings_of_events(const PartnerView& partner, Day as_of, const Rules& rules);

}  // namespace designation
