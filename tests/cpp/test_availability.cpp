#include "designation/availability.hpp"
#include "support.hpp"

using namespace support;
using dsg::Offer;

TEST_CASE("three dates decide whether an announced offer is available, presumed or unconfirmed", "[SSD-A]") {
    struct Row {
        const char* members;
        const char* on;
        const char* presumed;
        const char* unconfirmed;
    };
    constexpr const char* announced = R"({"not_before": "2026-07-01", "announced_by": "2027-06-30"})";
    constexpr const char* known = R"({"available_from": "2027-03-01"})";
    constexpr const char* by_only = R"({"not_before": null, "announced_by": "2027-06-30"})";
    constexpr const char* before_only = R"({"not_before": "2026-07-01", "announced_by": null})";
    constexpr const char* nothing = R"({"not_before": null, "announced_by": null, "available_from": null})";
    constexpr const char* leap = R"({"not_before": "2028-02-29", "announced_by": "2028-02-29"})";
    const Row rows[] = {
        {announced, "2026-06-30", "unmet", "unmet"},        // the day before not_before
        {announced, "2026-07-01", "unknown", "unknown"},    // not_before
        {announced, "2027-06-30", "unknown", "unknown"},    // announced_by
        {announced, "2027-07-01", "met", "unknown"},        // the day after announced_by
        {known, "2026-06-30", "unmet", "unmet"},            // a known day wins over not_before
        {known, "2027-02-28", "unmet", "unmet"},            // the day before available_from
        {known, "2027-03-01", "met", "met"},                // available_from
        {known, "2027-07-01", "met", "met"},                // a known day wins over announced_by
        {by_only, "1900-01-01", "unknown", "unknown"},      // no not_before: never unmet
        {by_only, "2027-07-01", "met", "unknown"},          // the day after announced_by
        {before_only, "2026-06-30", "unmet", "unmet"},      // the day before not_before
        {before_only, "2199-12-31", "unknown", "unknown"},  // no announced_by: never met
        {nothing, "1900-01-01", "unknown", "unknown"},      // nothing is known
        {nothing, "2199-12-31", "unknown", "unknown"},      // nothing is known
        {leap, "2028-02-28", "unmet", "unmet"},             // the day before a leap day
        {leap, "2028-02-29", "unknown", "unknown"},         // the leap day
        {leap, "2028-03-01", "met", "unknown"},             // the day after
    };
    for (const Row& row : rows) {
        CAPTURE(row.members, row.on);
        const json policy = {{"availability", {{"unified_for_partners", json::parse(row.members)}}}};
        const dsg::Rules presumed = rules(policy.dump());
        json other = policy;
        other["interpretations"]["announcement"] = "unconfirmed";
        const dsg::Rules unconfirmed = rules(other.dump());
        for (const Offer offer : {Offer::unified_for_partners, Offer::elevated_support, Offer::performance_credits}) {
            CHECK(str(dsg::available(offer, day(row.on), presumed)) == row.presumed);
            CHECK(str(dsg::available(offer, day(row.on), unconfirmed)) == row.unconfirmed);
        }
    }
}

TEST_CASE("the editions have the dates of their announcements", "[SSD-A]") {
    struct Row {
        Offer offer;
        const char* on;
        const char* first;   ///< edition 2025-11
        const char* second;  ///< edition 2026-04
    };
    const Row rows[] = {
        {Offer::badge, "2025-11-17", "unmet", "unmet"},                       // the day before Ignite opened
        {Offer::badge, "2025-11-18", "met", "met"},                           // the day on which it opened
        {Offer::badge, "2025-11-19", "met", "met"},                           // the day after
        {Offer::marketplace_visibility, "2025-12-31", "unmet", "unmet"},      // before 2026
        {Offer::marketplace_visibility, "2026-01-01", "unknown", "unknown"},  // early 2026 begins
        {Offer::marketplace_visibility, "2026-06-30", "unknown", "unknown"},  // early 2026 ends
        {Offer::marketplace_visibility, "2026-07-01", "met", "met"},          // its time has passed
        {Offer::unified_for_partners, "2026-06-30", "unmet", "unmet"},        // the day before FY27
        {Offer::unified_for_partners, "2026-07-01", "unknown", "unmet"},      // FY27
        {Offer::unified_for_partners, "2026-12-31", "unknown", "unmet"},      // the day before H2 FY27
        {Offer::unified_for_partners, "2027-01-01", "unknown", "unknown"},    // H2 FY27
        {Offer::unified_for_partners, "2027-06-30", "unknown", "unknown"},    // the last day of FY27
        {Offer::unified_for_partners, "2027-07-01", "met", "met"},            // its time has passed
        {Offer::elevated_support, "2026-12-31", "unknown", "unmet"},          // bundled with it
        {Offer::elevated_support, "2027-07-01", "met", "met"},
        {Offer::performance_credits, "2026-12-31", "unknown", "unmet"},
        {Offer::performance_credits, "2027-07-01", "met", "met"},
    };
    const dsg::Rules second = edition("2026-04");
    for (const Row& row : rows) {
        CAPTURE(str(row.offer), row.on);
        CHECK(str(dsg::available(row.offer, day(row.on), dsg::builtin_rules())) == row.first);
        CHECK(str(dsg::available(row.offer, day(row.on), second)) == row.second);
    }
}
