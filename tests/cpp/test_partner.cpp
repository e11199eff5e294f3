#include <limits>

#include "support.hpp"

using namespace support;

namespace {

dsg::PartnerRecord record_of(const std::string& members = "{}") { return with(members).record(); }

Problems problems_of(dsg::PartnerRecord record) {
    return problems([&] { dsg::Partner{std::move(record)}; });
}

Problems problems_of(dsg::EventRecord event) {
    dsg::PartnerRecord record = record_of();
    record.events = {event};
    return problems_of(std::move(record));
}

dsg::EventRecord event_of(dsg::EventType type, dsg::Outcome outcome = dsg::Outcome::none) {
    dsg::EventRecord event;
    event.on = day("2026-01-01");
    event.type = type;
    event.outcome = outcome;
    return event;
}

}  // namespace

TEST_CASE("a partner keeps its document in order and its facts in the order of the rules") {
    const dsg::Partner p = with_events("2026-02-01 badge_awarded; 2026-01-01 interest_registered");
    CHECK(p.record().events->front().type == dsg::EventType::badge_awarded);
    CHECK(p.record().events->back().position == 1);
    CHECK(p.view().events->front().type == dsg::EventType::interest_registered);
    CHECK(p.view().events->front().position == 1);
}

TEST_CASE("a copy of a partner is independent") {
    auto original = std::make_unique<dsg::Partner>(with_events(attained("2026-03-02")));
    const dsg::Partner copy = *original;
    CHECK(copy == *original);
    CHECK(copy.view().events->data() != original->view().events->data());
    const dsg::Assessment before = assess_on(*original, "2026-06-01");
    original.reset();
    CHECK(assess_on(copy, "2026-06-01") == before);
    CHECK_FALSE(copy == with_events(""));
}

TEST_CASE("everything in a document is kept and written back") {
    const std::string text = R"({
        "$schema": "partner.schema.json", "format": "designation/partner@1", "id": "contoso", "name": "Contoso",
        "notes": "all of it",
        "csp_authorizations": [{"type": "indirect_provider", "from": "2020-01-01", "through": null, "notes": "a"}],
        "support_contracts": [
            {"type": "psfp", "from": "2020-01-01", "through": "2026-12-31", "notes": "b",
             "annual_value": {"amount": 1234.5, "currency": "EUR"}}],
        "solutions_partner_designations": [{"area": "azure_data_ai", "from": "2020-01-01", "notes": "c"}],
        "events": [
            {"on": "2026-01-02", "type": "capability_evaluated", "outcome": "pass", "notes": "d", "dimensions": {
                "support_function": {"score": 1.5, "out_of": 2}, "support_staff_skills": {"score": 0, "out_of": 5},
                "support_performance_metrics": {"score": 5, "out_of": 5}}},
            {"on": "2026-01-03", "type": "case_volume_validated", "cases": 120},
            {"on": "2026-01-04", "type": "case_rate_determined", "outcome": "fail", "rate": 3.25},
            {"on": "2026-01-05", "type": "csat_evaluated", "outcome": "pass", "score": 4.5}]})";
    const dsg::Partner p = dsg::parse_partner(text);
    json expected = json::parse(text);
    expected.erase("$schema");
    expected["csp_authorizations"][0]["type"] = "distributor";
    expected["csp_authorizations"][0].erase("through");
    const json written = json::parse(dsg::to_json(p));
    CHECK(written["events"][0]["dimensions"]["support_function"]["score"] == 1.5);
    CHECK(written == expected);
    CHECK(dsg::parse_partner(dsg::to_json(p)) == p);
    CHECK(dsg::parse_partner(dsg::to_json(p, 2)) == p);
}

TEST_CASE("an absent or null member is unknown and not written") {
    for (const char* text :
         {R"({"id": "p"})", R"({"id": "p", "name": null, "csp_authorizations": null, "support_contracts": null,
                               "solutions_partner_designations": null, "events": null, "notes": null,
                               "format": null, "$schema": null})"}) {
        const dsg::Partner p = dsg::parse_partner(text);
        CHECK_FALSE(p.record().name);
        CHECK_FALSE(p.view().csp_authorizations);
        CHECK_FALSE(p.view().support_contracts);
        CHECK_FALSE(p.view().solutions_partner_designations);
        CHECK_FALSE(p.view().events);
        CHECK(dsg::to_json(p) == R"({"format":"designation/partner@1","id":"p"})");
    }
}

TEST_CASE("a partner that a program built is validated like a document") {
    dsg::PartnerRecord record = record_of();
    record.id.clear();
    CHECK(problems_of(record) == Problems{"0:0 /id range"});
    record = record_of();
    record.csp_authorizations->front().period.through = day("1900-01-01") - 1;
    CHECK(problems_of(record) ==
          Problems{"0:0 /csp_authorizations/0/through range", "0:0 /csp_authorizations/0/through order"});
    record = record_of();
    record.support_contracts->front().annual_value = dsg::Money{dsg::Amount::ten_thousandths(-1), {}};
    CHECK(problems_of(record) == Problems{"0:0 /support_contracts/0/annual_value/amount range"});
}

