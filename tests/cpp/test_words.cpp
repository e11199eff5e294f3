#include <algorithm>

#include "support.hpp"

using namespace support;

namespace {

/// Check that the words of an enumeration begin as its values do, in their order, without the aliases.
template <class Enum>
void check_words() {
    std::vector<std::string_view> own;
    for (const dsg::Word& word : dsg::words<Enum>()) {
        CHECK_FALSE(word.name.empty());
        CHECK(dsg::from_word<Enum>(word.word) == static_cast<Enum>(word.value));
        if (dsg::from_name<Enum>(word.word)) own.push_back(word.word);
    }
    CHECK(std::ranges::equal(own, dsg::enum_names<Enum>));
}

}  // namespace

TEST_CASE("the schema of a partner has every word in the order of the values") {
    check_words<dsg::AuthorizationType>();
    check_words<dsg::ContractType>();
    check_words<dsg::SolutionArea>();
    CHECK(dsg::words<dsg::EventType>().empty());
}

TEST_CASE("an alias is read as its value") {
    CHECK(dsg::from_word<dsg::AuthorizationType>("indirect_provider") == dsg::AuthorizationType::distributor);
    CHECK_FALSE(dsg::from_word<dsg::AuthorizationType>("indirect"));
    CHECK(dsg::from_word<dsg::EventType>("badge_awarded") == dsg::EventType::badge_awarded);
}

TEST_CASE("the areas have their badges") {
    const auto areas = dsg::words<dsg::SolutionArea>();
    CHECK(areas[0].badge == "AI Business Solutions");
    CHECK(areas[5].badge == "Cloud & AI Platforms");
    CHECK(dsg::words<dsg::ContractType>()[1].description == "Premier Support for Partners.");
}
