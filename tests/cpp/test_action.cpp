#include <designation/action.hpp>

#include "support.hpp"

using namespace support;

namespace {

std::string next(const dsg::Partner& of, std::string_view as_of, const dsg::Rules& under = dsg::builtin_rules()) {
    std::string list;
    for (const dsg::Action& action : dsg::actions(assess_on(of, as_of, under), of, under)) {
        list += (list.empty() ? "" : "; ") + str(action.rule) + ' ' + str(action.actor) + ' ' + str(action.not_before) +
                ' ' + str(action.by) + ' ' + str(action.fee);
    }
    return list;
}

std::string words(const dsg::Partner& of, std::string_view as_of, dsg::Rule rule) {
    const dsg::Rules& rules = dsg::builtin_rules();
    for (const dsg::Action& action : dsg::actions(assess_on(of, as_of), of, rules)) {
        if (action.rule == rule) return std::string(words_of(action, *rules.rulebook));
    }
    return "none";
}

}  // namespace

TEST_CASE("a new partner goes through the steps of the edition, each with its actor and fee") {
    const dsg::Partner p = with_events("");
    CHECK(next(p, "2026-01-01") ==
          "SSD-J1 partner 2026-01-01 null null; SSD-J2 microsoft 2026-01-01 null null; "
          "SSD-E1 issi 2026-01-01 null 1500; SSD-E2 issi 2026-01-01 null 1350; SSD-E3 issi 2026-01-01 null 500; "
          "SSD-T1 microsoft 2026-01-01 null null");
    CHECK(next(p, "2026-01-01", edition("2026-04")) ==
          "SSD-J1 partner 2026-01-01 null null; SSD-E2 issi 2026-01-01 null 1350; SSD-E3 issi 2026-01-01 null 500; "
          "SSD-E1 issi 2026-01-01 null 1500; SSD-T1 microsoft 2026-01-01 null null");
}

TEST_CASE("a renewal needs its evaluations and its decision between the window's opening and the anniversary") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    CHECK(next(p, "2026-03-03") ==
          "SSD-R2 issi 2026-03-03 2027-03-01 1350; SSD-R4 issi 2026-03-03 2027-03-01 500; "
          "SSD-T4 microsoft 2027-01-01 2027-03-01 null");
}

TEST_CASE("an evaluation whose pass would expire before the anniversary has a first useful date") {
    // On the day of the award itself a pass of one year ends the day before the anniversary.
    const dsg::Partner p = with_events("2026-03-02 badge_awarded;2026-03-02 capability_evaluated pass");
    CHECK(next(p, "2026-03-02") ==
          "SSD-R2 issi 2026-03-03 2027-03-01 1350; SSD-R4 issi 2026-03-03 2027-03-01 500; "
          "SSD-T4 microsoft 2027-01-01 2027-03-01 null");
}

TEST_CASE("the end of the window is the deadline once the designation is not in force") {
    const dsg::Partner p = with_events(attained("2026-03-02") + passes("2027-02-20"));
    CHECK(next(p, "2027-03-01") == "SSD-T4 microsoft 2027-03-01 2027-03-01 null");
    CHECK(next(p, "2027-03-02") == "SSD-T4 microsoft 2027-03-02 2027-04-01 null");
    CHECK(next(p, "2027-03-01", reading("after_anniversary", "in_force")) ==
          "SSD-T4 microsoft 2027-03-01 2027-04-01 null");
}

TEST_CASE("a prerequisite that ends before the window closes must be kept, and an unmet one restored") {
    const auto contract_through = [](const std::string& day) {
        return with_events(
            attained("2026-03-02") + passes("2027-02-20"),
            R"({"support_contracts": [{"type": "asfp", "from": "2026-01-01", "through": ")" + day + R"("}]})");
    };
    const std::string renewal = "SSD-T4 microsoft 2027-02-20 2027-03-01 null";
    CHECK(next(contract_through("2027-03-31"), "2027-02-20") ==
          renewal + "; SSD-P2 partner 2027-02-20 2027-03-31 null");
    CHECK(next(contract_through("2027-04-01"), "2027-02-20") == renewal);
    CHECK(next(contract_through("2027-02-20"), "2027-02-20") ==
          "SSD-P2 partner 2027-02-20 2027-02-20 null; " + renewal);
    CHECK(next(contract_through("2027-02-19"), "2027-02-20") == "SSD-P2 partner 2027-02-20 null null; " + renewal);
    const dsg::Partner followed = with_events(attained("2026-03-02") + passes("2027-02-20"),
                                              R"({"support_contracts": [
        {"type": "asfp", "from": "2026-01-01", "through": "2027-02-28"}, {"type": "psfp", "from": "2027-03-01"}]})");
    CHECK(next(followed, "2027-02-20") == renewal);
}

TEST_CASE("missing facts become actions with the rulebook's wording") {
    const dsg::Partner nobody = dsg::parse_partner(R"({"id": "p"})");
    CHECK(next(nobody, "2026-03-02") ==
          "SSD-T6 partner 2026-03-02 null null; SSD-P1 partner 2026-03-02 null null; "
          "SSD-P2 partner 2026-03-02 null null; SSD-P3 partner 2026-03-02 null null");
    const dsg::Rulebook& book = *dsg::builtin_rules().rulebook;
    CHECK(words(nobody, "2026-03-02", dsg::Rule::t6) == book.requests[dsg::FactList::events]);
    CHECK(words(nobody, "2026-03-02", dsg::Rule::p2) == book.requests[dsg::FactList::support_contracts]);
}

TEST_CASE("the second actor of a step has wording of its own") {
    const dsg::Rulebook& book = *dsg::builtin_rules().rulebook;
    const std::string start = "2026-01-01 interest_registered;";
    CHECK(words(with_events(start), "2026-01-02", dsg::Rule::j2) == book.rules[dsg::Rule::j2].remedy->text);
    CHECK(words(with_events(start + "2026-01-02 eligibility_decided ineligible"), "2026-01-02", dsg::Rule::j2) ==
          book.rules[dsg::Rule::j2].remedy->then);
    dsg::Rulebook own = book;
    own.rules[dsg::Rule::j2].remedy->then.clear();
    dsg::Action action{dsg::Rule::j2, dsg::Actor::partner, day("2026-01-02"), {}, {}, {}, true};
    CHECK(words_of(action, own) == book.rules[dsg::Rule::j2].remedy->text);
    own.rules[dsg::Rule::j2].remedy.reset();
    CHECK(words_of(action, own) == "Steps done");
}
