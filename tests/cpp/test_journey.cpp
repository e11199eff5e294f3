#include "support.hpp"

using namespace support;

namespace {

struct ExpectedJourney {
    const char* as_of;
    const char* step;
    const char* waiting_on;
    const char* completed;
};

void hold(const dsg::Partner& partner, const std::vector<ExpectedJourney>& rows,
          const dsg::Rules& under = dsg::builtin_rules()) {
    for (const ExpectedJourney& row : rows) {
        CAPTURE(row.as_of);
        const dsg::Journey journey = assess_on(partner, row.as_of, under).journey;
        CHECK(str(journey.step) == row.step);
        CHECK(str(journey.waiting_on) == row.waiting_on);
        CHECK(str(journey.completed) == row.completed);
    }
}

constexpr const char* six_steps = "register_interest eligibility_validation capability performance csat award";

}  // namespace

TEST_CASE("the six steps of the first edition are completed one by one", "[SSD-J2][SSD-J3]") {
    const dsg::Partner p = with_events(
        "2025-12-01 interest_registered; 2025-12-15 eligibility_decided eligible;"
        "2026-01-20 capability_evaluated pass; 2026-02-01 case_volume_validated; 2026-02-10 case_rate_determined pass;"
        "2026-02-25 csat_evaluated pass; 2026-03-02 badge_awarded");
    hold(p,
         {
             {"2025-11-30", "register_interest", "partner", ""},                          // the day before it begins
             {"2025-12-01", "eligibility_validation", "microsoft", "register_interest"},  // registered
             {"2025-12-14", "eligibility_validation", "microsoft", "register_interest"},  // the day before the decision
             {"2025-12-15", "capability", "issi", "register_interest eligibility_validation"},
             {"2026-01-20", "performance", "issi", "register_interest eligibility_validation capability"},
             {"2026-01-31", "performance", "issi", "register_interest eligibility_validation capability"},
             {"2026-02-01", "performance", "microsoft", "register_interest eligibility_validation capability"},
             {"2026-02-10", "csat", "issi", "register_interest eligibility_validation capability performance"},
             {"2026-02-25", "award", "microsoft",
              "register_interest eligibility_validation capability performance csat"},
             {"2026-03-02", "null", "null", six_steps},                     // awarded
             {"2027-04-01", "null", "null", six_steps},                     // the last day on which it is held
             {"2027-04-02", "register_interest", "partner", "capability"},  // expired: a new attempt is needed
         });
}

TEST_CASE("the five steps of the later edition have their own order", "[SSD-J2][SSD-J3]") {
    const dsg::Partner p = with_events(
        "2026-05-01 interest_registered; 2026-05-10 case_volume_validated; 2026-05-20 case_rate_determined pass;"
        "2026-06-01 csat_evaluated pass; 2026-06-10 capability_evaluated pass; 2026-06-20 badge_awarded");
    hold(p,
         {
             {"2026-04-30", "register_interest", "partner", ""},
             {"2026-05-01", "performance", "issi", "register_interest"},
             {"2026-05-10", "performance", "microsoft", "register_interest"},
             {"2026-05-20", "csat", "issi", "register_interest performance"},
             {"2026-06-01", "capability", "issi", "register_interest performance csat"},
             {"2026-06-10", "award", "microsoft", "register_interest performance csat capability"},
             {"2026-06-20", "null", "null", "register_interest performance csat capability award"},
         },
         edition("2026-04"));
}

TEST_CASE("an attempt starts only if no term runs and no attempt is open", "[SSD-J1]") {
    // Attained on 2026-03-02: the anniversary is 2027-03-02, the window closes on 2027-04-01.
    struct Case {
        const char* registered_on;
        const char* step;  ///< on 2027-04-02, when it has expired
    };
    for (const auto& [registered_on, step] : {
             Case{"2026-03-02", "register_interest"},       // on the day of the award, before it: that attempt ended
             Case{"2026-03-03", "register_interest"},       // while the term runs
             Case{"2027-03-01", "register_interest"},       // A - 1
             Case{"2027-03-02", "eligibility_validation"},  // A
             Case{"2027-04-01", "eligibility_validation"},  // A + 30
             Case{"2027-04-02", "eligibility_validation"},  // A + 31
         }) {
        CAPTURE(registered_on);
        const dsg::Partner p = with_events(attained("2026-03-02") + registered_on + " interest_registered");
        CHECK(str(assess_on(p, "2027-04-02").journey.step) == step);
    }
    // Registering again does not restart an open attempt: its decisions stay.
    const dsg::Partner twice = with_events(
        "2026-01-01 interest_registered; 2026-01-02 eligibility_decided eligible; 2026-01-05 interest_registered");
    CHECK(str(assess_on(twice, "2026-01-05").journey.step) == "capability");
}

TEST_CASE("an award or renewal ends the attempt only if it counts", "[SSD-J1]") {
    const std::string overdue = attained("2026-03-02") + "2027-03-10 interest_registered;";
    // A late renewal that counts.
    hold(with_events(overdue + "2027-04-19 renewal_approved"),
         {{"2027-04-18", "eligibility_validation", "microsoft", "register_interest capability"},
          {"2027-04-19", "null", "null", six_steps},
          {"2028-04-02", "register_interest", "partner", ""}});
    // A renewal that does not count.
    const dsg::Rules ignored = reading("late_renewal", "ignored");
    hold(with_events(overdue + "2027-04-19 renewal_approved"),
         {{"2027-04-19", "eligibility_validation", "microsoft", "register_interest capability"}}, ignored);
    // An award that counts.
    hold(with_events(overdue + "2027-04-19 badge_awarded"),
         {{"2027-04-19", "null", "null", six_steps}, {"2028-05-20", "register_interest", "partner", ""}});
}

