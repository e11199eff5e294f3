#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "plan/search.hpp"

namespace designation {

/// Return the evaluations with a recorded pass since the last award or renewal. Taking one of them again before the
/// next decision is a repeat. A schedule takes each evaluation once between two decisions, so it has no other repeats.
SetOf<Evaluation> passed_since_decision(const PartnerView& partner, Day as_of, const TermState& term) noexcept;

/// Return how many repeats a schedule has.
int count_repeats(const Schedule& schedule, SetOf<Evaluation> passed) noexcept;

/// Indexes of candidates.
struct Recommendation {
    std::size_t recommended = 0;
    std::optional<std::size_t> without_repeats;  ///< the cheapest one, if the recommended one has repeats
};

/// Return a search for schedules that do not repeat certain evaluations.
using SearchWithout = std::function<SearchResult(SetOf<Evaluation> not_repeated)>;

/// Choose among the candidates with the fewest lapsed days the one with the least fees and worth of repeats.
/// `candidates` is the front, and not empty; schedules beside the front are appended to it.
Recommendation recommend(std::vector<Candidate>& candidates, SetOf<Evaluation> passed, Amount worth,
                         const SearchWithout& search_without);

}  // namespace designation
