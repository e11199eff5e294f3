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

/// Return the rule, deadline, and day since which it is overdue of each action.
std::string overdue(const dsg::Partner& of, std::string_view as_of, const dsg::Rules& under = dsg::builtin_rules()) {
    std::string list;
    for (const dsg::Action& action : dsg::actions(assess_on(of, as_of, under), of, under)) {
        list += (list.empty() ? "" : "; ") + str(action.rule) + ' ' + str(action.by) + ' ' + str(action.overdue_since);
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

TEST_CASE("a renewal needs its missing evaluations, and its decision by the anniversary, inside the window") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    CHECK(next_actions(p, "2026-03-03") ==
          "SSD-R2 issi 2026-03-03 2027-03-02 1350; SSD-R4 issi 2026-03-03 2027-03-02 500; "
          "SSD-T4 microsoft 2027-01-01 2027-03-02 null");
}

TEST_CASE("an evaluation is not to be taken on a day whose pass would end before the anniversary") {
    // A one-year pass on the day of the award would end on the day before the anniversary.
    const dsg::Partner p = with_events("2026-03-02 badge_awarded;2026-03-02 capability_evaluated pass");
    CHECK(next_actions(p, "2026-03-02") ==
          "SSD-R2 issi 2026-03-03 2027-03-02 1350; SSD-R4 issi 2026-03-03 2027-03-02 500; "
          "SSD-T4 microsoft 2027-01-01 2027-03-02 null");
}

TEST_CASE("a renewal is in time on the anniversary, and overdue from the day after until the window closes") {
    const dsg::Partner p = with_events(attained("2026-03-02") + passes("2027-02-20"));
    CHECK(overdue(p, "2027-03-01") == "SSD-T4 2027-03-02 null");
    CHECK(overdue(p, "2027-03-02") == "SSD-T4 2027-03-02 null");
    CHECK(overdue(p, "2027-03-03") == "SSD-T4 2027-04-01 2027-03-02");
    CHECK(overdue(p, "2027-04-01") == "SSD-T4 2027-04-01 2027-03-02");
    const dsg::Rules in_force = reading("after_anniversary", "in_force");
    CHECK(overdue(p, "2027-03-01", in_force) == "SSD-T4 2027-04-01 null");
    CHECK(overdue(p, "2027-03-03", in_force) == "SSD-T4 2027-04-01 null");
    CHECK(overdue(with_events(attained("2026-03-02")), "2027-03-03") ==
          "SSD-R2 2027-04-01 2027-03-02; SSD-R4 2027-04-01 2027-03-02; SSD-T4 2027-04-01 2027-03-02");
}

TEST_CASE("a prerequisite that ends before the window closes is to be extended, and an unmet one restored") {
    const auto with_contract_through = [](const std::string& day) {
        return with_events(
            attained("2026-03-02") + passes("2027-02-20"),
            R"({"support_contracts": [{"type": "asfp", "from": "2026-01-01", "through": ")" + day + R"("}]})");
    };
    const std::string renewal = "SSD-T4 microsoft 2027-02-20 2027-03-02 null";
    CHECK(next_actions(with_contract_through("2027-03-31"), "2027-02-20") ==
          renewal + "; SSD-P2 partner 2027-02-20 2027-03-31 null");
    CHECK(next_actions(with_contract_through("2027-04-01"), "2027-02-20") == renewal);
    CHECK(next_actions(with_contract_through("2027-02-20"), "2027-02-20") ==
          "SSD-P2 partner 2027-02-20 2027-02-20 null; " + renewal);
    CHECK(next_actions(with_contract_through("2027-02-19"), "2027-02-20") ==
          "SSD-P2 partner 2027-02-20 2027-03-02 null; " + renewal);
    const dsg::Partner with_next_contract = with_events(attained("2026-03-02") + passes("2027-02-20"),
                                                        R"({"support_contracts": [
        {"type": "asfp", "from": "2026-01-01", "through": "2027-02-28"}, {"type": "psfp", "from": "2027-03-01"}]})");
    CHECK(next_actions(with_next_contract, "2027-02-20") == renewal);
}

