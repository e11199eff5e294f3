#include <designation/timeline.hpp>
#include <stdexcept>

#include "support.hpp"

using namespace support;

namespace {

/// Return the part of an assessment, as JSON, that is equal on all days of a segment.
json state(const dsg::Partner& partner, dsg::Day on, const dsg::Rules& rules) {
    json document = json::parse(to_json(dsg::assess(partner, on, rules), partner, rules));
    for (const char* key : {"as_of", "days_left", "deadline", "overdue_since", "actions", "facts_after", "warnings",
                            "amounts", "provenance"})
        document.erase(key);
    for (json& finding : document["findings"]) {
        if (finding["code"] == "prerequisite_lapsed") finding.erase("on");
    }
    return document;
}

/// Return the first day of each segment, found by an assessment of every day.
std::vector<dsg::Day> beginnings(const dsg::Partner& partner, dsg::Interval span, const dsg::Rules& rules) {
    std::vector<dsg::Day> days{span.from};
    json last = state(partner, span.from, rules);
    for (dsg::Day day = span.from + 1; day <= span.through; day = day + 1) {
        json next = state(partner, day, rules);
        if (next == last) continue;
        days.push_back(day);
        last = std::move(next);
    }
    return days;
}

std::vector<dsg::Day> beginnings(const std::vector<dsg::Segment>& segments) {
    std::vector<dsg::Day> days;
    for (const dsg::Segment& segment : segments) days.push_back(segment.days.from);
    return days;
}

}  // namespace

TEST_CASE("a timeline has a segment for each change that a day-by-day search finds") {
    const dsg::Partner p = with_events(attained("2026-03-02") +
                                           "2027-02-10 case_rate_determined pass;"
                                           "2027-02-20 csat_evaluated pass;"
                                           "2027-03-10 renewal_approved;"
                                           "2028-02-29 csat_evaluated fail",
                                       R"({"support_contracts": [{"type": "ufp", "from": "2026-01-01"},
                                           {"type": "asfp", "from": "2026-01-01", "through": "2026-10-31"}]})");
    const dsg::Interval span{day("2025-11-01"), day("2029-12-31")};
    for (const char* policy :
         {"{}", R"({"edition": "2026-04", "interpretations": {"renewal_anchor": "decision"}})",
          R"({"interpretations": {"pass_reference_day": "decision", "prerequisite_lapse": "suspend",
              "after_anniversary": "in_force", "announcement": "unconfirmed"},
              "fees": {"csat": [{"from": "2027-07-01", "amount": 550}]}})"}) {
        const dsg::Rules rules = dsg::make_rules(dsg::parse_policy(policy));
        const auto segments = dsg::timeline(p, span, rules);
        CHECK(str(beginnings(segments)) == str(beginnings(p, span, rules)));
        CHECK(segments.back().days.through == span.through);
        for (std::size_t i = 0; i < segments.size(); ++i) {
            CHECK(segments[i].assessment == dsg::assess(p, segments[i].days.from, rules));
            if (i > 0) CHECK(segments[i - 1].days.through + 1 == segments[i].days.from);
        }
    }
}

TEST_CASE("the next change is the first later day of the timeline") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    const dsg::Rules& rules = dsg::builtin_rules();
    const auto next = [&](const char* as_of) {
        const auto change = dsg::next_change(p, day(as_of), rules);
        return change ? str(change->after.as_of) + ' ' + str(change->after.term.status) : "none";
    };
    CHECK(next("2026-12-31") == "2027-01-01 renewal_open");
    CHECK(next("2027-01-01") == "2027-03-02 renewal_overdue");
    CHECK(next("2027-03-31") == "2027-04-02 expired");
    CHECK(next("2027-04-01") == "2027-04-02 expired");
    CHECK(next("2027-04-02") == "2028-03-02 expired");  // the capability pass runs out
    CHECK(next("2028-03-02") == "none");
    const auto change = dsg::next_change(p, day("2027-01-01"), rules);
    CHECK(change->before == dsg::assess(p, day("2027-01-01"), rules));
    CHECK(change->after == dsg::assess(p, day("2027-03-02"), rules));
}

TEST_CASE("a finding of the same code on another date is another state") {
    const dsg::Partner p = with_events(attained("2026-03-02") + "2026-05-01 badge_awarded;2026-05-02 badge_awarded");
    const auto change = dsg::next_change(p, day("2026-05-01"), dsg::builtin_rules());
    REQUIRE(change);
    CHECK(str(change->after.as_of) == "2026-05-02");
    const dsg::Partner registered =
        with_events("2026-05-01 interest_registered; 2026-06-01 interest_registered", R"({"support_contracts": []})");
    const auto again = dsg::next_change(registered, day("2026-05-01"), dsg::builtin_rules());
    REQUIRE(again);
    CHECK(str(again->after.as_of) == "2026-06-01");
    CHECK(again->after.findings == again->before.findings);
}

TEST_CASE("a change on the last day of a span has a segment of that day") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    const auto segments = dsg::timeline(p, {day("2026-12-31"), day("2027-01-01")}, dsg::builtin_rules());
    REQUIRE(segments.size() == 2);
    CHECK(segments[1].days == dsg::Interval{day("2027-01-01"), day("2027-01-01")});
    CHECK(segments[1].assessment.term.status == dsg::Status::renewal_open);
}

