// The fields of records are what documents have, in the order in which they are written.

#include <vector>

#include "support.hpp"

using namespace support;

namespace {

using Keys = std::vector<std::string_view>;

template <class Record>
Keys keys_of() {
    const auto keys = dsg::keys<Record>();
    return {keys.begin(), keys.end()};
}

template <class Record>
Keys required_of() {
    const auto keys = dsg::required_keys<Record>();
    return {keys.begin(), keys.end()};
}

}  // namespace

TEST_CASE("each record has its fields, and those that it must have come first") {
    CHECK(keys_of<dsg::AuthorizationRecord>() == Keys{"type", "from", "through", "notes"});
    CHECK(keys_of<dsg::SupportContractRecord>() == Keys{"type", "from", "through", "annual_value", "notes"});
    CHECK(keys_of<dsg::SolutionsPartnerDesignationRecord>() == Keys{"area", "from", "through", "notes"});
    CHECK(keys_of<dsg::EventRecord>() ==
          Keys{"on", "type", "outcome", "dimensions", "cases", "rate", "score", "notes"});
    CHECK(required_of<dsg::SupportContractRecord>() == Keys{"type", "from"});
    CHECK(required_of<dsg::EventRecord>() == Keys{"on", "type"});
    CHECK(required_of<dsg::PartnerRecord>() == Keys{"id"});
}

TEST_CASE("a field leads to its member, also where that is a member of a member") {
    dsg::SupportContractRecord record;
    record.period.through = day("2026-12-31");
    dsg::for_each_field<dsg::SupportContractRecord>([&](const auto& field) {
        if constexpr (std::is_same_v<decltype(field.get(record)), dsg::Day&>) {
            if (field.key == "through") CHECK(field.get(record) == day("2026-12-31"));
        }
    });
}

TEST_CASE("an enumeration has no fields") { CHECK(dsg::field_count<dsg::EventType> == 0); }
