#include <designation/action.hpp>

#include "support.hpp"

using namespace support;

namespace {

/// Return the rule, actor, first day, deadline and fee of each action.
std::string next_actions(const dsg::Partner& of, std::string_view as_of,
                         const dsg::Rules& under = dsg::builtin_rules()) {
    std::string list;
    for (const dsg::Action& action : dsg::actions(assess_on(of, as_of, under), of, under)) {
        list += (list.empty() ? "" : "; ") + str(action.rule) + ' ' + str(action.actor) + ' ' + str(action.not_before) +
                ' ' + str(action.by) + ' ' + str(action.fee);
    }
    return list;
}

std::string text_of(const dsg::Partner& of, std::string_view as_of, dsg::Rule rule) {
    const dsg::Rules& rules = dsg::builtin_rules();
    for (const dsg::Action& action : dsg::actions(assess_on(of, as_of), of, rules)) {
        if (action.rule == rule) return std::string(action_text(action, *rules.rulebook));
    }
    return "none";
}

}  // namespace

TEST_CASE("a new partner takes the steps of the edition, each by its actor and at its fee") {
    const dsg::Partner p = with_events("");
    CHECK(next_actions(p, "2026-01-01") ==
          "SSD-J1 partner 2026-01-01 null null; SSD-J2 microsoft 2026-01-01 null null; "
          "SSD-E1 issi 2026-01-01 null 1500; SSD-E2 issi 2026-01-01 null 1350; SSD-E3 issi 2026-01-01 null 500; "
          "SSD-T1 microsoft 2026-01-01 null null");
    CHECK(next_actions(p, "2026-01-01", edition("2026-04")) ==
          "SSD-J1 partner 2026-01-01 null null; SSD-E2 issi 2026-01-01 null 1350; SSD-E3 issi 2026-01-01 null 500; "
          "SSD-E1 issi 2026-01-01 null 1500; SSD-T1 microsoft 2026-01-01 null null");
}

TEST_CASE("a renewal needs its missing evaluations, and its decision inside the window and before the anniversary") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    CHECK(next_actions(p, "2026-03-03") ==
          "SSD-R2 issi 2026-03-03 2027-03-01 1350; SSD-R4 issi 2026-03-03 2027-03-01 500; "
          "SSD-T4 microsoft 2027-01-01 2027-03-01 null");
}

TEST_CASE("an evaluation is not to be taken on a day whose pass would end before the anniversary") {
    // A one-year pass on the day of the award would end on the day before the anniversary.
    const dsg::Partner p = with_events("2026-03-02 badge_awarded;2026-03-02 capability_evaluated pass");
    CHECK(next_actions(p, "2026-03-02") ==
          "SSD-R2 issi 2026-03-03 2027-03-01 1350; SSD-R4 issi 2026-03-03 2027-03-01 500; "
          "SSD-T4 microsoft 2027-01-01 2027-03-01 null");
}

TEST_CASE("once the designation is no longer in force, the deadline is the last day of the window") {
    const dsg::Partner p = with_events(attained("2026-03-02") + passes("2027-02-20"));
    CHECK(next_actions(p, "2027-03-01") == "SSD-T4 microsoft 2027-03-01 2027-03-01 null");
    CHECK(next_actions(p, "2027-03-02") == "SSD-T4 microsoft 2027-03-02 2027-04-01 null");
    CHECK(next_actions(p, "2027-03-01", reading("after_anniversary", "in_force")) ==
          "SSD-T4 microsoft 2027-03-01 2027-04-01 null");
}

TEST_CASE("a prerequisite that ends before the window closes is to be extended, and an unmet one restored") {
    const auto with_contract_through = [](const std::string& day) {
        return with_events(
            attained("2026-03-02") + passes("2027-02-20"),
            R"({"support_contracts": [{"type": "asfp", "from": "2026-01-01", "through": ")" + day + R"("}]})");
    };
    const std::string renewal = "SSD-T4 microsoft 2027-02-20 2027-03-01 null";
    CHECK(next_actions(with_contract_through("2027-03-31"), "2027-02-20") ==
          renewal + "; SSD-P2 partner 2027-02-20 2027-03-31 null");
    CHECK(next_actions(with_contract_through("2027-04-01"), "2027-02-20") == renewal);
    CHECK(next_actions(with_contract_through("2027-02-20"), "2027-02-20") ==
          "SSD-P2 partner 2027-02-20 2027-02-20 null; " + renewal);
    CHECK(next_actions(with_contract_through("2027-02-19"), "2027-02-20") ==
          "SSD-P2 partner 2027-02-20 null null; " + renewal);
    const dsg::Partner with_next_contract = with_events(attained("2026-03-02") + passes("2027-02-20"),
                                                        R"({"support_contracts": [
        {"type": "asfp", "from": "2026-01-01", "through": "2027-02-28"}, {"type": "psfp", "from": "2027-03-01"}]})");
    CHECK(next_actions(with_next_contract, "2027-02-20") == renewal);
}

TEST_CASE("a list that is not given is requested with the rulebook's text") {
    const dsg::Partner unknown = dsg::parse_partner(R"({"id": "p"})");
    CHECK(next_actions(unknown, "2026-03-02") ==
          "SSD-T6 partner 2026-03-02 null null; SSD-P1 partner 2026-03-02 null null; "
          "SSD-P2 partner 2026-03-02 null null; SSD-P3 partner 2026-03-02 null null");
    const dsg::Rulebook& book = *dsg::builtin_rules().rulebook;
    CHECK(text_of(unknown, "2026-03-02", dsg::Rule::t6) == book.requests[dsg::FactList::events]);
    CHECK(text_of(unknown, "2026-03-02", dsg::Rule::p2) == book.requests[dsg::FactList::support_contracts]);
}

TEST_CASE("the second actor of a step has its own text") {
    const dsg::Rulebook& book = *dsg::builtin_rules().rulebook;
    const std::string start = "2026-01-01 interest_registered;";
    CHECK(text_of(with_events(start), "2026-01-02", dsg::Rule::j2) == book.rules[dsg::Rule::j2].remedy->text);
    CHECK(text_of(with_events(start + "2026-01-02 eligibility_decided ineligible"), "2026-01-02", dsg::Rule::j2) ==
          book.rules[dsg::Rule::j2].remedy->then);
    dsg::Rulebook custom = book;
    custom.rules[dsg::Rule::j2].remedy->then.clear();
    dsg::Action action{dsg::Rule::j2, dsg::Actor::partner, day("2026-01-02"), {}, {}, {}, true};
    CHECK(action_text(action, custom) == book.rules[dsg::Rule::j2].remedy->text);
    custom.rules[dsg::Rule::j2].remedy.reset();
    CHECK(action_text(action, custom) == "Steps done");
}