TEST_CASE("an eligibility decision counts in an attempt from the date of its start", "[SSD-J2]") {
    struct Case {
        const char* events;
        const char* step;
        const char* waiting_on;
    };
    const Case cases[] = {
        {"2025-11-30 eligibility_decided eligible", "eligibility_validation", "microsoft"},    // the day before
        {"2025-12-01 eligibility_decided eligible", "capability", "issi"},                     // the day of the start
        {"2025-12-02 eligibility_decided eligible", "capability", "issi"},                     // the day after
        {"2025-11-30 eligibility_decided ineligible", "eligibility_validation", "microsoft"},  // before it: no answer
        {"2025-12-01 eligibility_decided ineligible", "eligibility_validation", "partner"},  // it is the partner's turn
        {"2025-12-02 eligibility_decided ineligible; 2025-12-03 eligibility_decided eligible", "capability", "issi"},
        {"2025-12-02 eligibility_decided eligible; 2025-12-03 eligibility_decided ineligible", "eligibility_validation",
         "partner"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.events);
        const dsg::Partner p = with_events(std::string("2025-12-01 interest_registered;") + c.events);
        const dsg::Journey journey = assess_on(p, "2025-12-31").journey;
        CHECK(str(journey.step) == c.step);
        CHECK(str(journey.waiting_on) == c.waiting_on);
    }
}

TEST_CASE("performance waits on Microsoft once ISSI validated the volume in the attempt", "[SSD-J3]") {
    struct Case {
        const char* events;
        const char* waiting_on;
    };
    const Case cases[] = {
        {"", "issi"},
        {"2026-01-09 case_volume_validated", "issi"},                                        // the day before the start
        {"2026-01-10 case_volume_validated", "microsoft"},                                   // the day of the start
        {"2026-01-11 case_volume_validated", "microsoft"},                                   // the day after
        {"2026-01-11 case_volume_validated; 2026-01-12 case_rate_determined fail", "issi"},  // determined: failed
        {"2026-01-11 case_rate_determined fail; 2026-01-11 case_volume_validated", "issi"},  // on one day: volume first
        {"2026-01-11 case_rate_determined fail; 2026-01-12 case_volume_validated", "microsoft"},
        {"2026-01-11 case_volume_validated; 2026-01-12 case_rate_determined fail; 2026-01-13 case_volume_validated",
         "microsoft"},
        {"2026-01-09 case_rate_determined fail; 2026-01-10 case_volume_validated", "microsoft"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.events);
        const dsg::Partner p =
            with_events(std::string("2026-01-10 interest_registered; 2026-01-10 eligibility_decided eligible;"
                                    "2026-01-10 capability_evaluated pass;") +
                        c.events);
        const dsg::Journey journey = assess_on(p, "2026-01-31").journey;
        CHECK(str(journey.step) == "performance");
        CHECK(str(journey.waiting_on) == c.waiting_on);
    }
    // No attempt is open: the first step comes first.
    CHECK(str(assess_on(with_events("2026-01-10 case_volume_validated"), "2026-01-31").journey.waiting_on) ==
          "partner");
}

TEST_CASE("a step is completed while its pass is in force", "[SSD-J2]") {
    const dsg::Partner p = with_events(
        "2026-01-01 interest_registered; 2026-01-01 eligibility_decided eligible;"
        "2026-01-10 csat_evaluated pass; 2026-01-10 capability_evaluated pass; 2026-01-10 case_rate_determined pass");
    hold(p,
         {{"2027-01-09", "award", "microsoft", "register_interest eligibility_validation capability performance csat"},
          {"2027-01-10", "performance", "issi", "register_interest eligibility_validation capability"},
          {"2028-01-09", "performance", "issi", "register_interest eligibility_validation capability"},
          {"2028-01-10", "capability", "issi", "register_interest eligibility_validation"}});
}

TEST_CASE("there is no step if the events are unknown", "[SSD-J3]") {
    hold(with(R"({"events": null})"), {{"2026-01-01", "null", "null", ""}});
}

TEST_CASE("rules that a program built have a journey") {
    dsg::Rules rules = dsg::builtin_rules();
    CHECK(dsg::journey(dsg::Status::unknown, {}, {}, day("2026-01-01"), rules) == dsg::Journey{});
    // Only two steps can pass to a second actor.
    rules.steps[0].then = dsg::Actor::issi;
    CHECK(str(assess_on(with_events(""), "2026-01-01", rules).journey.waiting_on) == "partner");
    // Without an attempt, nothing waits on Microsoft.
    rules.steps = {{dsg::Step::performance, dsg::Actor::issi, dsg::Actor::microsoft}};
    const dsg::Partner validated = with_events("2026-01-01 case_volume_validated");
    CHECK(str(assess_on(validated, "2026-01-01", rules).journey.waiting_on) == "issi");
}
