#include "support.hpp"

using namespace support;

namespace {

/// Return the messages of a document's problems.
std::string messages(std::string_view text) {
    const auto parsed = dsg::try_parse_partner(text);
    if (!std::holds_alternative<dsg::Diagnostics>(parsed)) return {};
    std::string all;
    for (const auto& problem : std::get<dsg::Diagnostics>(parsed)) all += problem.message + '\n';
    return all;
}

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

}  // namespace

TEST_CASE("all problems of a document are reported in order with their locations") {
    CHECK(partner_problems(R"({
  "format": "designation/partner@2",
  "name": 5,
  "csp_authorisations": [],
  "csp_authorizations": [
    {"type": "direct", "from": "2026-02-30"},
    {"from": "2026-01-01", "through": "2025-12-31"},
    "direct_bill"
  ],
  "support_contracts": [{"type": "psfp", "from": "1899-12-31", "annual_value": {"amount": -1, "currency": "usd"}}],
  "solutions_partner_designations": {"area": "security"},
  "events": [
    {"on": "2026-01-01", "type": "csat_evaluated", "outcome": "passed", "rate": 1, "score": 6},
    {"on": "2026-01-01", "type": "badge_awarded", "outcome": "pass"},
    {"on": "2026-1-1", "type": "case_volume_validated", "cases": 2.9},
    {"type": "csat_evaluated"}
  ]
})") == Problems{
            "1:1 (root) missing_key",
            "2:13 /format format",
            "3:11 /name type",
            "4:3 /csp_authorisations unknown_key",
            "6:14 /csp_authorizations/0/type unknown_value",
            "6:32 /csp_authorizations/0/from date",
            "7:5 /csp_authorizations/1 missing_key",
            "7:39 /csp_authorizations/1/through order",
            "8:5 /csp_authorizations/2 type",
            "10:50 /support_contracts/0/from range",
            "10:91 /support_contracts/0/annual_value/amount range",
            "10:107 /support_contracts/0/annual_value/currency unknown_value",
            "11:37 /solutions_partner_designations type",
            "13:63 /events/0/outcome unknown_value",
            "13:81 /events/0/rate unknown_key",
            "13:93 /events/0/score range",
            "14:62 /events/1/outcome unknown_key",
            "15:12 /events/2/on date",
            "15:66 /events/2/cases type",
            "16:5 /events/3 missing_key",
            "16:5 /events/3 missing_key",
        });
}

TEST_CASE("an unknown key or value is reported with the nearest valid one, or with all") {
    CHECK(messages(R"({"id": "p", "evnets": []})") == "unknown key \"evnets\"; did you mean \"events\"?\n");
    CHECK(messages(R"({"id": "p", "support_contracts": [{"type": "psfp", "from": "2026-01-01", "Valid until": 1}]})") ==
          "unknown key \"Valid until\"; did you mean \"through\"?\n");
    CHECK(messages(R"({"id": "p", "events": [{"on": "2026-01-01", "type": "badge_award"}]})") ==
          "unknown value \"badge_award\"; did you mean \"badge_awarded\"?\n");
    CHECK(messages(R"({"id": "p", "support_contracts": [{"type": "premier", "from": "2026-01-01"}]})") ==
          "unknown value \"premier\"; known: asfp, psfp, ufp\n");
    CHECK(messages(R"({"id": "p", "x": 1})") ==
          "unknown key \"x\"; known: $schema, format, id, name, csp_authorizations, support_contracts, "
          "solutions_partner_designations, events, notes\n");
    // A long value is cut between two characters, and control characters are replaced.
    const std::string e = "\xc3\xa9";
    std::string many;
    std::string few;
    for (int i = 0; i < 40; ++i) many += e;
    for (int i = 0; i < 30; ++i) few += e;
    CHECK(messages(R"({"id": "p", "format": ")" + many + "\"}") ==
          "must be \"designation/partner@1\", not \"" + few + "...\"\n");
    CHECK(messages(R"({"id": "p", "format": "x)" + many + "\"}") ==
          "must be \"designation/partner@1\", not \"x" + few.substr(2) + "...\"\n");
    CHECK(messages(R"({"id": "p", "format": "a\nb\u001f"})") ==
          "must be \"designation/partner@1\", not \"a\\x0ab\\x1f\"\n");
    CHECK(messages(R"({"id": "p", ")" + many + "\": 1}").find("; known: ") != std::string::npos);
}

