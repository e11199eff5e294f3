// Properties that hold for every sequence of up to six events out of twelve, with several sets of dates and types, on
// every date that matters. Events are added in the order in which the rules apply them, so that each set of events
// occurs once, and in every order if two events share type and date.

#include <algorithm>
#include <cstdlib>
#include <designation/history.hpp>
#include <designation/timeline.hpp>
#include <iostream>
#include <map>

#include "support.hpp"

using namespace support;
using dsg::Assessment;
using dsg::Day;
using dsg::Event;
using dsg::EventType;
using dsg::Verdict;

namespace {

/// One partner with the events so far, under one set of rules.
class Laws {
 public:
    Laws(const dsg::Rules& rules, std::string_view name, std::vector<Day> days)
        : rules_(rules), name_(name), days_(std::move(days)) {}

    std::size_t tried() const noexcept { return tried_; }
    const std::string& broken() const noexcept { return broken_; }

    void hold(const dsg::PartnerView& partner) {
        ++tried_;
        view_ = partner;
        std::optional<Assessment> earlier;
        std::optional<dsg::Change> change;
        for (const Day as_of : days_) {
            as_of_ = as_of;
            const dsg::History history = dsg::replay(partner, as_of, rules_);
            const Assessment answer = dsg::assess(partner, &history, as_of, rules_);
            a_status_has_one_cause(answer);
            nothing_later_matters(answer);
            a_finding_changes_no_answer(answer);
            readiness_lacks_nothing(answer);
            the_parts_agree(answer);
            findings_have_their_events(answer);
            if (earlier) time_goes_one_way(*earlier, answer, change, history.finding_count);
            earlier = answer;
            earlier_findings_ = history.finding_count;
            change = dsg::next_change(partner, as_of, rules_);
            if (change) the_next_change_changes(*change, history.finding_count);
        }
    }

 private:
    std::span<const Event> events() const { return *view_.events; }
    bool any(EventType type, Day on) const {
        return std::ranges::any_of(events(), [&](const Event& e) { return e.type == type && e.on == on; });
    }

    void the_next_change_changes(dsg::Change change, std::uint32_t findings) {
        const Day on = change.after.as_of;
        demand(on > as_of_, "the next change is later");
        change.before.as_of = on;
        const bool differs = change.before != change.after || dsg::replay(view_, on, rules_).finding_count != findings;
        demand(differs, "the next change changes something");
    }

    void a_status_has_one_cause(const Assessment& answer) {
        const dsg::Term& term = answer.term;
        const bool awarded = std::ranges::any_of(
            events(), [&](const Event& e) { return e.type == EventType::badge_awarded && e.on <= as_of_; });
        demand(awarded == term.attained_on.has_value(), "a term runs, or ran, once there was an award");
        if (!awarded) return demand(term.status == dsg::Status::not_attained && !term.expires_on, "without award none");
        const Day end = *term.expires_on;
        const std::array causes{as_of_ < end - 60, end - 60 <= as_of_ && as_of_ < end,
                                end <= as_of_ && as_of_ <= end + 30, end + 30 < as_of_};
        constexpr std::array effects{dsg::Status::active, dsg::Status::renewal_open, dsg::Status::renewal_overdue,
                                     dsg::Status::expired};
        demand(std::ranges::count(causes, true) == 1, "one cause");
        demand(effects[static_cast<std::size_t>(std::ranges::find(causes, true) - causes.begin())] == term.status,
               "the cause of the status");
        demand(*term.renewal_opens_on == end - 60 && *term.renewal_closes_on == end + 30, "the window");
        demand(any(EventType::badge_awarded, *term.attained_on), "it was attained on the day of an award");
        demand(is_anniversary(end, *term.attained_on), "the term ends on an anniversary");
    }

    bool is_anniversary(Day end, Day attained_on) const {
        const auto of = [&](Day origin) {
            for (int years = 1; years <= 6; ++years) {
                if (dsg::add_years(origin, years, rules_.readings.leap_day) == end) return true;
            }
            return false;
        };
        if (of(attained_on)) return true;
        return rules_.readings.renewal_anchor == dsg::RenewalAnchor::decision &&
               std::ranges::any_of(events(), [&](const Event& event) {
                   return event.type == EventType::renewal_approved && event.on > attained_on && of(event.on);
               });
    }

