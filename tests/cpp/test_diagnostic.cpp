#include "support.hpp"

using namespace support;

TEST_CASE("a diagnostic is one line that names its location as far as it is known") {
    struct Row {
        dsg::Diagnostic diagnostic;
        const char* line;
    };
    const Row rows[] = {
        {{"date", "/events/0/on", 3, 12, "is no day", "a.json"}, "a.json:3:12: /events/0/on: is no day [date]"},
        {{"date", "/events/0/on", 3, 12, "is no day", ""}, "3:12: /events/0/on: is no day [date]"},
        {{"date", "/events/0/on", 0, 0, "is no day", "a.json"}, "a.json: /events/0/on: is no day [date]"},
        {{"date", "/events/0/on", 0, 0, "is no day", ""}, "/events/0/on: is no day [date]"},
        {{"syntax", "", 1, 1, "is no JSON", "a.json"}, "a.json:1:1: is no JSON [syntax]"},
        {{"type", "", 0, 0, "must be an object", ""}, "must be an object [type]"},
    };
    for (const Row& row : rows) CHECK(to_string(row.diagnostic) == row.line);
}

TEST_CASE("an input error prints all its diagnostics, one per line") {
    const dsg::InputError error({{"a", "/x", 1, 2, "first", ""}, {"b", "/y", 3, 4, "second", ""}});
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
