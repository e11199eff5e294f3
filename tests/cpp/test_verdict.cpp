#include "support.hpp"

using namespace support;
using dsg::Verdict;

TEST_CASE("AND and OR of verdicts follow Kleene") {
    constexpr Verdict met = Verdict::met;
    constexpr Verdict unknown = Verdict::unknown;
    constexpr Verdict unmet = Verdict::unmet;
    struct Row {
        Verdict a;
        Verdict b;
        Verdict both;
        Verdict either;
    };
    const Row rows[] = {
        {met, met, met, met},         {met, unknown, unknown, met},         {met, unmet, unmet, met},
        {unknown, met, unknown, met}, {unknown, unknown, unknown, unknown}, {unknown, unmet, unmet, unknown},
        {unmet, met, unmet, met},     {unmet, unknown, unmet, unknown},     {unmet, unmet, unmet, unmet},
    };
    for (const Row& row : rows) {
        CAPTURE(str(row.a), str(row.b));
        CHECK((row.a & row.b) == row.both);
        CHECK((row.a | row.b) == row.either);
        Verdict a = row.a;
        CHECK((a &= row.b) == row.both);
        a = row.a;
        CHECK((a |= row.b) == row.either);
    }
}

TEST_CASE("a known condition is met or unmet") {
    CHECK(dsg::met_if(true) == Verdict::met);
    CHECK(dsg::met_if(false) == Verdict::unmet);
}
