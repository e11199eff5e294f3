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

/// The state that the events up to a date lead to.
struct History {
    Passes passes;
    TermState term;
    AttemptState attempt;
    Amount incurred;                  ///< SSD-F3: the fees of every evaluation, whatever its outcome
    FindingSet findings;              ///< the codes raised so far
    std::uint32_t finding_count = 0;  ///< the number of findings, where a code counts once per date
};

/// Applies the events of a partner in order, date by date. The events must be known.
class Replay {
 public:
    Replay(const PartnerView& partner, const Rules& rules, bool raises_findings = true) noexcept
        : partner_(partner), rules_(rules), raises_findings_(raises_findings) {}

    /// Apply the events up to a date, which must not be earlier than the date of the last call. If `found` is given,
    /// the findings are appended to it.
    const History& advance(Day as_of, std::vector<Finding>* found = nullptr);

    /// Return the first event that is not applied yet, or null if all are.
    const Event* next() const noexcept;

 private:
    void apply(const Event& event);
    void register_interest(Day on);
    void decide_eligibility(const Event& event);
    void evaluate(const Event& event);
    void award(Day on);
    void check_award(Day on);
    void renew(Day on);
    Verdict eligible(Day on) const noexcept;
    bool lacks_eligibility_decision() const noexcept;
    void raise(FindingCode code, Day on);

    const PartnerView& partner_;
    const Rules& rules_;
    std::vector<Finding>* found_ = nullptr;
    bool raises_findings_;
    History history_;
    std::size_t applied_ = 0;
    FindingSet raised_today_;
};

/// Return the state after the events up to a date.
History replay(const PartnerView& partner, Day as_of, const Rules& rules) noexcept;

}  // namespace designation