TEST_CASE("an unmet prerequisite is overdue since the first day on which it was not met") {
    const auto with_contracts = [](const std::string& contracts) {
        return with_events(attained("2026-03-02") + passes("2027-02-20"),
                           R"({"support_contracts": [)" + contracts + "]}");
    };
    const dsg::Partner lapsed = with_contracts(R"({"type": "asfp", "from": "2026-01-01", "through": "2026-12-31"})");
    CHECK(overdue(lapsed, "2026-12-31").starts_with("SSD-P2 2026-12-31 null; "));
    CHECK(overdue(lapsed, "2027-02-20") == "SSD-P2 2027-03-02 2027-01-01; SSD-T4 2027-03-02 null");
    CHECK(overdue(lapsed, "2027-03-03") == "SSD-P2 2027-04-01 2027-01-01; SSD-T4 2027-04-01 2027-03-02");
    CHECK(overdue(lapsed, "2027-02-20", reading("prerequisite_lapse", "suspend")) ==
          "SSD-P2 2027-02-20 2027-01-01; SSD-T4 2027-03-02 null");
    const dsg::Partner never = with_contracts("");
    CHECK(overdue(never, "2027-02-20") == "SSD-P2 2027-03-02 2026-03-02; SSD-T4 2027-03-02 null");
    // A contract that ended long before the award, and one for an offer that becomes available in that time.
    const dsg::Partner before = with_contracts(R"({"type": "psfp", "from": "2020-01-01", "through": "2021-01-01"})");
    CHECK(overdue(before, "2027-02-20") == "SSD-P2 2027-03-02 2026-03-02; SSD-T4 2027-03-02 null");
}

TEST_CASE("a prerequisite that was unmet and is now unknown stays overdue until it is met") {
    // Unified for Partners is unmet before 2026-07-01, unknown through 2027-06-30, and met from then on.
    const dsg::Partner p = with_events(attained("2026-03-02") + passes("2027-02-20"),
                                       R"({"support_contracts": [{"type": "ufp", "from": "2026-03-02"}]})");
    CHECK(overdue(p, "2026-07-01").starts_with("SSD-P2 2027-03-02 2026-03-02"));
    const dsg::Partner only_unknown = with_events(attained("2026-07-02") + passes("2027-06-20"),
                                                  R"({"support_contracts": [{"type": "ufp", "from": "2026-07-01"}]})");
    CHECK(overdue(only_unknown, "2027-06-20") == "SSD-T4 2027-07-02 null");
    CHECK(overdue(with_events(attained("2026-06-30") + passes("2027-06-20"),
                              R"({"support_contracts": [{"type": "ufp", "from": "2026-03-02"}]})"),
                  "2027-06-20") == "SSD-P2 2027-06-30 2026-06-30; SSD-T4 2027-06-30 null");
}

TEST_CASE("a prerequisite that becomes unknown has no deadline, because it may still be met") {
    const dsg::Partner p = with_events(attained("2026-03-02") + passes("2027-02-20"), R"({"support_contracts": [
        {"type": "psfp", "from": "2026-01-01", "through": "2027-02-25"}, {"type": "ufp", "from": "2027-01-01"}]})");
    CHECK(overdue(p, "2027-02-20") == "SSD-T4 2027-03-02 null");
    CHECK(overdue(p, "2027-02-26") == "SSD-T4 2027-03-02 null");
}

TEST_CASE("where a prerequisite is unmet and the designation is not held, only the prerequisites are listed") {
    const auto with_lists = [](const std::string& authorizations) {
        return with_events("2026-01-01 interest_registered",
                           R"({"support_contracts": [], "csp_authorizations": )" + authorizations + "}");
    };
    CHECK(overdue(with_lists("[]"), "2026-02-01") == "SSD-P1 null null; SSD-P2 null null");
    CHECK(overdue(with_lists("null"), "2026-02-01") == "SSD-P2 null null");
    CHECK(overdue(with_lists(R"([{"type": "direct_bill", "from": "2020-01-01", "through": "2026-02-01"}])"),
                  "2026-02-01") == "SSD-P2 null null");
}

TEST_CASE("a prerequisite of a new partner that ends within a year is to be extended") {
    const auto with_contract_through = [](const std::string& day) {
        return overdue(with_events("", R"({"support_contracts": [{"type": "psfp", "from": "2020-01-01", "through": ")" +
                                           day + R"("}]})"),
                       "2026-02-01");
    };
    CHECK(with_contract_through("2027-01-31").find("SSD-P2 2027-01-31 null") != std::string::npos);
    CHECK(with_contract_through("2027-02-01").find("SSD-P2") == std::string::npos);
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
    dsg::Action action;
    action.rule = dsg::Rule::j2;
    action.actor = dsg::Actor::partner;
    action.is_for_second_actor = true;
    CHECK(action_text(action, custom) == book.rules[dsg::Rule::j2].remedy->text);
    custom.rules[dsg::Rule::j2].remedy.reset();
    CHECK(action_text(action, custom) == "Steps done");
}
