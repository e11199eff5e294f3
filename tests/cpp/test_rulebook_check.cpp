#include "support.hpp"

using namespace support;

namespace {

/// Return `line:column pointer code` of each problem.
std::string found(std::string_view text) {
    std::string list;
    for (const auto& problem : dsg::check_rulebook(text)) {
        list += (list.empty() ? "" : "; ") + std::to_string(problem.line) + ':' + std::to_string(problem.column) + ' ' +
                problem.pointer + ' ' + problem.code;
    }
    return list;
}

}  // namespace

TEST_CASE("the built-in editions have no problem") {
    for (const std::string_view edition : dsg::editions()) {
        CAPTURE(edition);
        CHECK(found(dsg::builtin_rulebook_text(edition)).empty());
    }
}

TEST_CASE("a change without a citation is reported at the changed value") {
    struct Row {
        const char* members;
        const char* problems;
    };
    for (const Row& row : {
             Row{R"("title": "x")", ""},
             Row{R"("term": {"years": 1, "renewal_window": {"opens_days_before": 60}})", ""},
             Row{R"("term": {"years": 2})", "2:20 /term/years citation"},
             Row{R"("term": {"years": 2}, "rules": {"SSD-T2": {"citations": [{"source": "article"}]}})", ""},
             Row{R"("term": {"years": 2}, "rules": {"SSD-T3": {"citations": [{"source": "article"}]}})",
                 "2:20 /term/years citation"},
             Row{R"("journey": [{"step": "register_interest", "actor": "partner"},
                    {"step": "csat", "actor": "issi"}, {"step": "capability", "actor": "issi"},
                    {"step": "performance", "actor": "issi"}, {"step": "award", "actor": "microsoft"}])",
                 "2:13 /journey citation"},
             Row{R"("fees": {"schedule": {"csat": [{"from": "1900-01-01", "amount": 500.0}]}})", ""},
             Row{R"("fees": {"schedule": {"csat": [{"from": "1900-01-01", "amount": 550}]}})",
                 "2:32 /fees/schedule/csat citation"},
             Row{R"("availability": {"badge": {"announced_by": null}})", ""},
             Row{R"("availability": {"badge": {"words": "now"}})", "2:38 /availability/badge/words citation"},
             Row{R"("availability": {"badge": {"words": "now", "citations": [{"source": "article"}]}})", ""},
             Row{R"("rules": {"SSD-P": {"text": "x"}, "SSD-T2": {"title": "x"}})", "2:30 /rules/SSD-P/text citation"},
             Row{R"("interpretations": {"leap_day": {"default": "roll_forward"}})", ""},
             Row{R"("prerequisites": {"solutions_partner": {"areas": ["security"]}})",
                 "2:51 /prerequisites/solutions_partner/areas citation"},
         }) {
        CAPTURE(row.members);
        CHECK(found(std::string("{\"extends\": \"2025-11\", \"edition\": \"mine\",\n ") + row.members + '}') ==
              row.problems);
    }
}

TEST_CASE("an offer without dates or with contradictory dates is reported") {
    CHECK(found(R"({"extends": "2025-11", "edition": "mine", "availability": {
  "badge": {"available_from": "2025-11-17", "citations": [{"source": "article"}]},
  "unified_for_partners": {"not_before": null, "announced_by": null, "citations": [{"source": "article"}]}}})") ==
          "2:31 /availability/badge/available_from order; 3:27 /availability/unified_for_partners gap");
}

TEST_CASE("errors and missing citations are reported together, in the order of their locations") {
    CHECK(found(R"({"extends": "2025-11", "edition": "mine", "term": {"years": 2},
 "fees": {"schedule": {"csat": [{"from": "2026-01-01", "amount": 1}]}}, "evaluations": {"csat": {"each_cycle": 1}}})") ==
          "1:61 /term/years citation; 2:32 /fees/schedule/csat gap; 2:32 /fees/schedule/csat citation; "
          "2:112 /evaluations/csat/each_cycle type; 2:112 /evaluations/csat/each_cycle citation");
    CHECK(found("{") == "1:2  syntax");
    CHECK(found("[]") == "1:1  type");
}
