#pragma once

#include "plan/constraints.hpp"
#include "plan/schedule.hpp"

namespace designation {

/// The latest days on which everything in a schedule can be done: the evaluations at the same fees, in the same fiscal
/// years where there are budgets, the renewals with no more lapsed days than each has. An award stays where it is. Each
/// evaluation stays in the cycle that it was planned for, also where its latest day is after that cycle's decision,
/// which does without it, and before the next, which has it.
Schedule latest(Schedule schedule, const Standing& start, Day as_of, const Rules& rules,
                const Constraints& constraints);

}  // namespace designation
