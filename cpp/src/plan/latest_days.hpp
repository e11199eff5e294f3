#pragma once

#include "plan/constraints.hpp"
#include "plan/schedule.hpp"

namespace designation {

/// Return the schedule with the latest day for each of its steps: evaluations at the same fee and, where there are
/// budgets, in the same fiscal year; renewals with no more lapsed days than before. An award keeps its day. An
/// evaluation keeps its place in the schedule even if its latest day is after the decision of that cycle; the next
/// decision then uses its pass.
Schedule latest_schedule(Schedule schedule, const Standing& start, Day as_of, const Rules& rules,
                         const Constraints& constraints);

}  // namespace designation
