#include <algorithm>

#include "json/reader.hpp"

namespace designation::json {

namespace {

void read_schedule(Reader& reader, const Node& node, FeeSchedule& schedule) {
    if (!reader.expect_array(node)) return;
    for (const Node* child = node.first; child; child = child->next) {
        const auto members = reader.members(*child, {"from", "amount"}, {"from", "amount"});
        if (!members) continue;
        const Node* from = (*members)["from"];
        const Node* amount = (*members)["amount"];
        const auto day = from ? reader.day(*from) : std::nullopt;
        const auto value = amount ? reader.amount(*amount) : std::nullopt;
        if (!day) continue;
        const auto at = std::ranges::lower_bound(schedule, *day, {}, &FeeFrom::from);
        if (at != schedule.end() && at->from == *day) {
            reader.report(*child, "from", "overlap", "another amount already applies from " + to_string(*day));
        } else {
            schedule.insert(at, {*day, value.value_or(Amount{})});
        }
    }
}

}  // namespace

void read_fees(Reader& reader, const Node& node, PerValue<Evaluation, FeeSchedule>& fees) {
    const auto members = reader.members(node, {"capability", "performance", "csat"});
    if (!members) return;
    for (const Evaluation evaluation : all_evaluations) {
        const Node* schedule = (*members)[to_string(evaluation)];
        if (schedule) read_schedule(reader, *schedule, fees[evaluation]);
    }
}

}  // namespace designation::json