    void nothing_later_matters(const Assessment& answer) {
        dsg::PartnerView past = view_;
        const auto first_later = std::ranges::find_if(events(), [&](const Event& e) { return e.on > as_of_; });
        past.events = events().first(static_cast<std::size_t>(first_later - events().begin()));
        demand(dsg::assess(past, as_of_, rules_) == answer, "no event after the day matters");
    }

    void a_finding_changes_no_answer(const Assessment& answer) {
        dsg::Replay blind(view_, rules_, false);
        Assessment unjudged = dsg::assess(view_, &blind.advance(as_of_), as_of_, rules_);
        unjudged.findings = answer.findings;
        demand(unjudged == answer, "a finding never changes an answer");
    }

    void readiness_lacks_nothing(const Assessment& answer) {
        demand(answer.renewal.has_value() == dsg::is_held(answer.term.status), "readiness is of what is held");
        if (!answer.renewal) return;
        const Verdict expected = answer.renewal->missing.size() > 0 ? Verdict::unmet : answer.eligibility.verdict;
        demand(answer.renewal->verdict == expected, "ready with nothing missing, and only then");
        for (const dsg::Evaluation missing : answer.renewal->missing) {
            const bool re_established = rules_.evaluations[missing].each_cycle;
            const bool in_force_on_the_reference_day =
                answer.evaluations[missing].verdict == Verdict::met &&
                *answer.evaluations[missing].valid_through >= std::max(*answer.term.expires_on, as_of_);
            demand(re_established || !in_force_on_the_reference_day, "what is missing is not there");
        }
    }

    void the_parts_agree(const Assessment& answer) {
        const bool held = dsg::is_held(answer.term.status);
        const bool suspends = rules_.readings.prerequisite_lapse == dsg::PrerequisiteLapse::suspend;
        const Verdict by_status = dsg::in_force_by_status(answer.term.status, rules_);
        demand(answer.term.in_force == (suspends ? by_status & answer.eligibility.verdict : by_status), "in force");
        demand(answer.term.at_risk == (held && answer.eligibility.verdict == Verdict::unmet), "at risk");
        demand(answer.journey.step.has_value() != held && answer.journey.waiting_on.has_value() != held,
               "a step is next where it is not held");
        demand((answer.journey.completed.size() == rules_.steps.size()) == held, "all steps are done where it is held");
        for (const dsg::Step done : answer.journey.completed)
            demand(answer.journey.step != done, "a step done is not next");
        dsg::Amount unmet;
        for (const dsg::Evaluation each : dsg::all_evaluations) {
            const dsg::EvaluationResult& result = answer.evaluations[each];
            demand(
                result.verdict != Verdict::unknown && result.passed_on.has_value() == result.valid_through.has_value(),
                "an evaluation is met or not");
            const bool in_force = result.passed_on && *result.passed_on <= as_of_ && as_of_ <= *result.valid_through;
            demand((result.verdict == Verdict::met) == in_force, "a pass is in force from its day through its last");
            const bool counts = held ? std::ranges::find(answer.renewal->missing, each) != answer.renewal->missing.end()
                                     : result.verdict == Verdict::unmet;
            if (counts) unmet += dsg::fee(each, as_of_, rules_);
        }
        demand(*answer.fees.outstanding == unmet, "what is outstanding is what is unmet or missing");
        demand(*answer.fees.due == unmet || *answer.fees.due == dsg::Amount{},
               "due is what is outstanding, or nothing");
        for (const Verdict benefit : answer.benefits.values) {
            demand((benefit & answer.term.in_force) == benefit, "no benefit goes beyond the designation");
        }
    }