TEST_CASE("a span of one day is one segment, and a span that ends before it begins is refused") {
    const dsg::Partner p = with_events("");
    const auto segments = dsg::timeline(p, {day("2026-01-01"), day("2026-01-01")}, dsg::builtin_rules());
    REQUIRE(segments.size() == 1);
    CHECK(segments[0].days == dsg::Interval{day("2026-01-01"), day("2026-01-01")});
    CHECK_THROWS_AS(dsg::timeline(p, {day("2026-01-02"), day("2026-01-01")}, dsg::builtin_rules()),
                    std::invalid_argument);
    CHECK_THROWS_AS(dsg::timeline(p, {day("2026-01-02")}, dsg::builtin_rules()), std::invalid_argument);
}

TEST_CASE("only announcements change if everything is unknown") {
    const dsg::Partner nobody = dsg::parse_partner(R"({"id": "p"})");
    const dsg::Interval span{day("2025-01-01"), day("2030-01-01")};
    CHECK(str(beginnings(dsg::timeline(nobody, span, dsg::builtin_rules()))) ==
          str(beginnings(nobody, span, dsg::builtin_rules())));
}

TEST_CASE(
    "each kind of record changes the state when it begins and after it ends, and open ones only when they begin") {
    const auto runs = [](const std::string& through) {
        const dsg::Partner partner = with(
            R"({"csp_authorizations": [{"type": "direct_bill", "from": "2030-01-01")" + through +
            R"(}], "support_contracts": [{"type": "asfp", "from": "2030-02-01")" + through +
            R"(}], "solutions_partner_designations": [{"area": "security", "from": "2030-03-01")" + through + "}]}");
        std::string days;
        for (const dsg::Segment& run :
             dsg::timeline(partner, {day("2029-12-01"), day("2031-12-31")}, dsg::builtin_rules())) {
            days += (days.empty() ? "" : " ") + str(run.days.from);
        }
        return days;
    };
    CHECK(runs("") == "2029-12-01 2030-01-01 2030-02-01 2030-03-01");
    CHECK(runs(R"(, "through": "2030-12-31")") == "2029-12-01 2030-01-01 2030-02-01 2030-03-01 2031-01-01");
}

TEST_CASE("an event without effect begins no segment") {
    const dsg::Partner p = with_events(attained("2026-03-02") +
                                       "2026-05-01 case_volume_validated;"
                                       "2026-05-02 interest_registered; 2026-05-03 eligibility_decided eligible");
    const auto change = dsg::next_change(p, day("2026-04-01"), dsg::builtin_rules());
    REQUIRE(change);
    CHECK(str(change->after.as_of) == "2026-07-01");
}

TEST_CASE("a partner with many records has the timeline and the assessments of one with the same records in a list") {
    // Days and types repeat, so that records overlap, and several begin and end on one day.
    std::string contracts;
    for (int i = 0; i < 200; ++i) {
        const std::string from = str(day("2020-01-01") + i * 37 % 500 * 3);
        const std::string through = str(day("2020-01-01") + i * 37 % 500 * 3 + i % 11);
        contracts += std::string(i > 0 ? "," : "") + R"({"type": ")" +
                     (i % 3 == 0   ? "psfp"
                      : i % 3 == 1 ? "asfp"
                                   : "ufp") +
                     R"(", "from": ")" + from + (i == 199 ? R"("})" : R"(", "through": ")" + through + R"("})");
    }
    const dsg::Partner many = dsg::parse_partner(
        R"({"id": "p", "csp_authorizations": [{"type": "direct_bill", "from": "2019-06-01"}],
            "events": [{"on": "2020-03-01", "type": "badge_awarded"}], "support_contracts": [)" +
        contracts + "]}");
    REQUIRE(many.view().record_index);
    dsg::PartnerView listed = many.view();
    listed.record_index = nullptr;
    const dsg::Interval span{day("2019-12-01"), day("2025-12-31")};
    const auto segments = dsg::timeline(many, span, dsg::builtin_rules());
    CHECK(segments.size() > 30);
    CHECK(str(beginnings(segments)) == str(beginnings(dsg::timeline(listed, span, dsg::builtin_rules()))));
    for (dsg::Day on = span.from; on <= span.through; on = on + 1) {
        REQUIRE(dsg::assess(many, on, dsg::builtin_rules()) == dsg::assess(listed, on, dsg::builtin_rules()));
    }
}

TEST_CASE("a checkpoint can end a timeline, and the search for the next change") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    int calls = 0;
    const dsg::Interval span{day("2026-01-01"), day("2030-01-01")};
    const auto segments = dsg::timeline(p, span, dsg::builtin_rules(), [&calls] { ++calls; });
    CHECK(calls >= static_cast<int>(segments.size()));
    const auto stop = [] { throw std::runtime_error("enough"); };
    CHECK_THROWS_AS(dsg::timeline(p, span, dsg::builtin_rules(), stop), std::runtime_error);
    CHECK_THROWS_AS(dsg::next_change(p, day("2026-01-01"), dsg::builtin_rules(), stop), std::runtime_error);
}
