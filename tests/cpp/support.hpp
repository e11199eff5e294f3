#pragma once

#include <designation/designation.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"

namespace dsg = designation;
using nlohmann::json;

/// Short ways to build partners and rules, and to print results.
namespace support {

inline dsg::Day day(std::string_view iso) { return dsg::Day{dsg::parse_iso(iso).value()}; }

// The text of a value, so that tests can write expected values as words.
inline std::string str(dsg::Day of) { return to_string(of); }
inline std::string str(dsg::Amount of) { return to_string(of); }

template <class Enum>
    requires(dsg::count_of<Enum> > 0)
std::string str(Enum of) {
    return std::string(to_string(of));
}
template <class T>
std::string str(const std::optional<T>& of) {
    return of ? str(*of) : "null";
}
template <class List>
    requires requires(const List& list) { *list.begin(); }
std::string str(const List& of) {
    std::string list;
    for (const auto& each : of) list += (list.empty() ? "" : " ") + str(each);
    return list;
}

/// Parse `"2026-01-20 csat_evaluated pass; 2026-03-02 badge_awarded"` into the list of a document.
inline json events(std::string_view text) {
    json list = json::array();
    std::istringstream all{std::string(text)};
    for (std::string one; std::getline(all, one, ';');) {
        std::istringstream words(one);
        std::string on;
        std::string type;
        std::string outcome;
        if (!(words >> on >> type)) continue;
        json event = {{"on", on}, {"type", type}};
        if (words >> outcome) event["outcome"] = outcome;
        list.push_back(event);
    }
    return list;
}

/// Return the events of a complete attainment, all on one date.
inline std::string attained(const std::string& on) {
    return on + " interest_registered;" + on + " eligibility_decided eligible;" + on + " capability_evaluated pass;" +
           on + " case_volume_validated;" + on + " case_rate_determined pass;" + on + " csat_evaluated pass;" + on +
           " badge_awarded;";
}

/// Return passes of all three evaluations on one date.
inline std::string passes(const std::string& on) {
    return on + " capability_evaluated pass;" + on + " case_rate_determined pass;" + on + " csat_evaluated pass;";
}

/// Return a document with prerequisites that are always met and with no events.
inline json eligible() {
    return json::parse(R"({"id": "p",
        "csp_authorizations": [{"type": "direct_bill", "from": "1900-01-01"}],
        "support_contracts": [{"type": "asfp", "from": "1900-01-01"}],
        "solutions_partner_designations": [{"area": "security", "from": "1900-01-01"}],
        "events": []})");
}

inline dsg::Partner partner(const json& document) { return dsg::parse_partner(document.dump()); }

/// Return the eligible partner with members replaced; null makes a member unknown.
inline dsg::Partner with(const std::string& members) {
    json document = eligible();
    document.merge_patch(json::parse(members));
    return partner(document);
}

/// Return the eligible partner with these events and with members replaced.
inline dsg::Partner with_events(std::string_view text, const std::string& members = "{}") {
    json document = eligible();
    document["events"] = events(text);
    document.merge_patch(json::parse(members));
    return partner(document);
}

inline dsg::Rules rules(const std::string& policy = "{}") { return dsg::make_rules(dsg::parse_policy(policy)); }
inline dsg::Rules reading(const std::string& question, const std::string& word) {
    return rules(json{{"interpretations", {{question, word}}}}.dump());
}
inline dsg::Rules edition(const std::string& name) { return rules(json{{"edition", name}}.dump()); }

inline dsg::Assessment assess_on(const dsg::Partner& of, std::string_view as_of,
                                 const dsg::Rules& under = dsg::builtin_rules()) {
    return dsg::assess(of, day(as_of), under);
}

/// Return the assessment as JSON.
inline json answer(const dsg::Partner& of, std::string_view as_of, const dsg::Rules& under = dsg::builtin_rules()) {
    return json::parse(dsg::to_json(assess_on(of, as_of, under), of, under));
}

/// Return the findings, `"2026-03-02 award_while_held; ..."`, and check that the assessment has the same codes.
inline std::string found(const dsg::Partner& of, std::string_view as_of,
                         const dsg::Rules& under = dsg::builtin_rules()) {
    std::string list;
    dsg::FindingSet codes;
    for (const dsg::Finding& finding : dsg::findings(of, day(as_of), under)) {
        list += (list.empty() ? "" : "; ") + str(finding.on) + ' ' + str(finding.code);
        codes.insert(finding.code);
    }
    CHECK(codes == assess_on(of, as_of, under).findings);
    return list;
}

/// Return `line:column pointer code` of each problem that `parse` throws.
template <class Parse>
std::vector<std::string> problems(Parse parse) {
    std::vector<std::string> list;
    try {
        parse();
    } catch (const dsg::InputError& error) {
        for (const dsg::Diagnostic& problem : error.diagnostics()) {
            list.push_back(std::to_string(problem.line) + ':' + std::to_string(problem.column) + ' ' +
                           (problem.pointer.empty() ? "(root)" : problem.pointer) + ' ' + problem.code);
        }
    }
    return list;
}

inline std::vector<std::string> partner_problems(std::string_view text) {
    return problems([&] { dsg::parse_partner(text); });
}

using Problems = std::vector<std::string>;

}  // namespace support