TEST_CASE("text that is not valid UTF-8 is refused in a partner that a program built") {
    const std::string nul("a\0b", 3);
    struct Row {
        std::string text;
        const char* code;  ///< null where it is fine
    };
    const Row rows[] = {
        {"Contoso", nullptr},
        {"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8f\x85", nullptr},  // two, three and four bytes
        {"\xed\x9f\xbf\xee\x80\x80", nullptr},                // around the surrogates
        {"\xf4\x8f\xbf\xbf", nullptr},                        // the last code point
        {nul, "nul"},
        {"\xff", "encoding"},              // no such byte
        {"\x80", "encoding"},              // a continuation without a start
        {"\xc3", "encoding"},              // a start without its continuation
        {"\xe2\x82", "encoding"},          // cut short
        {"\xc3(", "encoding"},             // continued by something else
        {"\xc0\xaf", "encoding"},          // overlong
        {"\xe0\x80\xaf", "encoding"},      // overlong
        {"\xf0\x80\x80\xaf", "encoding"},  // overlong
        {"\xed\xa0\x80", "encoding"},      // a surrogate
        {"\xf4\x90\x80\x80", "encoding"},  // beyond the last code point
        {"\xf5\x80\x80\x80", "encoding"},  // beyond it
    };
    for (const Row& row : rows) {
        CAPTURE(row.code ? row.code : "fine", row.text.size());
        const auto expected = [&row](const std::string& pointer) {
            return row.code ? Problems{"0:0 " + pointer + ' ' + row.code} : Problems{};
        };
        dsg::PartnerRecord record = record_of();
        record.id = row.text;
        CHECK(problems_of(record) == expected("/id"));
        record = record_of();
        record.name = row.text;
        CHECK(problems_of(record) == expected("/name"));
        record = record_of();
        record.notes = row.text;
        CHECK(problems_of(record) == expected("/notes"));
        record = record_of();
        record.support_contracts->front().notes = row.text;
        CHECK(problems_of(record) == expected("/support_contracts/0/notes"));
        dsg::EventRecord event = event_of(dsg::EventType::badge_awarded);
        event.notes = row.text;
        CHECK(problems_of(event) == expected("/events/0/notes"));
    }
}

TEST_CASE("a field of an event must belong to its type and lie in range", "[SSD-E1][SSD-E2][SSD-E3]") {
    using dsg::EventType;
    using dsg::Outcome;
    constexpr double infinite = std::numeric_limits<double>::infinity();
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();

    dsg::EventRecord event = event_of(EventType::badge_awarded);
    event.dimensions = dsg::Dimensions{{1, 1}, {1, 1}, {1, 1}};
    event.cases = 1;
    event.rate = 1;
    event.score = 1;
    CHECK(problems_of(event) == Problems{"0:0 /events/0/dimensions unknown_key", "0:0 /events/0/cases unknown_key",
                                         "0:0 /events/0/rate unknown_key", "0:0 /events/0/score unknown_key"});

    event = event_of(EventType::case_volume_validated);
    for (const auto& [cases, good] : {std::pair<std::int64_t, bool>{-1, false}, {0, true}, {1, true}}) {
        event.cases = cases;
        CHECK(problems_of(event).empty() == good);
    }
    event = event_of(EventType::case_rate_determined, Outcome::pass);
    for (const auto& [rate, good] :
         {std::pair{-0.001, false}, {0.0, true}, {0.001, true}, {infinite, false}, {-infinite, false}, {nan, false}}) {
        event.rate = rate;
        CAPTURE(rate);
        CHECK(problems_of(event) == (good ? Problems{} : Problems{"0:0 /events/0/rate range"}));
    }
    event = event_of(EventType::csat_evaluated, Outcome::pass);
    for (const auto& [score, good] :
         {std::pair{0.999, false}, {1.0, true}, {5.0, true}, {5.001, false}, {nan, false}}) {
        event.score = score;
        CAPTURE(score);
        CHECK(problems_of(event) == (good ? Problems{} : Problems{"0:0 /events/0/score range"}));
    }
    event = event_of(EventType::capability_evaluated, Outcome::pass);
    struct Row {
        dsg::DimensionScore score;
        const char* problem;
    };
    for (const Row& row :
         {Row{{0, 1}, ""}, Row{{1, 1}, ""}, Row{{0.5, 0.5}, ""}, Row{{-0.1, 1}, "score range"},
          Row{{1.1, 1}, "score range"}, Row{{0, 0}, "out_of range"}, Row{{0, -1}, "out_of range"},
          Row{{nan, 1}, "score range"}, Row{{1, nan}, "out_of range"}, Row{{1, infinite}, "out_of range"}}) {
        CAPTURE(row.score.score, row.score.out_of);
        event.dimensions = dsg::Dimensions{{1, 1}, row.score, {1, 1}};
        const std::string place = "0:0 /events/0/dimensions/support_staff_skills/";
        CHECK(problems_of(event) == (*row.problem ? Problems{place + row.problem} : Problems{}));
    }
}
