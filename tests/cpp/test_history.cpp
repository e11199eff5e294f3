#include <algorithm>

#include "designation/history.hpp"
#include "support.hpp"

using namespace support;

TEST_CASE("events are ordered by date, then by type, then as in the document") {
    const std::string on = "2026-03-02";
    std::vector<std::string> words = {
        on + " interest_registered",   on + " eligibility_decided eligible", on + " capability_evaluated pass",
        on + " case_volume_validated", on + " case_rate_determined pass",    on + " csat_evaluated pass",
        on + " badge_awarded"};
    const auto text = [&words] {
        std::string all;
        for (const auto& word : words) all += word + ';';
        return all;
    };
    const dsg::Assessment straight = assess_on(with_events(text()), on);
    CHECK(str(straight.term.status) == "active");
    CHECK(straight.findings.empty());
    std::reverse(words.begin(), words.end());
    CHECK(assess_on(with_events(text()), on) == straight);
    std::swap(words[1], words[4]);
    std::swap(words[0], words[3]);
    CHECK(assess_on(with_events(text()), on) == straight);
}

TEST_CASE("the document's order decides among events of one type and date") {
    const std::string on = "2025-12-15";
    const std::string registered = "2025-12-01 interest_registered;";
    const dsg::Partner eligible_last =
        with_events(registered + on + " eligibility_decided ineligible;" + on + " eligibility_decided eligible");
    const dsg::Partner ineligible_last =
        with_events(registered + on + " eligibility_decided eligible;" + on + " eligibility_decided ineligible");
    CHECK(str(assess_on(eligible_last, on).journey.step) == "capability");
    CHECK(str(assess_on(ineligible_last, on).journey.step) == "eligibility_validation");
}

TEST_CASE("an assessment uses the events up to its date and no later one") {
    const dsg::Partner p =
        with_events(attained("2026-03-02") + "2027-02-10 renewal_approved; 2027-06-01 badge_awarded");
    CHECK(assess_on(p, "2026-03-01").term == assess_on(with_events(""), "2026-03-01").term);
    CHECK(str(assess_on(p, "2027-02-09").term.expires_on) == "2027-03-02");
    CHECK(str(assess_on(p, "2027-02-10").term.expires_on) == "2028-03-02");
    CHECK(found(p, "2027-05-31").find("award_while_held") == std::string::npos);
    CHECK(found(p, "2027-06-01").find("2027-06-01 award_while_held") != std::string::npos);
}

TEST_CASE("events of one day that raise the same code share one finding") {
    const dsg::Partner p = with_events(
        "2026-01-01 interest_registered; 2026-01-10 capability_evaluated pass; 2026-01-10 case_rate_determined pass;"
        "2026-01-11 csat_evaluated pass");
    CHECK(found(p, "2026-02-01") == "2026-01-10 step_out_of_order; 2026-01-11 step_out_of_order");
    const dsg::Partner q = with_events("2026-01-10 renewal_approved; 2026-01-10 renewal_approved");
    CHECK(found(q, "2026-02-01") == "2026-01-10 renewal_outside_window");
}

TEST_CASE("findings are sorted by date, then by code") {
    const dsg::Partner p =
        with_events("2025-11-01 badge_awarded; 2025-11-10 badge_awarded; 2026-01-01 renewal_approved",
                    R"({"csp_authorizations": []})");
    CHECK(found(p, "2026-02-01") ==
          "2025-11-01 award_before_launch; 2025-11-01 award_without_capability; 2025-11-01 award_without_csat; "
          "2025-11-01 award_without_eligibility; 2025-11-01 award_without_performance; "
          "2025-11-10 award_while_held; 2026-01-01 renewal_outside_window; 2026-02-01 prerequisite_lapsed");
    // The lapse is sorted by code among the findings of its date.
    const dsg::Partner q =
        with_events("2025-12-01 badge_awarded; 2026-01-01 renewal_approved; 2026-01-01 badge_awarded",
                    R"({"csp_authorizations": []})");
    const std::string last_day = found(q, "2026-01-01");
    CHECK(last_day.substr(last_day.find("2026-01-01")) ==
          "2026-01-01 award_while_held; 2026-01-01 prerequisite_lapsed; 2026-01-01 renewal_outside_window");
}

TEST_CASE("a replay gives the state behind an assessment") {
    const dsg::Partner p = with_events(attained("2026-03-02") + "2027-02-10 renewal_approved");
    const dsg::History history = dsg::replay(p, day("2027-02-10"), dsg::builtin_rules());
    REQUIRE(history.term.record());
    CHECK(str(history.term.record()->attained_on) == "2026-03-02");
    CHECK(str(history.term.record()->first_awarded_on) == "2026-03-02");
    CHECK(str(history.term.record()->decided_on) == "2027-02-10");
    CHECK(str(history.term.record()->anniversary.origin) == "2026-03-02");
    CHECK(history.term.record()->anniversary.count == 2);
    CHECK(str(history.term.record()->anniversary.day) == "2028-03-02");
    CHECK_FALSE(history.attempt.is_open());
    CHECK(str(history.attempt.case_rate_on) == "2026-03-02");
    CHECK(str(history.passes.counting(dsg::Evaluation::csat, dsg::builtin_rules())->passed_on) == "2026-03-02");
    CHECK(history.findings.contains(dsg::FindingCode::renewal_unready));
}

TEST_CASE("the findings of the replay are those of the assessment except the lapse") {
    const dsg::Partner lapsed =
        with_events("2026-03-02 badge_awarded; 2026-03-02 badge_awarded; 2026-04-01 renewal_approved",
                    R"({"support_contracts": []})");
    const dsg::Day on = day("2026-09-15");
    std::vector<dsg::Finding> all = dsg::findings(lapsed, on, dsg::builtin_rules());
    REQUIRE(all.back() == dsg::Finding{on, dsg::FindingCode::prerequisite_lapsed});
    all.pop_back();
    std::vector<dsg::Finding> raised;
    const dsg::PartnerView view = lapsed.view();
    dsg::Replay(view, dsg::builtin_rules()).advance(on, &raised);
    std::ranges::sort(raised);
    CHECK(raised == all);
    CHECK(all.size() == 6);
}

TEST_CASE("a replay without findings raises none") {
    const dsg::Partner p =
        with_events("2026-03-02 badge_awarded; 2026-03-02 badge_awarded; 2026-04-01 renewal_approved");
    const dsg::PartnerView view = p.view();
    dsg::Replay blind(view, dsg::builtin_rules(), false);
    const dsg::History& history = blind.advance(day("2026-09-15"));
    CHECK(history.findings.empty());
    CHECK(history.finding_count == 0);
    CHECK(str(history.term.record()->attained_on) == "2026-03-02");
}
