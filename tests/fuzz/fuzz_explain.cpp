#include "question.hpp"

namespace {

using namespace laws;

/// Check that the verdict of each node is Kleene's AND of the children that count, where it has some.
void check(const dsg::Explanation& node) {
    std::optional<dsg::Verdict> all;
    for (const dsg::Explanation& child : node.children) {
        check(child);
        if (child.counts && child.verdict) all = all ? *all & *child.verdict : *child.verdict;
    }
    demand(!all || !node.verdict || *all == *node.verdict, "a verdict is the AND of those below it");
    demand(!node.title.empty(), "a rule has a title");
}

void explain(const dsg::Partner& partner, dsg::Day as_of, const dsg::Rules& rules) {
    const dsg::Assessment assessment = dsg::assess(partner, as_of, rules);
    for (std::size_t i = 0; i < dsg::count_of<dsg::Rule>; ++i) {
        const dsg::Explanation why = dsg::explain(assessment, partner, rules, static_cast<dsg::Rule>(i));
        check(why);
        demand(!dsg::to_json(why).empty(), "an explanation can be written");
        const bool is_unmet = why.verdict && *why.verdict != dsg::Verdict::met;
        demand(is_unmet == (dsg::root_cause(why) != nullptr), "what is not met has a reason");
        demand(is_unmet == dsg::why_not(why).has_value(), "the reason has words");
        dsg::facts_needed(why);
    }
    for (const dsg::Finding& finding : dsg::findings(partner, as_of, rules)) {
        check(dsg::explain(assessment, partner, rules, finding));
        demand(assessment.findings.contains(finding.code), "a finding is one of the assessment");
    }
    dsg::actions(assessment, partner, rules);
    dsg::deciding(partner, as_of, rules);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return answer(data, size, explain);
}
