#include "support.hpp"

using namespace support;

TEST_CASE("a diagnostic is one line that names its location as far as it is known") {
    struct Row {
        dsg::Diagnostic diagnostic;
        const char* line;
    };
    const Row rows[] = {
        {{"date", "/events/0/on", "is no day", "a.json", 3, 12}, "a.json:3:12: /events/0/on: is no day [date]"},
        {{"date", "/events/0/on", "is no day", "", 3, 12}, "3:12: /events/0/on: is no day [date]"},
        {{"date", "/events/0/on", "is no day", "a.json"}, "a.json: /events/0/on: is no day [date]"},
        {{"date", "/events/0/on", "is no day"}, "/events/0/on: is no day [date]"},
        {{"syntax", "", "is no JSON", "a.json", 1, 1}, "a.json:1:1: is no JSON [syntax]"},
        {{"type", "", "must be an object"}, "must be an object [type]"},
    };
    for (const Row& row : rows) CHECK(to_string(row.diagnostic) == row.line);
}

TEST_CASE("an input error prints all its diagnostics, one per line") {
    const dsg::InputError error({{"a", "/x", "first", "", 1, 2}, {"b", "/y", "second", "", 3, 4}});
    CHECK(std::string(error.what()) == "1:2: /x: first [a]\n3:4: /y: second [b]");
    CHECK(error.diagnostics().size() == 2);
}

TEST_CASE("each diagnostic of an input has its name") {
    try {
        dsg::parse_partner("{\n  \"ids\": 1\n}", {.file = "contoso.json"});
        FAIL("it was accepted");
    } catch (const dsg::InputError& error) {
        CHECK(std::string(error.what()) ==
              "contoso.json:1:1: \"id\" is required [missing_key]\n"
              "contoso.json:2:3: /ids: unknown key \"ids\"; did you mean \"id\"? [unknown_key]");
    }
}
