#include "support.hpp"

using namespace support;
using dsg::Offer;

namespace {

std::string dates(const dsg::Rules& rules, Offer offer) {
    const dsg::Availability& a = rules.availability[offer];
    return str(a.not_before) + ' ' + str(a.announced_by) + ' ' + str(a.available_from);
}

}  // namespace

TEST_CASE("a policy overrides members of an availability, null included", "[SSD-A]") {
    struct Row {
        const char* availability;
        const char* unified;
        const char* elevated;
    };
    constexpr const char* edition = "2026-07-01 2027-06-30 null";
    const Row rows[] = {
        {"{}", edition, edition},
        {R"({"unified_for_partners": {}})", edition, edition},
        {R"({"unified_for_partners": {"available_from": "2027-03-01"}})", "2026-07-01 2027-06-30 2027-03-01",
         "2026-07-01 2027-06-30 2027-03-01"},  // the bundled benefits follow
        {R"({"unified_for_partners": {"not_before": null}})", "null 2027-06-30 null", "null 2027-06-30 null"},
        {R"({"unified_for_partners": {"announced_by": null}})", "2026-07-01 null null", "2026-07-01 null null"},
        {R"({"unified_for_partners": {"available_from": "2027-03-01"}, "elevated_support": {}})",
         "2026-07-01 2027-06-30 2027-03-01", edition},  // an empty key of its own counts as having it
        {R"({"unified_for_partners": {"available_from": "2027-03-01"}, "elevated_support": null})",
         "2026-07-01 2027-06-30 2027-03-01", "2026-07-01 2027-06-30 2027-03-01"},  // null is no key
        {R"({"elevated_support": {"available_from": "2027-05-01"}})", edition, "2026-07-01 2027-06-30 2027-05-01"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.availability);
        const dsg::Rules under = rules(std::string(R"({"availability": )") + row.availability + '}');
        CHECK(dates(under, Offer::unified_for_partners) == row.unified);
        CHECK(dates(under, Offer::elevated_support) == row.elevated);
        CHECK(dates(under, Offer::badge) == "2025-11-18 null 2025-11-18");
    }
}

TEST_CASE("a policy adds amounts to the edition's schedule, each from its date on", "[SSD-F1][SSD-F3]") {
    const auto schedule = [](const char* fees) {
        std::string text;
        const dsg::Rules under = rules(std::string(R"({"fees": {"csat": )") + fees + "}}");
        for (const dsg::FeeFrom& fee : under.fees[dsg::Evaluation::csat]) {
            text += str(fee.from) + '=' + str(fee.amount) + ' ';
        }
        return text;
    };
    CHECK(schedule("[]") == "1900-01-01=500 ");
    CHECK(schedule(R"([{"from": "2027-01-01", "amount": 550}])") == "1900-01-01=500 2027-01-01=550 ");
    CHECK(schedule(R"([{"from": "2028-01-01", "amount": 600}, {"from": "2027-01-01", "amount": 550}])") ==
          "1900-01-01=500 2027-01-01=550 2028-01-01=600 ");
    CHECK(schedule(R"([{"from": "1900-01-01", "amount": 0}])") == "1900-01-01=0 ");
}

TEST_CASE("a policy that a program built is validated against the rulebook") {
    const auto book = dsg::builtin_rulebook("2025-11");
    dsg::Policy policy;
    CHECK(dsg::validate(policy, *book).empty());
    policy.edition = "2026-04";
    policy.availability[Offer::badge].emplace().announced_by = day("2025-11-17");
    CHECK(problems([&] { dsg::compile(book, policy); }) ==
          Problems{"0:0 /edition edition", "0:0 /availability/badge order"});
    CHECK(problems([&] { dsg::make_rules(book, policy); }).size() == 2);
    policy = {};
    policy.edition = "2019-01";
    CHECK(problems([&] { dsg::make_rules(policy); }) == Problems{"0:0 /edition unknown_value"});
    CHECK_THROWS_AS(dsg::make_rules(nullptr), std::invalid_argument);
}

TEST_CASE("an announcement may begin and end on one day") {
    const auto misfits = [](const char* by) {
        dsg::Policy policy;
        policy.availability[Offer::badge].emplace().announced_by = day(by);
        return dsg::validate(policy, *dsg::builtin_rulebook("2025-11")).size();
    };
    CHECK(misfits("2025-11-17") == 1);  // the day before not_before
    CHECK(misfits("2025-11-18") == 0);  // the day
    CHECK(misfits("2025-11-19") == 0);  // the day after
}

TEST_CASE("overrides of a bundle are validated with its members and reported once") {
    const auto problems_of = [](const dsg::Rulebook& book) {
        dsg::Policy policy;
        policy.availability[Offer::unified_for_partners].emplace().announced_by = day("2026-08-01");
        return dsg::validate(policy, book).size();
    };
    dsg::Rulebook book = *dsg::builtin_rulebook("2025-11");
    CHECK(problems_of(book) == 0);
    book.parameters.availability[Offer::elevated_support].not_before = day("2026-09-01");
    CHECK(problems_of(book) == 1);
    book.parameters.availability[Offer::performance_credits].not_before = day("2026-09-01");
    CHECK(problems_of(book) == 1);
    book.parameters.availability[Offer::unified_for_partners].not_before = day("2026-09-01");
    CHECK(problems_of(book) == 1);
}