TEST_CASE("a duplicate key is reported where it occurs again") {
    CHECK(partner_problems("{\"id\": \"p\",\n \"id\": \"q\"}") == Problems{"2:2 /id duplicate_key"});
    CHECK(partner_problems("{\"id\": \"p\",\n \"events\": null, \"events\": []}") ==
          Problems{"2:18 /events duplicate_key"});
    CHECK(partner_problems("{\"id\": \"p\", \"i\\u0064\": \"q\"}") == Problems{"1:13 /id duplicate_key"});
    // The same in an object with many members.
    std::string text = R"({"id": "p")";
    Problems expected;
    for (int i = 0; i < 20; ++i) text += ", \"k" + std::to_string(i) + "\": 0";
    text += ", \"k7\": 0}";
    Problems duplicates;
    for (const std::string& problem : partner_problems(text)) {
        if (problem.ends_with("duplicate_key")) duplicates.push_back(problem);
    }
    CHECK(duplicates == Problems{"1:" + std::to_string(text.size() - 7) + " /k7 duplicate_key"});
}

TEST_CASE("a value of another type is refused and never converted") {
    struct Row {
        const char* cases;
        const char* code;  ///< null where it is accepted
        const char* message;
    };
    const Row rows[] = {
        {"0", nullptr, ""},
        {"9223372036854775807", nullptr, ""},
        {"2.9", "type", "must be an integer, not 2.9\n"},
        {"2.0", "type", "must be an integer, not 2.0\n"},
        {"1e3", "type", "must be an integer, not 1e3\n"},
        {"true", "type", "must be an integer, not true\n"},
        {"false", "type", "must be an integer, not false\n"},
        {"\"2\"", "type", "must be an integer, not the string \"2\"\n"},
        {"[2]", "type", "must be an integer, not an array\n"},
        {"{}", "type", "must be an integer, not an object\n"},
        {"-1", "range", "must be 0 or more, not -1\n"},
        {"9223372036854775808", "range", "must fit into 64 bits, not 9223372036854775808\n"},
        {"18446744073709551615", "range", "must fit into 64 bits, not 18446744073709551615\n"},
        {"18446744073709551616", "range", "must fit into 64 bits, not 18446744073709551616\n"},
        {"-9223372036854775809", "range", "must fit into 64 bits, not -9223372036854775809\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.cases);
        const std::string text =
            std::string(R"({"id":"p","events":[{"on":"2026-01-01","type":"case_volume_validated","cases":)") +
            row.cases + "}]}";
        CHECK(partner_problems(text) ==
              (row.code ? Problems{std::string("1:79 /events/0/cases ") + row.code} : Problems{}));
        CHECK(messages(text) == row.message);
    }
    for (const char* score : {"true", "\"4.5\"", "[]", "{}"}) {
        const std::string text =
            std::string(R"({"id":"p","events":[{"on":"2026-01-01","type":"csat_evaluated","outcome":"pass","score":)") +
            score + "}]}";
        CHECK(partner_problems(text) == Problems{"1:89 /events/0/score type"});
    }
    CHECK(partner_problems("[]") == Problems{"1:1 (root) type"});
    CHECK(partner_problems(" null") == Problems{"1:2 (root) type"});
    CHECK(partner_problems("5") == Problems{"1:1 (root) type"});
    CHECK(partner_problems(R"({"id": null})") == Problems{"1:8 /id missing_key"});
    CHECK(partner_problems(R"({"id": ""})") == Problems{"1:8 /id range"});
    CHECK(partner_problems(R"({"id": ["p"]})") == Problems{"1:8 /id type"});
    CHECK(partner_problems(R"({"id": "p", "$schema": 1})") == Problems{"1:24 /$schema type"});
}

TEST_CASE("a date must exist and lie in range") {
    struct Row {
        const char* on;
        const char* code;  ///< null where it is accepted
    };
    const Row rows[] = {
        {R"("1899-12-31")", "range"},
        {R"("1900-01-01")", nullptr},
        {R"("1900-02-28")", nullptr},
        {R"("1900-02-29")", "date"},
        {R"("2000-02-29")", nullptr},
        {R"("2026-02-28")", nullptr},
        {R"("2026-02-29")", "date"},
        {R"("2028-02-29")", nullptr},
        {R"("2028-02-30")", "date"},
        {R"("2100-02-29")", "date"},
        {R"("2026-04-30")", nullptr},
        {R"("2026-04-31")", "date"},
        {R"("2026-13-01")", "date"},
        {R"("2026-00-10")", "date"},
        {R"("2026-01-00")", "date"},
        {R"("2199-12-31")", nullptr},
        {R"("2200-01-01")", "range"},
        {R"("0000-01-01")", "range"},
        {R"("9999-12-31")", "range"},
        {R"("2026-1-1")", "date"},
        {R"("2026-01-01T00:00:00")", "date"},
        {R"("")", "date"},
        {R"("today")", "date"},
        {"20260101", "type"},
        {"2026.5", "type"},
        {"true", "type"},
        {"[]", "type"},
        {R"("2026-01-0\u0000")", "date"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.on);
        const std::string text =
            std::string(R"({"id": "p", "events": [{"type": "badge_awarded", "on": )") + row.on + "}]}";
        CHECK(partner_problems(text) ==
              (row.code ? Problems{std::string("1:56 /events/0/on ") + row.code} : Problems{}));
    }
}

TEST_CASE("a document nests at most 64 levels") {
    CHECK(partner_problems(nested(64)) == Problems{"1:1 (root) type"});
    CHECK(partner_problems(nested(65)) == Problems{"1:65 (root) depth"});
    CHECK(partner_problems(nested(200)) == Problems{"1:65 (root) depth"});
    CHECK(partner_problems(std::string(100'000, '[')) == Problems{"1:65 (root) depth"});
    std::string objects = R"({"id": "p", "x": )";
    for (int i = 0; i < 63; ++i) objects += "{\"a\":";
    CHECK(partner_problems(objects + "1" + std::string(64, '}')) == Problems{"1:13 /x unknown_key"});
    CHECK(partner_problems(objects + "{}" + std::string(64, '}')) == Problems{"1:333 (root) depth"});
}

TEST_CASE("a document may be as large as the limit, which is an option") {
    const std::string text = R"({"id": "p"})";
    const auto with_limit = [](const std::string& document, std::size_t limit) {
        return problems([&] { dsg::parse_partner(document, {.largest_document = limit}); });
    };
    CHECK(with_limit(text, text.size()).empty());
    CHECK(with_limit(text, text.size() - 1) == Problems{"1:1 (root) size"});
    CHECK(with_limit("\xEF\xBB\xBF" + text, 5) == Problems{"1:1 (root) size"});
    CHECK(dsg::ReadOptions{}.largest_document == 16 * 1024 * 1024);
    const std::string spaces(16 * 1024 * 1024 - text.size(), ' ');
    CHECK(partner_problems(text + spaces).empty());
    CHECK(partner_problems(text + spaces + ' ') == Problems{"1:1 (root) size"});
    CHECK(problems([&] { dsg::parse_policy("{ }", {.largest_document = 2}); }) == Problems{"1:1 (root) size"});
    CHECK(problems([&] { dsg::parse_rulebook("{ }", {.largest_document = 2}); }) == Problems{"1:1 (root) size"});
}

TEST_CASE("text that is not JSON is refused where it stops being JSON") {
    struct Row {
        std::string_view text;
        const char* problem;
    };
    using namespace std::string_view_literals;
    const Row rows[] = {
        {""sv, "1:1 (root) syntax"},                          // nothing
        {"  \n "sv, "1:1 (root) syntax"},                     // blanks
        {"{"sv, "1:2 (root) syntax"},                         // cut short
        {"{\"id\": \"p\""sv, "1:11 (root) syntax"},           // cut short after a value
        {"{\"id\": \"p"sv, "1:10 (root) syntax"},             // cut short in a string
        {"{\"id\": \"p\"} x"sv, "1:13 (root) syntax"},        // text after the document
        {"{\"id\": \"p\"}\n{}"sv, "2:1 (root) syntax"},       // a second document
        {"{\"id\": \"p\"} \"end\""sv, "1:13 (root) syntax"},  // at its beginning
        {"{\"id\": \"p\",}"sv, "1:12 (root) syntax"},         // a comma too many
        {"{\"id\" \"p\"}"sv, "1:7 (root) syntax"},            // a colon too few: at the string
        {"{\"id\": \"p\" 1234}"sv, "1:12 (root) syntax"},     // at the number's first digit
        {"{\"id\": \"p\" true}"sv, "1:12 (root) syntax"},     // at the word's first letter
        {"{\"id\": \"p\" false}"sv, "1:12 (root) syntax"},
        {"{\"id\": \"p\" null}"sv, "1:12 (root) syntax"},
        {"{id: \"p\"}"sv, "1:2 (root) syntax"},            // a key without quotes
        {"{'id': 'p'}"sv, "1:2 (root) syntax"},            // other quotes
        {"{\"id\": \"p\"} // x"sv, "1:13 (root) syntax"},  // a comment
        {"{\"id\": NaN}"sv, "1:8 (root) syntax"},          // no JSON number
        {"{\"id\": Infinity}"sv, "1:8 (root) syntax"},
        {"{\"id\": 01}"sv, "1:9 (root) syntax"},                      // a leading zero
        {"{\"id\": -}"sv, "1:9 (root) syntax"},                       // no digit
        {"{\"id\": 1.}"sv, "1:10 (root) syntax"},                     // no digit after the point
        {"{\"id\": \"a\nb\"}"sv, "1:10 (root) syntax"},               // a line break in a string
        {"{\"id\": \"\\x\"}"sv, "1:10 (root) syntax"},                // no such escape
        {"{\"id\": \"\\u12\"}"sv, "1:13 (root) syntax"},              // half an escape
        {"{\"id\": \"\\ud800\"}"sv, "1:15 (root) encoding"},          // a high surrogate alone
        {"{\"id\": \"\\ud800x\"}"sv, "1:15 (root) encoding"},         // followed by something else
        {"{\"id\": \"\\ud800\\u0041\"}"sv, "1:20 (root) encoding"},   // or by another escape
        {"{\"id\": \"\\udc00\"}"sv, "1:14 (root) encoding"},          // a low surrogate alone
        {"{\"id\": \"\xff\"}"sv, "1:9 (root) encoding"},              // no such byte in UTF-8
        {"{\"id\": \"a\xc3\"}"sv, "1:11 (root) encoding"},            // half a character
        {"{\"id\": \"\xc0\xaf\"}"sv, "1:9 (root) encoding"},          // overlong
        {"{\"id\": \"\xed\xa0\x80\"}"sv, "1:10 (root) encoding"},     // a surrogate as bytes
        {"{\"id\": \"\xf5\x80\x80\x80\"}"sv, "1:9 (root) encoding"},  // beyond Unicode
        {"{\"\xff\": 1}"sv, "1:3 (root) encoding"},                   // in a key
        {"\xff"sv, "1:1 (root) syntax"},                              // outside a string
        {"\xEF\xBB{}"sv, "1:3 (root) syntax"},                        // half a byte order mark
        {"\xEF\xBB\xBF"sv, "1:1 (root) syntax"},                      // nothing but one
        {"\xFE\xFF\0{\0}"sv, "1:1 (root) encoding"},                  // UTF-16
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(partner_problems(row.text) == Problems{row.problem});
    }
}

TEST_CASE("a syntax error is described in our words, not in the parser's") {
    CHECK(messages("{\"id\": \"\xff\"}") == "a string must be UTF-8\n");
    CHECK(messages("{\"id\": \"'; \xff\"}") == "a string must be UTF-8\n");
    CHECK(messages("{\"id\": \"; last read: '\xff\"}") == "a string must be UTF-8\n");
    CHECK(messages("{\"id\" \"p\"}") == "expected \":\", not a string\n");
    CHECK(messages("{\"id\": \"p\" \"q\"}") == "expected \",\" or \"}\", not a string\n");
    CHECK(messages("{\"id\": \"p\" 1}") == "expected \",\" or \"}\", not a number\n");
    CHECK(messages("{\"id\": \"p\" true}") == "expected \",\" or \"}\", not true\n");
    CHECK(messages("{\"id\": \"p\" x}") == "expected \",\" or \"}\"\n");
    CHECK(messages("{\"events\": [1 2]}") == "expected \",\" or \"]\", not a number\n");
    CHECK(messages("{\"events\": [1,]}") == "expected a value, not \"]\"\n");
    CHECK(messages("{\"id\": }") == "expected a value, not \"}\"\n");
    CHECK(messages("{\"id\":") == "expected a value, not the end of the document\n");
    CHECK(messages("{id: 1}") == "expected a key in double quotes\n");
    CHECK(messages("{} {}") == "expected the end of the document, not \"{\"\n");
    CHECK(messages("{\"id\": 1.}") == "expected a digit\n");
    CHECK(messages("{\"id\": \"\\x\"}") == "a string contains an unknown escape\n");
    CHECK(messages("{\"id\": \"\\u12\"}") == "\"\\u\" must be followed by four hexadecimal digits\n");
    CHECK(messages("{\"id\": \"\\ud800\"}") == "an escaped surrogate must be part of a pair\n");
    CHECK(messages("{\"id\": \"a\nb\"}") == "a control character in a string must be escaped\n");
    CHECK(messages("{\"id\": \"p") == "a string has no closing quote\n");
    CHECK(messages("\xEF\xBB{}") == "the byte order mark must be that of UTF-8\n");
}

TEST_CASE("the last problem of a long list counts those that are not listed") {
    std::string text = R"({"id": "p")";
    for (int i = 0; i < 1'003; ++i) text += ", \"x" + std::to_string(i) + "\": 1";
    const auto parsed = dsg::try_parse_partner(text + '}');
    const auto& problems = std::get<dsg::Diagnostics>(parsed);
    CHECK(problems.size() == 1'001);
    CHECK(problems.front().count == 1);
    CHECK(problems.back().count == 3);
    CHECK(problems.back().message == "and 3 more problems");
}

TEST_CASE("a NUL is refused everywhere") {
    using namespace std::string_view_literals;
    CHECK(partner_problems("{\"id\": \"p\"}\0"sv) == Problems{"1:12 (root) nul"});
    CHECK(partner_problems("{\"id\": \"p\"}\0 and more"sv) == Problems{"1:12 (root) nul"});
    CHECK(partner_problems("{\"id\":\n\0 \"p\"}"sv) == Problems{"2:1 (root) nul"});
    CHECK(partner_problems("{\"id\": \"a\0b\"}"sv) == Problems{"1:10 (root) nul"});
    CHECK(partner_problems("\0"sv) == Problems{"1:1 (root) nul"});
    CHECK(partner_problems(R"({"id": "a\u0000b"})") == Problems{"1:8 /id nul"});
    CHECK(partner_problems(R"({"id": "p", "name": "\u0000", "notes": "\u0000"})") ==
          Problems{"1:21 /name nul", "1:40 /notes nul"});
    CHECK(partner_problems(R"({"id": "p", "\u0000": 1})") == Problems{std::string("1:13 /\0 unknown_key", 19)});
}

TEST_CASE("a byte order mark is accepted and not counted in columns") {
    const std::string mark = "\xEF\xBB\xBF";
    CHECK(partner_problems(mark + R"({"id": "p"})").empty());
    CHECK(partner_problems(mark + R"({"id": 5})") == Problems{"1:8 /id type"});
    CHECK(partner_problems(mark + "{\"id\": \"p\",\n\"x\": 1}") == Problems{"2:1 /x unknown_key"});
    CHECK(partner_problems(mark + "{\"id\" 5}") == Problems{"1:7 (root) syntax"});
    CHECK(partner_problems(mark + "[") == Problems{"1:2 (root) syntax"});
}

TEST_CASE("CRLF ends a line like LF, and columns count bytes") {
    CHECK(partner_problems("{\r\n  \"id\": 5,\r\n\r\n  \"x\": 1\r\n}") ==
          Problems{"2:9 /id type", "4:3 /x unknown_key"});
    CHECK(partner_problems("{\r\n\"id\" 5}") == Problems{"2:6 (root) syntax"});
    CHECK(partner_problems("{\"name\": \"\xc3\xa9\", \"id\": 5}") == Problems{"1:22 /id type"});
    CHECK(partner_problems("{\"name\": \"a\\n\\\"b\", \"id\": 5}") == Problems{"1:26 /id type"});
}

TEST_CASE("a number that overflows is refused with its location") {
    const auto score = [](const std::string& number) {
        return R"({"id":"p","events":[{"on":"2026-01-01","type":"csat_evaluated","outcome":"pass","score":)" + number +
               "}]}";
    };
    CHECK(partner_problems(score("1e999")) == Problems{"1:89 /events/0/score range"});
    CHECK(partner_problems(score("-1e999")) == Problems{"1:89 /events/0/score range"});
    CHECK(messages(score("1e999")) == "a number must be at most 1.7976931348623157e308 in size\n");
    CHECK(partner_problems(score("4.000000000000000000000000000000001")).empty());
    CHECK(partner_problems(score("40000000000000000000e-19")).empty());
    CHECK(partner_problems("1e999") == Problems{"1:1 (root) range"});
    CHECK(partner_problems("[0, 1e999]") == Problems{"1:5 /1 range"});
}

TEST_CASE("an amount has at most four decimals and an upper bound") {
    const auto contract = [](const std::string& amount) {
        return R"({"id": "p", "support_contracts": [{"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": )" +
               amount + R"(, "currency": "USD"}}]})";
    };
    for (const char* amount : {"0", "-0", "0.0001", "1e4", "10000000000", "12.50000000"}) {
        CAPTURE(amount);
        CHECK(partner_problems(contract(amount)).empty());
    }
    for (const char* amount : {"-1", "-0.0001", "0.00001", "10000000000.0001", "1e11"}) {
        CAPTURE(amount);
        CHECK(partner_problems(contract(amount)) == Problems{"1:101 /support_contracts/0/annual_value/amount range"});
    }
    CHECK(partner_problems(contract("true")) == Problems{"1:101 /support_contracts/0/annual_value/amount type"});
    CHECK(partner_problems(contract("null")) == Problems{"1:101 /support_contracts/0/annual_value/amount missing_key"});
}

TEST_CASE("pointers are escaped as JSON Pointer requires") {
    CHECK(partner_problems(R"({"id": "p", "a/b~c": 1})") == Problems{"1:13 /a~1b~0c unknown_key"});
}

TEST_CASE("the reader that returns problems returns those that the other throws") {
    CHECK(std::get<dsg::Partner>(dsg::try_parse_partner(R"({"id": "p"})")) == dsg::parse_partner(R"({"id": "p"})"));
    const auto failed = dsg::try_parse_partner(R"({"id": 5})", {.file = "p.json"});
    REQUIRE(std::holds_alternative<dsg::Diagnostics>(failed));
    try {
        dsg::parse_partner(R"({"id": 5})", {.file = "p.json"});
        FAIL("it was accepted");
    } catch (const dsg::InputError& error) {
        CHECK(error.diagnostics() == std::get<dsg::Diagnostics>(failed));
    }
}

TEST_CASE("a dimension has a score and a maximum, and all three are required together", "[SSD-E1]") {
    const auto event = [](const std::string& dimensions) {
        return R"({"id": "p", "events": [{"on": "2026-01-01", "type": "capability_evaluated", "outcome": "pass",
"dimensions": )" +
               dimensions + "}]}";
    };
    const std::string good = R"({"score": 4, "out_of": 5})";
    const auto three = [&](const std::string& last) {
        return event("{\"support_function\": " + good + ", \"support_staff_skills\": " + good +
                     ",\n\"support_performance_metrics\": " + last + "}");
    };
    CHECK(partner_problems(three(good)).empty());
    CHECK(partner_problems(event("null")).empty());
    CHECK(partner_problems(event("5")) == Problems{"2:15 /events/0/dimensions type"});
    CHECK(partner_problems(event("{\"support_function\": " + good + "}")) ==
          Problems{"2:15 /events/0/dimensions missing_key", "2:15 /events/0/dimensions missing_key"});
    const std::string place = " /events/0/dimensions/support_performance_metrics";
    CHECK(partner_problems(three("5")) == Problems{"3:32" + place + " type"});
    CHECK(partner_problems(three("{\"score\": 4}")) == Problems{"3:32" + place + " missing_key"});
    CHECK(partner_problems(three("{\"out_of\": 4}")) == Problems{"3:32" + place + " missing_key"});
    CHECK(partner_problems(three(R"({"score": 6, "out_of": 5})")) == Problems{"3:42" + place + "/score range"});
    CHECK(partner_problems(three(R"({"score": -1, "out_of": 5})")) == Problems{"3:42" + place + "/score range"});
    CHECK(partner_problems(three(R"({"score": 0, "out_of": 0})")) == Problems{"3:55" + place + "/out_of range"});
    CHECK(partner_problems(three(R"({"score": 5, "out_of": 5})")).empty());
    CHECK(partner_problems(three(R"({"score": 0, "out_of": 0.5})")).empty());
}

TEST_CASE("JSON is written on one line or indented, and reads back unchanged") {
    json document = eligible();
    document["name"] = "a\"b\\c\n\r\t\b\f\x1f\x7f \xc3\xa9 \xf0\x9f\x8f\x85";
    document["support_contracts"] = json::array();
    document["events"] = json::parse(
        R"([{"on": "2026-01-01", "type": "case_rate_determined", "outcome": "pass", "rate": 4.0},
            {"on": "2026-01-01", "type": "case_rate_determined", "outcome": "pass", "rate": 1e30},
            {"on": "2026-01-01", "type": "case_rate_determined", "outcome": "pass", "rate": 0.1}])");
    document["format"] = "designation/partner@1";
    const dsg::Partner p = partner(document);
    for (const int indent : {-1, 0, 1, 4}) {
        const std::string text = dsg::to_json(p, indent);
        CHECK(json::parse(text) == document);
        CHECK(dsg::parse_partner(text) == p);
        CHECK(nlohmann::ordered_json::parse(text).dump(indent) == text);
        CHECK((text.find('\n') == std::string::npos) == (indent < 0));
    }
}
