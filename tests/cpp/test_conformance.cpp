#include <designation/designation.hpp>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"

namespace dsg = designation;
using nlohmann::json;

namespace {

json read(const std::string& name) {
    std::ifstream file(std::string(DESIGNATION_ROOT) + "/tests/conformance/" + name);
    return json::parse(file);
}

dsg::Day day_of(const json& text) { return *dsg::parse_iso(text.get<std::string>()); }

/// Every key of the contract, compared one by one; the assessment may carry more.
void compare(const json& expected, const json& actual, const std::string& path) {
    if (!expected.is_object()) {
        INFO(path);
        CHECK(actual == expected);
        return;
    }
    for (const auto& [key, value] : expected.items()) {
        const std::string member = path + '/' + key;
        INFO(member);
        REQUIRE(actual.is_object());
        REQUIRE(actual.contains(key));
        compare(value, actual[key], member);
    }
}

void hold(const std::string& name) {
    const json cases = read(name)["cases"];
    for (const json& c : cases) {
        INFO(c["name"]);
        const dsg::Partner partner = dsg::parse_partner(c["partner"].dump());
        const dsg::Rules rules =
            dsg::make_rules(c["policy"].is_null() ? dsg::Policy{} : dsg::parse_policy(c["policy"].dump()));
        const dsg::Assessment assessment = dsg::assess(partner, day_of(c["as_of"]), rules);
        compare(c["expected"], json::parse(dsg::to_json(assessment, partner, rules)), "");
    }
    std::cout << name << ": " << cases.size() << " cases held in C++\n";
    CHECK(cases.size() >= 100);
}

}  // namespace

TEST_CASE("every named case is answered as expected") { hold("named.json"); }

TEST_CASE("every generated case is answered as expected") { hold("generated.json"); }
