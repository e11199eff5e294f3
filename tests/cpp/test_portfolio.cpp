#include <designation/portfolio.hpp>
#include <map>
#include <stdexcept>

#include "tables.hpp"

using namespace support;
using dsg::PortfolioColumn;

namespace {

dsg::PortfolioOptions options_for(const std::string& iso, std::vector<PortfolioColumn> columns = {}) {
    dsg::PortfolioOptions options;
    options.as_of = day(iso);
    options.columns = std::move(columns);
    return options;
}

dsg::PortfolioResult assess(const dsg::PortfolioOptions& options, TestColumn table = three_partners()) {
    ArrowArrayStream stream = stream_of(std::move(table));
    auto result = dsg::assess_portfolio(stream, options, dsg::builtin_rules());
    CHECK(stream.release == nullptr);
    return result;
}

/// Return the values of a dictionary column, chunk after chunk.
std::string values_of(const dsg::PortfolioResult& result, int column = 0) {
    ArrowArrayStream stream{};
    result.stream(stream);
    portfolio::StreamImporter importer(stream);
    importer.pull();
    std::string all;
    for (const ArrowArray& chunk : importer.arrays()) {
        const ArrowArray& array = *chunk.children[column];
        const auto* offsets = static_cast<const std::int32_t*>(array.dictionary->buffers[1]);
        const auto* bytes = static_cast<const char*>(array.dictionary->buffers[2]);
        for (std::int64_t i = 0; i < array.length; ++i) {
            const auto* valid = static_cast<const std::uint8_t*>(array.buffers[0]);
            const auto at = static_cast<std::size_t>(static_cast<const std::int8_t*>(array.buffers[1])[i]);
            const bool null = valid && (valid[i / 8] >> (i % 8) & 1) == 0;
            all += all.empty() ? "" : " ";
            all += null ? "null" : std::string(bytes + offsets[at], bytes + offsets[at + 1]);
        }
    }
    return all;
}

std::string error_of(const dsg::PortfolioOptions& options, TestColumn table) {
    try {
        assess(options, std::move(table));
    } catch (const dsg::InputError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("a row of a table has the result of its partner") {
    const auto result = assess(options_for("2026-09-15", {PortfolioColumn::status, PortfolioColumn::capability}));
    CHECK(result.rows() == 3);
    CHECK(values_of(result) == "active unknown not_attained");
    CHECK(values_of(result, 1) == "met unknown unmet");
    CHECK(result.unread() == std::vector<std::string>{"day", "comment"});
}

TEST_CASE("each row can have its own day, and each partner several days") {
    dsg::PortfolioOptions options = options_for("2026-09-15", {PortfolioColumn::status});
    options.as_of = std::string("day");
    CHECK(values_of(assess(options)) == "active unknown not_attained");
    options.as_of = std::vector{day("2027-01-01"), day("2026-01-01"), day("2027-03-02"), day("2027-03-03")};
    CHECK(values_of(assess(options)) ==
          "renewal_open not_attained renewal_overdue renewal_overdue unknown unknown unknown unknown "
          "not_attained not_attained not_attained not_attained");
    options.as_of = std::vector<dsg::Day>{};
    CHECK_THROWS_AS(assess(options), std::invalid_argument);
}

TEST_CASE("options without columns compute every column") {
    ArrowArrayStream stream{};
    assess(options_for("2026-09-15")).stream(stream);
    portfolio::StreamImporter importer(stream);
    CHECK(importer.schema().n_children == static_cast<std::int64_t>(PortfolioColumn::error));
    CHECK(std::string(importer.schema().children[36]->name) == "next_change_on");
}

TEST_CASE("the errors of a row are raised, or kept beside a null result") {
    dsg::PortfolioOptions options = options_for("2026-09-15", {PortfolioColumn::status});
    options.first_row = 10;
    CHECK(error_of(options, three_partners("medal")).starts_with("/10/events/0/type: must be one of"));
    options.on_error = dsg::OnError::null;
    CHECK(values_of(assess(options, three_partners("medal"))) == "null unknown not_attained");
}

TEST_CASE("a column of texts or a table without ids is refused") {
    std::vector<TestColumn> members;
    members.push_back(text_column("name", {"a"}));
    CHECK(error_of(options_for("2026-09-15"), struct_column("", std::move(members))) ==
          "/id: missing column [missing_key]");
    CHECK(error_of(options_for("2026-09-15"), text_column("id", {"a"})) == "must be a table, not utf8 [type]");
}

TEST_CASE("a stream is pulled once") {
    ArrowArrayStream stream = stream_of(three_partners());
    dsg::assess_portfolio(stream, options_for("2026-09-15"), dsg::builtin_rules());
    CHECK_THROWS_AS(dsg::assess_portfolio(stream, options_for("2026-09-15"), dsg::builtin_rules()),
                    std::invalid_argument);
}

TEST_CASE("documents are assessed like rows of a table, on any number of threads") {
    const auto awarded = std::make_shared<const dsg::Partner>(with_events(attained("2026-03-02")));
    std::vector<dsg::PortfolioRow> rows(70'000, {awarded, {}, {}, {}});
    rows[69'999] = {{}, {}, "x", "unreadable"};
    dsg::PortfolioOptions options = options_for("2027-01-15", {PortfolioColumn::status});
    CHECK_THROWS_AS(dsg::assess_portfolio(rows, options, dsg::builtin_rules()), dsg::InputError);
    options.on_error = dsg::OnError::null;
    std::string first;
    for (const unsigned threads : {1U, 3U, 8U}) {
        options.threads = threads;
        const std::string all = values_of(dsg::assess_portfolio(rows, options, dsg::builtin_rules()));
        CHECK(all.ends_with("renewal_open renewal_open null"));
        CHECK((first.empty() || all == first));
        first = all;
    }
    options.as_of = std::string("day");
    rows.assign(2, {awarded, day("2026-09-15"), {}, {}});
    rows[1].as_of.reset();
    CHECK(values_of(dsg::assess_portfolio(rows, options, dsg::builtin_rules())) == "active null");
}
