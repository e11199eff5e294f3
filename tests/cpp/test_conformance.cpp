#include <iostream>

#include "conformance.hpp"
#include "support.hpp"

using namespace support;

namespace {

/// Compare every key of the contract; an assessment may hold more.
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

void check_all(const std::vector<json>& cases) {
    for (const json& c : cases) {
        INFO(c["name"]);
        const dsg::Rules under = rules(c["policy"].is_null() ? "{}" : c["policy"].dump());
        compare(c["expected"], answer(partner(c["partner"]), c["as_of"].get<std::string>(), under), "");
    }
    std::cout << cases.size() << " conformance cases hold in C++\n";
    CHECK(cases.size() >= 100);
}

}  // namespace

TEST_CASE("every named case is assessed as expected") { check_all(conformance::named()); }

TEST_CASE("every generated case is assessed as expected") { check_all(conformance::generated()); }
