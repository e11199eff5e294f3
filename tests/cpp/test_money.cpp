#include "support.hpp"

using namespace support;
using dsg::Amount;

TEST_CASE("an amount is read exactly or refused") {
    struct Row {
        const char* text;
        const char* read;  ///< null where it is none
    };
    const Row rows[] = {
        {"0", "0"},
        {"-0", "0"},
        {"0.0", "0"},
        {"0.00000000", "0"},
        {"1350", "1350"},
        {"1350.5", "1350.5"},
        {"1350.50", "1350.5"},
        {"0.0001", "0.0001"},
        {"-0.0001", "-0.0001"},
        {"-12.5", "-12.5"},
        {"0.1", "0.1"},         // no binary float
        {"1.0000000000", "1"},  // zeros beyond the fourth place
        {"1.35e3", "1350"},     // an exponent
        {"1.35E+3", "1350"},    // in capitals and with a sign
        {"13500e-1", "1350"},   // a negative exponent
        {"1e-4", "0.0001"},     // down to the fourth place
        {"10e-5", "0.0001"},    // whose zeros make up for it
        {"100000e-5", "1"},
        {"0e-99", "0"},                          // zero has no places
        {"10000000000", "10000000000"},          // the largest
        {"9999999999.9999", "9999999999.9999"},  // just below it
        {"1e10", "10000000000"},                 // the largest, as an exponent
        {"10000000000.0001", nullptr},           // just above it
        {"10000000001", nullptr},
        {"1e11", nullptr},
        {"1e39", nullptr},
        {"1e41", nullptr},
        {"1e-41", nullptr},
        {"1e99999999999", nullptr},
        {"123456789012345678901234567890", nullptr},
        {"0.00001", nullptr},  // a fifth place
        {"1e-5", nullptr},
        {"1.23456", nullptr},
        {"1.000000000000000000000000000001", nullptr},
        {"100000000000000.000001", nullptr},
        {"", nullptr},
        {"-", nullptr},
        {".5", nullptr},
        {"5.", nullptr},
        {"1,350", nullptr},
        {"1.2.3", nullptr},
        {"1e", nullptr},
        {"1e1x", nullptr},
        {"1e1.5", nullptr},
        {"NaN", nullptr},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(str(dsg::parse_amount(row.text)) == (row.read ? row.read : "null"));
    }
}

TEST_CASE("amounts are added exactly") {
    Amount sum;
    for (int i = 0; i < 10; ++i) sum += *dsg::parse_amount("0.1");
    CHECK(sum == *dsg::parse_amount("1"));
    CHECK(sum.is_whole());
    CHECK_FALSE((sum + Amount::ten_thousandths(1)).is_whole());
    CHECK(*dsg::parse_amount("0.9") < sum);
    CHECK(str(Amount::ten_thousandths(-10'001)) == "-1.0001");
}

TEST_CASE("a currency is three capital letters") {
    CHECK(dsg::Currency::parse("USD")->letters() == "USD");
    CHECK(dsg::Currency{}.letters() == "XXX");
    for (const std::string_view letters : {"", "US", "USDX", "usd", "U5D", "US ", "\xc3\x84U"}) {
        CAPTURE(letters);
        CHECK_FALSE(dsg::Currency::parse(letters));
    }
}

TEST_CASE("a share is rounded half to even to the minor unit of its currency") {
    struct Row {
        const char* amount;
        const char* currency;
        int percent;
        const char* share;
    };
    const Row rows[] = {
        {"10000", "USD", 5, "500"},    // a whole share
        {"0.1", "USD", 5, "0"},        // 0.005: a half, to the even 0.00
        {"0.3", "USD", 5, "0.02"},     // 0.015: a half, to the even 0.02
        {"0.5", "USD", 5, "0.02"},     // 0.025: a half, to the even 0.02
        {"0.5001", "USD", 5, "0.03"},  // just above a half
        {"0.4999", "USD", 5, "0.02"},  // just below a half
        {"1010", "JPY", 5, "50"},      // no minor unit: 50.5 to the even 50
        {"1030", "JPY", 5, "52"},      // 51.5 to the even 52
        {"1010", "XPF", 5, "50"},      // no minor unit either
        {"1010", "KRW", 5, "50"},
        {"0.01", "KWD", 5, "0"},                     // three places: 0.0005 to the even 0.000
        {"0.03", "KWD", 5, "0.002"},                 // 0.0015 to the even 0.002
        {"0.001", "CLF", 10, "0.0001"},              // four places
        {"0.0005", "CLF", 10, "0"},                  // 0.00005 to the even 0.0000
        {"10000000000", "USD", 100, "10000000000"},  // all of the largest
        {"123.45", "EUR", 0, "0"},                   // nothing
    };
    for (const Row& row : rows) {
        CAPTURE(row.amount, row.currency, row.percent);
        const dsg::Money money{*dsg::parse_amount(row.amount), *dsg::Currency::parse(row.currency)};
        const dsg::Money share = dsg::share_of(money, row.percent);
        CHECK(str(share.amount) == row.share);
        CHECK(share.currency == money.currency);
    }
}

TEST_CASE("an amount survives JSON without loss") {
    std::vector<std::int64_t> counts = {
        1000, 3000, 13'505'000, 98'273'774'390'941, 33'651'735'281'329, 96'164'347'723'434, dsg::Amount::largest - 1};
    for (std::uint64_t i = 0, seed = 1; i < 20'000; ++i) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        counts.push_back(static_cast<std::int64_t>((seed >> 11U) % static_cast<std::uint64_t>(Amount::largest)));
    }
    dsg::PartnerRecord record = partner(eligible()).record();
    for (const std::int64_t count : counts) {
        const Amount amount = Amount::ten_thousandths(count);
        record.support_contracts->front().annual_value = dsg::Money{amount, *dsg::Currency::parse("USD")};
        const std::string written = dsg::to_json(dsg::Partner(record));
        const std::string expected = "\"amount\":" + str(amount) + ',';
        if (written.find(expected) == std::string::npos) FAIL_CHECK(expected << " is not in " << written);
        const dsg::Partner read = dsg::parse_partner(written);
        if (read.record().support_contracts->front().annual_value->amount != amount) FAIL_CHECK(str(amount));
    }
}
