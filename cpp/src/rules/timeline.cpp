#include "designation/timeline.hpp"

#include <algorithm>
#include <stdexcept>

#include "designation/history.hpp"
#include "record_index.hpp"

namespace designation {

namespace {

/// Tell whether an event changes the state in any case: a decision counts or raises a finding of its date, and an
/// evaluation adds its fee to the fees incurred.
bool changes_the_state(const Event& event, const Rules& rules) noexcept {
    if (const auto evaluation = evaluation_of(event.type)) return fee(*evaluation, event.on, rules) != Amount{};
    return event.type == EventType::badge_awarded || event.type == EventType::renewal_approved;
}

}  // namespace

Walk::Walk(const PartnerView& partner, Day start, const Rules& rules, const Checkpoint* checkpoint) noexcept
    : partner_(partner), rules_(rules), replay_(partner, rules), day_(start), checkpoint_(checkpoint) {}

Walk::Walk(const PartnerView& partner, const Replay& replay, const Assessment& assessment, const Rules& rules) noexcept
    : partner_(partner),
      rules_(rules),
      replay_(replay),
      day_(assessment.as_of),
      assessment_(assessment),
      assessed_(true) {}

const Assessment& Walk::assessment() noexcept {
    if (!assessed_) assessment_ = assess(partner_, history(), day_, rules_);
    assessed_ = true;
    return assessment_;
}

bool Walk::move_to_next_change(Day last) {
    for (;;) {
        if (checkpoint_) (*checkpoint_)();
        const Edge next = next_edge();
        if (next.day > last) return false;
        if (next.changes_the_state) {
            day_ = next.day;
            assessed_ = false;
            return true;
        }
        Assessment before = assessment();
        const std::uint32_t findings_before = finding_count();
        day_ = next.day;
        assessed_ = false;
        before.as_of = day_;
        if (assessment() != before || finding_count() != findings_before) return true;
    }
}

const History* Walk::history() noexcept { return partner_.events ? &replay_.advance(day_) : nullptr; }

std::uint32_t Walk::finding_count() noexcept { return partner_.events ? history()->finding_count : 0; }

Walk::Edge Walk::next_edge() noexcept {
    next_possible_ = next_certain_ = far;
    if (partner_.record_index) {
        add_possible(partner_.record_index->next_change(day_));
    } else {
        add_edges(partner_.csp_authorizations);
        add_edges(partner_.support_contracts);
        add_edges(partner_.solutions_partner_designations);
    }
    if (partner_.events) add_edges(*history());
    for (const Day day : rules_.change_days) add_possible(day);
    const std::uint32_t nearest = std::min(next_possible_, next_certain_);
    if (nearest >= far) return {Interval::no_end(), false};
    return {day_ + 1 + static_cast<int>(nearest), next_certain_ <= next_possible_};
}

void Walk::add_edges(const History& history) noexcept {
    if (const Event* event = replay_.next()) {
        changes_the_state(*event, rules_) ? add_certain(event->on) : add_possible(event->on);
    }
    for (const Evaluation evaluation : all_evaluations) {
        // The evaluation is no longer met on that date or, if it is passed on that date, another pass counts.
        if (const auto* pass = history.passes.counting(evaluation, rules_)) add_certain(pass->valid_through + 1);
    }
    if (const auto& record = history.term.record()) {
        // The status changes on each of these dates or, if a decision of that date counts, the term does.
        const Interval window = renewal_window(record->anniversary.day, rules_);
        add_certain(window.from);
        add_certain(record->anniversary.day);
        add_certain(window.through + 1);
    }
}

template <class Fact>
void Walk::add_edges(const ListView<Fact>& list) noexcept {
    if (!list) return;
    for (const Fact& fact : *list) {
        add_possible(fact.period.from);
        add_possible(std::min(fact.period.through, Interval::no_end() - 1) + 1);
    }
}

void Walk::add_possible(Day day) noexcept { next_possible_ = std::min(next_possible_, days_ahead(day)); }

void Walk::add_certain(Day day) noexcept { next_certain_ = std::min(next_certain_, days_ahead(day)); }

std::uint32_t Walk::days_ahead(Day day) const noexcept {
    return static_cast<std::uint32_t>(day.days_since_1970()) - static_cast<std::uint32_t>(day_.days_since_1970()) - 1;
}

std::vector<Segment> timeline(const PartnerView& partner, Interval span, const Rules& rules,
                              const Checkpoint& checkpoint) {
    if (!span.has_end() || span.through < span.from) {
        throw std::invalid_argument("the span of a timeline must end on or after its first day");
    }
    Walk walk(partner, span.from, rules, checkpoint ? &checkpoint : nullptr);
    std::vector<Segment> segments{{span, walk.assessment()}};
    while (walk.move_to_next_change(span.through)) {
        segments.back().days.through = walk.day() - 1;
        segments.push_back({{walk.day(), span.through}, walk.assessment()});
    }
    return segments;
}

std::optional<Change> next_change(const PartnerView& partner, Day as_of, const Rules& rules,
                                  const Checkpoint& checkpoint) {
    Walk walk(partner, as_of, rules, checkpoint ? &checkpoint : nullptr);
    const Assessment before = walk.assessment();
    if (!walk.move_to_next_change(Interval::no_end() - 1)) return std::nullopt;
    return Change{before, walk.assessment()};
}

}  // namespace designation
