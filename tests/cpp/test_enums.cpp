#include <set>
#include <type_traits>

#include "support.hpp"

using namespace support;

namespace {

template <class Enum>
void hold_words() {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < dsg::count_of<Enum>; ++i) {
        const auto value = static_cast<Enum>(i);
        CAPTURE(to_string(value));
        CHECK(seen.insert(to_string(value)).second);
        CHECK(dsg::from_name<Enum>(to_string(value)) == value);
    }
    CHECK_FALSE(dsg::from_name<Enum>(""));
    CHECK_FALSE(dsg::from_name<Enum>("no such word"));
}

}  // namespace

TEST_CASE("every value of an enumeration has a unique word that converts back") {
    hold_words<dsg::Verdict>();
    hold_words<dsg::AuthorizationType>();
    hold_words<dsg::ContractType>();
    hold_words<dsg::SolutionArea>();
    hold_words<dsg::EventType>();
    hold_words<dsg::Outcome>();
    hold_words<dsg::Evaluation>();
    hold_words<dsg::Step>();
    hold_words<dsg::Actor>();
    hold_words<dsg::Offer>();
    hold_words<dsg::Benefit>();
    hold_words<dsg::Grade>();
    hold_words<dsg::Status>();
    hold_words<dsg::FindingCode>();
    hold_words<dsg::Interpretation>();
}

TEST_CASE("a set contains what was inserted and not what was erased") {
    dsg::SetOf<dsg::Step> steps;
    CHECK(steps.empty());
    steps.insert(dsg::Step::award);
    steps.insert(dsg::Step::csat);
    CHECK(steps.contains(dsg::Step::award));
    CHECK_FALSE(steps.contains(dsg::Step::capability));
    steps.erase(dsg::Step::award);
    CHECK_FALSE(steps.contains(dsg::Step::award));
    CHECK_FALSE(steps.empty());
    dsg::SetOf<dsg::Step> csat;
    csat.insert(dsg::Step::csat);
    CHECK(steps == csat);
}

TEST_CASE("there is one slot per value of an enumeration") {
    dsg::PerValue<dsg::Evaluation, int> counts;
    counts[dsg::Evaluation::csat] = 3;
    CHECK(counts.values == std::array{0, 0, 3});
    CHECK(std::as_const(counts)[dsg::Evaluation::csat] == 3);
    CHECK(counts != dsg::PerValue<dsg::Evaluation, int>{});
}