    void findings_have_their_events(const Assessment& answer) {
        dsg::FindingSet codes;
        std::optional<dsg::Finding> last;
        for (const dsg::Finding& finding : dsg::findings(view_, as_of_, rules_)) {
            codes.insert(finding.code);
            demand(!last || *last < finding, "findings are sorted, each once");
            last = finding;
            const bool of_the_day = finding.code == dsg::FindingCode::prerequisite_lapsed;
            demand(of_the_day ? finding.on == as_of_ : raises(finding), "a finding has its event");
        }
        demand(codes == answer.findings, "the findings of the answer are those of the list");
        demand(codes.contains(dsg::FindingCode::prerequisite_lapsed) == answer.term.at_risk, "at risk is found");
    }

    bool raises(const dsg::Finding& finding) const {
        using Code = dsg::FindingCode;
        switch (finding.code) {
            case Code::registered_without_prerequisites: return any(EventType::interest_registered, finding.on);
            case Code::eligibility_differs: return any(EventType::eligibility_decided, finding.on);
            case Code::step_out_of_order:
                return any(EventType::capability_evaluated, finding.on) ||
                       any(EventType::case_rate_determined, finding.on) || any(EventType::csat_evaluated, finding.on);
            case Code::renewal_gap:
            case Code::renewal_outside_window:
            case Code::renewal_unready: return any(EventType::renewal_approved, finding.on);
            default: return any(EventType::badge_awarded, finding.on);
        }
    }

    void time_goes_one_way(const Assessment& earlier, const Assessment& answer,
                           const std::optional<dsg::Change>& change, std::uint32_t findings) {
        demand(*answer.fees.incurred >= *earlier.fees.incurred, "what was incurred stays");
        demand(findings >= earlier_findings_, "what was found stays");
        demand(!earlier.term.attained_on || *answer.term.attained_on >= *earlier.term.attained_on,
               "what was attained stays attained");
        demand(!earlier.term.expires_on || *answer.term.expires_on >= *earlier.term.expires_on,
               "a term never becomes shorter");
        Assessment moved = earlier;
        moved.as_of = as_of_;
        const bool foreseen = change && change->after.as_of <= as_of_;
        demand(foreseen || (moved == answer && findings == earlier_findings_),
               "nothing changes before the next change");
    }

    void demand(bool holds, std::string_view law) {
        if (holds || !broken_.empty()) return;
        broken_ = std::string(law) + ", under " + std::string(name_) + ", as of " + str(as_of_) + ":";
        for (const Event& event : events()) {
            broken_ += ' ' + str(event.on) + ' ' + str(event.type) + ' ' + str(event.outcome) + ';';
        }
    }

