#include <designation/deciding.hpp>

#include "support.hpp"

using namespace support;

namespace {

std::string text(const dsg::DecidedValue& value) {
    return std::visit(
        []<class T>(const T& one) -> std::string {
            if constexpr (std::is_same_v<T, std::monostate>)
                return "null";
            else if constexpr (std::is_same_v<T, bool>)
                return one ? "true" : "false";
            else
                return str(one);
        },
        value);
}

std::string decided(const dsg::Partner& of, std::string_view as_of, const dsg::Rules& under = dsg::builtin_rules()) {
    std::string list;
    for (const dsg::Deciding& one : dsg::deciding(of, day(as_of), under)) {
        list += (list.empty() ? "" : "; ") + str(one.interpretation) + ' ' + std::string(one.reading) + '/' +
                std::string(one.other) + ' ' + str(one.on) + ' ' + std::string(one.path) + ' ' + text(one.value) + '/' +
                text(one.other_value);
    }
    return list;
}

const std::string always = "after_anniversary lapsed/in_force 2026-11-28 /deadline 2027-04-20/2027-05-20";

}  // namespace

TEST_CASE("the reading of a lapsed prerequisite decides from the day on which the contract has ended") {
    const dsg::Partner p =
        with_events(attained("2026-04-20"),
                    R"({"support_contracts": [{"type": "psfp", "from": "2025-01-01", "through": "2026-12-31"}]})");
    CHECK(decided(p, "2026-11-28") == always + "; prerequisite_lapse flag/suspend 2027-01-01 /term/in_force met/unmet");
    CHECK(decided(p, "2026-11-28", reading("prerequisite_lapse", "suspend")) ==
          always + "; prerequisite_lapse suspend/flag 2027-01-01 /term/in_force unmet/met");
}

TEST_CASE("a leap day and facts of the future decide, and each interpretation is listed once by day and name") {
    const dsg::Partner leap = with_events(attained("2028-02-29"));
    CHECK(decided(leap, "2028-03-01") ==
          "after_anniversary lapsed/in_force 2028-03-01 /deadline 2029-02-28/2029-03-30; "
          "leap_day clamp/roll_forward 2028-03-01 /deadline 2029-02-28/2029-03-01");
    const dsg::Partner renewed =
        with_events(attained("2026-04-20") + passes("2027-04-01") + "2027-04-10 renewal_approved");
    CHECK(decided(renewed, "2026-11-28") ==
          always + "; renewal_anchor anniversary/decision 2027-04-10 /deadline 2028-04-20/2028-04-10");
}

TEST_CASE("a pilot contract decides whether the designation is at risk") {
    const dsg::Partner p =
        with_events(attained("2026-04-20"), R"({"support_contracts": [{"type": "ufp", "from": "2026-04-01"}]})");
    CHECK(decided(p, "2026-06-30", edition("2026-09")) ==
          "after_anniversary lapsed/in_force 2026-06-30 /deadline 2027-04-20/2027-05-20; "
          "pilot_contract not_counted/counted 2026-06-30 /term/at_risk true/false; "
          "prerequisite_lapse flag/suspend 2026-06-30 /term/in_force met/unmet");
}

TEST_CASE("one day is enough if the designation is not held, and nothing is decided if the events are unknown") {
    CHECK(decided(with_events(""), "2026-11-28").empty());
    CHECK(decided(dsg::parse_partner(R"({"id": "p"})"), "2026-11-28").empty());
    // Expired under one reading, held under the other.
    CHECK(decided(with_events(attained("2026-03-02") + "2027-04-02 renewal_approved"), "2027-04-05") ==
          "after_anniversary lapsed/in_force 2027-04-05 /deadline 2028-03-02/2028-04-01; "
          "late_renewal stands/ignored 2027-04-05 /term/status active/expired; "
          "renewal_anchor anniversary/decision 2027-04-05 /deadline 2028-03-02/2028-04-02");
}
