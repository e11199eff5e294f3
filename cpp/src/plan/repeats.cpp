#include "plan/repeats.hpp"

#include <utility>

namespace designation {

SetOf<Evaluation> passed_since_decision(const PartnerView& partner, Day as_of, const TermState& term) noexcept {
    SetOf<Evaluation> passed;
    if (!term.record()) return passed;
    for (const Event& event : *partner.events) {
        const auto evaluation = evaluation_of(event.type);
        // The evaluations of the day of a decision come before it.
        if (!evaluation || event.outcome != Outcome::pass) continue;
        passed.insert_if(event.on > term.record()->decided_on && event.on <= as_of, *evaluation);
    }
    return passed;
}

int count_repeats(const Schedule& schedule, SetOf<Evaluation> passed) noexcept {
    int repeats = 0;
    for (const Evaluation evaluation : all_evaluations) {
        const bool is_taken = !schedule.empty() && schedule.front().taken_on[evaluation];
        repeats += is_taken && passed.contains(evaluation) ? 1 : 0;
    }
    return repeats;
}

namespace {

/// Return the fees and the worth of the repeats together.
Amount weigh(const Candidate& candidate, SetOf<Evaluation> passed, Amount worth) noexcept {
    Amount total = candidate.fees;
    for (int i = count_repeats(candidate.schedule, passed); i > 0; --i) total += worth;
    return total;
}

/// Return every set of some of the evaluations, without the empty one.
std::vector<SetOf<Evaluation>> nonempty_subsets(SetOf<Evaluation> evaluations) {
    std::vector<SetOf<Evaluation>> subsets{{}};
    for (const Evaluation evaluation : all_evaluations) {
        if (!evaluations.contains(evaluation)) continue;
        for (std::size_t i = subsets.size(); i-- > 0;) {
            subsets.push_back(subsets[i]);
            subsets.back().insert(evaluation);
        }
    }
    subsets.erase(subsets.begin());
    return subsets;
}

}  // namespace

Recommendation recommend(std::vector<Candidate>& candidates, SetOf<Evaluation> passed, Amount worth,
                         const SearchWithout& search_without) {
    Recommendation result{candidates.size() - 1, {}};
    if (count_repeats(candidates.back().schedule, passed) == 0) return result;
    const int lapsed_days = candidates.back().lapsed_days;
    for (const SetOf<Evaluation> not_repeated : nonempty_subsets(passed)) {
        const bool is_without_any = not_repeated == passed;
        if (worth == Amount{} && !is_without_any) continue;
        SearchResult found = search_without(not_repeated);
        if (found.front.empty() || found.front.back().lapsed_days != lapsed_days) continue;
        // The award of a new attempt takes the evaluations that are not met, whether that repeats them or not.
        if (count_repeats(found.front.back().schedule, not_repeated) > 0) continue;
        candidates.push_back(std::move(found.front.back()));
        const std::size_t last = candidates.size() - 1;
        const Amount best = weigh(candidates[result.recommended], passed, worth);
        if (weigh(candidates[last], passed, worth) < best) result.recommended = last;
        if (is_without_any) result.without_repeats = last;
    }
    if (count_repeats(candidates[result.recommended].schedule, passed) == 0) result.without_repeats.reset();
    return result;
}

}  // namespace designation
