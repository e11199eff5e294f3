#pragma once

#include <cstddef>
#include <vector>

#include "designation/evaluation.hpp"
#include "designation/money.hpp"

namespace designation {

/// The criteria by which the labels of a search are compared.
struct Criteria {
    Amount fees;
    int lapsed_days = 0;
    Day day;                             ///< of the last decision; without one, the first day of the plan
    int year = 0;                        ///< the fiscal year of that day, if there are budgets
    Amount paid_in_year;                 ///< the plan's fees in that year
    PerValue<Evaluation, int> coverage;  ///< how far into the coming renewals each pass reaches
};

/// The labels of a search that no other dominates. A label dominates another if every continuation of the other is
/// possible after it, at no higher cost. An earlier decision leaves more days for the evaluations of the next one.
class UndominatedLabels {
 public:
    void clear() noexcept { groups_.clear(); }
    /// Add a label unless another dominates it; return whether it was added. Append to `dropped` labels that it
    /// dominates; those in other groups may stay.
    bool add(const Criteria& criteria, std::size_t label, std::vector<std::size_t>& dropped);

 private:
    struct Member {
        Criteria criteria;
        std::size_t label = 0;
        Amount fees() const noexcept { return criteria.fees; }
    };
    /// Labels with the same day and coverage, fees rising. Without budgets, lapsed days are falling.
    using Group = std::vector<Member>;
    std::vector<Group> groups_;
};

}  // namespace designation
