#include "support.hpp"

using namespace support;
using dsg::Benefit;

namespace {

std::string benefit(const dsg::Partner& partner, Benefit which, std::string_view as_of,
                    const dsg::Rules& under = dsg::builtin_rules()) {
    return str(assess_on(partner, as_of, under).benefits[which]);
}

/// Return a member of the document: Premier contracts, each from a date on.
std::string premier(const std::vector<std::string>& from) {
    json contracts = json::array();
    for (const auto& each : from) contracts.push_back({{"type", "psfp"}, {"from", each}});
    return json{{"support_contracts", contracts}}.dump();
}

}  // namespace

TEST_CASE("badge and Marketplace visibility need the designation in force and the offer available",
          "[SSD-B1][SSD-B2]") {
    struct Row {
        const char* as_of;
        const char* badge;
        const char* visibility;
    };
    const dsg::Partner p = with_events(attained("2025-11-10") + passes("2026-11-01") + "2026-11-01 renewal_approved");
    const Row rows[] = {
        {"2025-11-09", "unmet", "unmet"},  // the day before the award
        {"2025-11-10", "unmet", "unmet"},  // awarded before the launch
        {"2025-11-17", "unmet", "unmet"},  // the day before the launch
        {"2025-11-18", "met", "unmet"},    // the launch
        {"2025-12-31", "met", "unmet"},    // the day before early 2026
        {"2026-01-01", "met", "unknown"},  // early 2026
        {"2026-06-30", "met", "unknown"},  // its last day
        {"2026-07-01", "met", "met"},      // its time has passed
        {"2027-11-09", "met", "met"},      // the last day of the second year
        {"2027-11-10", "unmet", "unmet"},  // the anniversary
    };
    for (const Row& row : rows) {
        CAPTURE(row.as_of);
        CHECK(benefit(p, Benefit::badge, row.as_of) == row.badge);
        CHECK(benefit(p, Benefit::marketplace_visibility, row.as_of) == row.visibility);
    }
}

TEST_CASE("elevated support and credits need a Unified contract in force as well", "[SSD-B3][SSD-B4]") {
    struct Row {
        const char* contracts;
        const char* as_of;
        const char* verdict;
    };
    constexpr const char* ufp =
        R"([{"type": "asfp", "from": "2020-01-01"}, {"type": "ufp", "from": "2026-06-30", "through": "2027-07-31"}])";
    const Row rows[] = {
        {ufp, "2026-06-29", "unmet"},                                            // no such contract yet
        {ufp, "2026-06-30", "unmet"},                                            // not before its time
        {ufp, "2026-07-01", "unknown"},                                          // its time
        {ufp, "2027-06-30", "unknown"},                                          // its last day
        {ufp, "2027-07-01", "met"},                                              // its time has passed
        {ufp, "2027-07-31", "met"},                                              // the contract's last day
        {ufp, "2027-08-01", "unmet"},                                            // the day after
        {R"([{"type": "asfp", "from": "2020-01-01"}])", "2027-07-15", "unmet"},  // another contract
        {R"([{"type": "psfp", "from": "2020-01-01"}])", "2027-07-15", "unmet"},  // another contract
        {"null", "2027-07-15", "unknown"},                                       // nobody said
        {"null", "2026-06-30", "unmet"},                                         // nobody said, and it is not there
    };
    for (const Row& row : rows) {
        CAPTURE(row.contracts, row.as_of);
        const dsg::Partner p =
            with_events(attained("2026-05-01") + passes("2027-04-15") + "2027-04-15 renewal_approved",
                        std::string(R"({"support_contracts": )") + row.contracts + '}');
        CHECK(benefit(p, Benefit::elevated_support, row.as_of) == row.verdict);
        CHECK(benefit(p, Benefit::performance_credits, row.as_of) == row.verdict);
    }
}

TEST_CASE("a benefit is unmet without the designation and unknown if in_force is unknown",
          "[SSD-B1][SSD-B2][SSD-B3][SSD-B4][SSD-B5]") {
    for (const std::string_view word : dsg::enum_names<Benefit>) {
        const Benefit which = *dsg::from_name<Benefit>(word);
        CAPTURE(word);
        CHECK(benefit(with_events(""), which, "2027-07-15") == "unmet");
        CHECK(benefit(with(R"({"events": null, "support_contracts": [{"type": "ufp", "from": "2020-01-01"},
                                                                    {"type": "psfp", "from": "2020-01-01"}]})"),
                      which, "2027-07-15") == "unknown");
    }
}

