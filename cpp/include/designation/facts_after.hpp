#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "designation/diagnostic.hpp"
#include "designation/facts.hpp"

namespace DESIGNATION_API designation {

/// The first day of a fact, and its location in the partner's document.
struct DatedFact {
    Day on;
    FactList list{};
    std::size_t index = 0;
    friend bool operator==(const DatedFact&, const DatedFact&) = default;
};

/// Return the fact's JSON Pointer: `/events/7`.
std::string pointer_to(const DatedFact& fact);

/// The facts that do not count yet: events after a date, and records that begin after it.
struct FactsAfter {
    std::size_t count = 0;
    std::optional<DatedFact> first;  ///< the earliest; of several on one date, the first in the document
    friend bool operator==(const FactsAfter&, const FactsAfter&) = default;
};

FactsAfter facts_after(const PartnerView& partner, Day as_of);

/// Return a warning for each fact that is dated more than 20 years after a date, in the order of the document. Such a
/// date is probably a typo. After the first hundred, a warning with the code `more` counts the others.
Diagnostics warnings(const PartnerView& partner, Day as_of);

}  // namespace designation