    const dsg::Rules& rules_;
    std::string_view name_;
    std::vector<Day> days_;
    dsg::PartnerView view_;
    Day as_of_;
    std::uint32_t earlier_findings_ = 0;
    std::size_t tried_ = 0;
    std::string broken_;
};

/// At most twelve events, in the order in which the rules apply them.
std::vector<Event> alphabet(std::string_view text) {
    const dsg::Partner written = with_events(text);
    const auto events = *written.view().events;
    REQUIRE(events.size() <= 12);
    return {events.begin(), events.end()};
}

/// Check every sequence that continues the events so far.
void extend(Laws& laws, dsg::PartnerView& partner, const std::vector<Event>& symbols, std::vector<Event>& so_far,
            std::size_t longest) {
    partner.events = std::span<const Event>(so_far);
    laws.hold(partner);
    if (so_far.size() == longest || !laws.broken().empty()) return;
    for (Event symbol : symbols) {
        const auto order = [](const Event& event) { return std::pair(event.on, event.type); };
        if (!so_far.empty() && order(symbol) < order(so_far.back())) continue;
        symbol.position = static_cast<std::uint32_t>(so_far.size());
        so_far.push_back(symbol);
        extend(laws, partner, symbols, so_far, longest);
        so_far.pop_back();
    }
}

constexpr std::string_view terms =
    "2026-03-02 badge_awarded; 2026-12-31 renewal_approved; 2027-01-01 renewal_approved; 2027-03-01 badge_awarded;"
    "2027-03-02 interest_registered; 2027-03-02 badge_awarded; 2027-03-02 renewal_approved; 2027-04-01 "
    "renewal_approved;"
    "2027-04-02 interest_registered; 2027-04-02 badge_awarded; 2027-04-02 renewal_approved; 2028-01-02 "
    "renewal_approved";
constexpr std::string_view attempts =
    "2026-01-20 interest_registered; 2026-01-20 eligibility_decided eligible; 2026-01-20 eligibility_decided "
    "ineligible;"
    "2026-01-20 case_volume_validated; 2026-01-20 case_rate_determined pass; 2026-01-21 capability_evaluated pass;"
    "2026-01-21 capability_evaluated fail; 2026-01-21 case_volume_validated; 2026-01-21 csat_evaluated pass;"
    "2026-01-21 badge_awarded; 2027-01-21 interest_registered; 2027-01-21 badge_awarded";
constexpr std::string_view passed =
    "2026-02-28 badge_awarded; 2026-02-28 case_rate_determined pass; 2026-03-01 capability_evaluated pass;"
    "2026-03-01 case_rate_determined pass; 2027-02-27 csat_evaluated pass; 2027-02-28 csat_evaluated pass;"
    "2027-02-28 case_rate_determined fail; 2027-02-28 renewal_approved; 2027-03-01 csat_evaluated pass;"
    "2027-03-01 case_rate_determined pass; 2027-03-01 renewal_approved; 2028-02-29 renewal_approved";
constexpr std::string_view leap_days =
    "2028-02-29 case_rate_determined pass; 2028-02-29 csat_evaluated pass; 2028-02-29 badge_awarded;"
    "2028-12-30 renewal_approved; 2028-12-31 renewal_approved; 2029-02-28 renewal_approved; 2029-03-01 badge_awarded;"
    "2029-03-30 renewal_approved; 2029-03-31 renewal_approved; 2029-04-01 badge_awarded; 2030-03-01 renewal_approved;"
    "2032-02-29 renewal_approved";

/// Return the dates of the events, the dates next to them, and the boundaries that they set.
std::vector<Day> days_around(const std::vector<Event>& symbols) {
    std::vector<Day> days;
    for (const Event& symbol : symbols) {
        days.insert(days.end(), {symbol.on - 1, symbol.on});
    }
    const Day last = symbols.back().on;
    days.insert(days.end(), {last + 1, last + 305, last + 366, last + 397, last + 731});
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace

TEST_CASE("the laws hold in every sequence of events", "[exhaustive]") {
    const char* asked = std::getenv("DESIGNATION_LONGEST_SEQUENCE");
    const std::size_t longest = asked ? std::stoul(asked) : 3;
    const auto text = GENERATE(terms, attempts, passed, leap_days);
    const std::vector<Event> symbols = alphabet(text);

    const std::map<std::string, dsg::Rules> all_rules = {
        {"the default readings", rules()},
        {"the other readings", rules(R"({"interpretations": {"leap_day": "roll_forward",
            "failed_reevaluation": "latest_outcome_governs", "renewal_anchor": "decision", "late_renewal": "ignored",
            "after_anniversary": "in_force", "prerequisite_lapse": "suspend", "pass_reference_day": "decision",
            "announcement": "unconfirmed"}})")},
        {"edition 2026-04", edition("2026-04")}};
    // Always met; lapsed on the day before the second term; one list unknown.
    const std::array partners{
        with("{}"),
        with(
            R"({"support_contracts": [{"type": "ufp", "from": "2026-01-21"}, {"type": "psfp", "from": "2026-01-01", "through": "2027-03-01"}]})"),
        with(R"({"solutions_partner_designations": null})")};

    std::size_t tried = 0;
    for (const auto& [name, under] : all_rules) {
        Laws laws(under, name, days_around(symbols));
        for (const dsg::Partner& known : partners) {
            dsg::PartnerView partner = known.view();
            std::vector<Event> so_far;
            so_far.reserve(longest);
            extend(laws, partner, symbols, so_far, longest);
        }
        CHECK(laws.broken() == "");
        tried += laws.tried();
    }
    CHECK(tried >= 9 * 455);
    if (asked) std::cout << tried << " sequences\n";
}