TEST_CASE("the early adoption discount is open until a Premier contract is renewed after the first award", "[SSD-B5]") {
    const std::string record = attained("2026-03-02");
    struct Row {
        std::vector<std::string> premier_from;
        const char* as_of;
        const char* verdict;
    };
    const Row rows[] = {
        {{}, "2026-06-01", "unmet"},                              // no Premier contract
        {{"2025-01-01"}, "2026-03-01", "unmet"},                  // not in force before the award
        {{"2025-01-01"}, "2026-03-02", "unknown"},                // places are limited
        {{"2026-06-01"}, "2026-05-31", "unmet"},                  // the day before the first contract
        {{"2026-06-01"}, "2026-06-01", "unknown"},                // a first contract is no renewal
        {{"2025-01-01", "2026-03-01"}, "2026-06-01", "unknown"},  // renewed the day before the award
        {{"2025-01-01", "2026-03-02"}, "2026-06-01", "unknown"},  // renewed on the day of the award
        {{"2025-01-01", "2026-03-03"}, "2026-03-02", "unknown"},  // the day before the renewal
        {{"2025-01-01", "2026-03-03"}, "2026-03-03", "unmet"},    // renewed the day after the award
        {{"2026-03-03", "2025-01-01"}, "2026-03-03", "unmet"},    // in any order
        {{"2026-06-01", "2026-06-01"}, "2026-06-01", "unknown"},  // begun together: neither is a renewal
        {{"2026-06-01", "2026-06-02"}, "2026-06-01", "unknown"},  // the day before the second
        {{"2026-06-01", "2026-06-02"}, "2026-06-02", "unmet"},    // the second renews the first
    };
    for (const Row& row : rows) {
        CAPTURE(str(row.premier_from.size() > 0 ? day(row.premier_from.front()) : dsg::Day{}), row.as_of);
        const dsg::Partner p = with_events(record, premier(row.premier_from));
        CHECK(benefit(p, Benefit::early_adoption_discount, row.as_of) == row.verdict);
    }
    // The first award that counted decides, not that of a later term.
    const dsg::Partner again = with_events(record + attained("2028-06-01"), premier({"2025-01-01", "2026-06-01"}));
    CHECK(benefit(again, Benefit::early_adoption_discount, "2028-06-01") == "unmet");
    // Other contracts do not renew the Premier contract.
    const dsg::Partner other = with_events(record, R"({"support_contracts": [
        {"type": "psfp", "from": "2025-01-01"}, {"type": "asfp", "from": "2026-06-01"}]})");
    CHECK(benefit(other, Benefit::early_adoption_discount, "2026-06-01") == "unknown");
}

TEST_CASE("the discount is unknown if an award may have come before the renewal", "[SSD-B5]") {
    const dsg::Rules& rules = dsg::builtin_rules();
    const auto discount = [&](const dsg::Partner& p, std::optional<dsg::Day> awarded, bool events_known) {
        dsg::TermState state;
        if (awarded) state.award(*awarded, rules);
        return str(dsg::benefits(p, dsg::kinds_in_force(p, day("2026-06-01")), dsg::Verdict::met,
                                 events_known ? &state : nullptr, day("2026-06-01"),
                                 rules)[Benefit::early_adoption_discount]);
    };
    const dsg::Partner renewed = with(premier({"2025-01-01", "2026-05-01"}));
    CHECK(discount(renewed, std::nullopt, true) == "unknown");  // no award: the next renewal is ahead
    CHECK(discount(renewed, day("2026-04-30"), true) == "unmet");
    CHECK(discount(renewed, std::nullopt, false) == "unknown");
    json nothing_known = json::parse(premier({"2025-01-01", "2026-05-01"}));
    nothing_known["events"] = nullptr;
    const dsg::Partner unknown = with(nothing_known.dump());
    CHECK(benefit(unknown, Benefit::early_adoption_discount, "2026-06-01") == "unknown");
    CHECK(discount(with(R"({"support_contracts": null})"), day("2026-04-30"), true) == "unknown");
    const dsg::Partner no_list = with(R"({"support_contracts": null})");
    for (const dsg::Partner* p : {&no_list, &renewed}) {
        CHECK(dsg::next_renewal_is_ahead(*p, dsg::ContractType::psfp, nullptr, day("2026-06-01")) ==
              dsg::Verdict::unknown);
    }
    CHECK(discount(with(R"({"support_contracts": []})"), day("2026-04-30"), true) == "unmet");
}

TEST_CASE("the discount is a share of the latest Premier contract in force", "[SSD-B5]") {
    struct Row {
        const char* contracts;
        const char* amount;
    };
    const Row rows[] = {
        {"null", "null"},
        {"[]", "null"},
        {R"([{"type": "psfp", "from": "2026-01-01"}])", "null"},  // it states no value
        {R"([{"type": "asfp", "from": "2026-01-01", "annual_value": {"amount": 1000, "currency": "USD"}}])", "null"},
        {R"([{"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 1000, "currency": "USD"}}])", "50"},
        {R"([{"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 1000.10, "currency": "USD"}}])",
         "50"},  // 50.005: a half, to the even 50.00
        {R"([{"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 1000.30, "currency": "USD"}}])",
         "50.02"},  // 50.015: a half, to the even 50.02
        {R"([{"type": "psfp", "from": "2026-01-02", "annual_value": {"amount": 1000, "currency": "USD"}},
             {"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 3000, "currency": "USD"}}])",
         "50"},
        {R"([{"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 1000, "currency": "USD"}},
             {"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 3000, "currency": "USD"}}])",
         "150"},
        {R"([{"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 1000, "currency": "USD"}},
             {"type": "psfp", "from": "2026-02-01", "through": "2026-05-31",
              "annual_value": {"amount": 3000, "currency": "USD"}}])",
         "50"},  // the later one has ended
    };
    for (const Row& row : rows) {
        CAPTURE(row.contracts);
        const dsg::Partner p = with(std::string(R"({"support_contracts": )") + row.contracts + '}');
        const auto money = dsg::early_adoption_discount(p, day("2026-06-01"), dsg::builtin_rules());
        CHECK((money ? str(money->amount) : "null") == row.amount);
    }
}

TEST_CASE("the discount's amount is shown unless the benefit is unmet", "[SSD-B5]") {
    const std::string contract =
        R"({"support_contracts": [{"type": "psfp", "from": "2025-01-01",
                                   "annual_value": {"amount": 1010, "currency": "JPY"}}]})";
    const json shown = {{"amount", 50}, {"currency", "JPY"}};
    const dsg::Partner held = with_events(attained("2026-03-02"), contract);
    CHECK(answer(held, "2026-03-02")["amounts"]["early_adoption_discount"] == shown);
    CHECK(answer(held, "2026-03-01")["amounts"]["early_adoption_discount"] == nullptr);
    CHECK(answer(held, "2027-04-02")["amounts"]["early_adoption_discount"] == nullptr);
}
