#include <designation/portfolio.hpp>
#include <map>
#include <stdexcept>

#include "tables.hpp"

using namespace support;
using dsg::PortfolioColumn;

namespace {

dsg::PortfolioQuestion on(const std::string& iso, std::vector<PortfolioColumn> asked = {}) {
    dsg::PortfolioQuestion question;
    question.as_of = day(iso);
    question.columns = std::move(asked);
    return question;
}

dsg::PortfolioAnswer answer(const dsg::PortfolioQuestion& question, Made table = portfolio()) {
    ArrowArrayStream stream = stream_of(std::move(table));
    auto result = dsg::assess_portfolio(stream, question, dsg::builtin_rules());
    CHECK(stream.release == nullptr);
    return result;
}

/// The words of a dictionary column of the answer, chunk after chunk.
std::string words_of(const dsg::PortfolioAnswer& result, int column = 0) {
    ArrowArrayStream stream{};
    result.stream(stream);
    columns::StreamImporter importer(stream);
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

std::string problems_of(const dsg::PortfolioQuestion& question, Made table) {
    try {
        answer(question, std::move(table));
    } catch (const dsg::InputError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("a row of a table has the answer of the partner that it is") {
    const auto result = answer(on("2026-09-15", {PortfolioColumn::status, PortfolioColumn::capability}));
    CHECK(result.rows() == 3);
    CHECK(words_of(result) == "active unknown not_attained");
    CHECK(words_of(result, 1) == "met unknown unmet");
    CHECK(result.unread() == std::vector<std::string>{"day", "comment"});
}

TEST_CASE("each row can have its day, and each partner several") {
    dsg::PortfolioQuestion question = on("2026-09-15", {PortfolioColumn::status});
    question.as_of = std::string("day");
    CHECK(words_of(answer(question)) == "active unknown not_attained");
    question.as_of = std::vector{day("2027-01-01"), day("2026-01-01"), day("2027-03-02"), day("2027-03-03")};
    CHECK(words_of(answer(question)) ==
          "renewal_open not_attained renewal_overdue renewal_overdue unknown unknown unknown unknown "
          "not_attained not_attained not_attained not_attained");
    question.as_of = std::vector<dsg::Day>{};
    CHECK_THROWS_AS(answer(question), std::invalid_argument);
}

TEST_CASE("an empty question computes every column") {
    ArrowArrayStream stream{};
    answer(on("2026-09-15")).stream(stream);
    columns::StreamImporter importer(stream);
    CHECK(importer.schema().n_children == dsg::count_of<PortfolioColumn> - 1);
    CHECK(std::string(importer.schema().children[36]->name) == "next_change_on");
}

TEST_CASE("what is wrong with a row is told, or kept beside null answers") {
    dsg::PortfolioQuestion question = on("2026-09-15", {PortfolioColumn::status});
    question.first_row = 10;
    CHECK(problems_of(question, portfolio("medal")).starts_with("/10/events/0/type: must be one of"));
    question.on_error = dsg::OnError::null;
    CHECK(words_of(answer(question, portfolio("medal"))) == "null unknown not_attained");
}

TEST_CASE("a table without ids, or that is none, is refused") {
    std::vector<Made> members;
    members.push_back(texts("name", {"a"}));
    CHECK(problems_of(on("2026-09-15"), structs("", std::move(members))) ==
          "/id: there is no such column [missing_key]");
    CHECK(problems_of(on("2026-09-15"), texts("id", {"a"})) == "must be a table, not utf8 [type]");
}

TEST_CASE("a stream is pulled once") {
    ArrowArrayStream stream = stream_of(portfolio());
    dsg::assess_portfolio(stream, on("2026-09-15"), dsg::builtin_rules());
    CHECK_THROWS_AS(dsg::assess_portfolio(stream, on("2026-09-15"), dsg::builtin_rules()), std::invalid_argument);
}

TEST_CASE("documents are assessed like rows, on any number of threads") {
    const auto awarded = std::make_shared<const dsg::Partner>(with_events(attained("2026-03-02")));
    std::vector<dsg::PortfolioRow> rows(70'000, {awarded, {}, {}, {}});
    rows[69'999] = {{}, {}, "x", "unreadable"};
    dsg::PortfolioQuestion question = on("2027-01-15", {PortfolioColumn::status});
    CHECK_THROWS_AS(dsg::assess_portfolio(rows, question, dsg::builtin_rules()), dsg::InputError);
    question.on_error = dsg::OnError::null;
    std::string first;
    for (const unsigned threads : {1U, 3U, 8U}) {
        question.threads = threads;
        const std::string all = words_of(dsg::assess_portfolio(rows, question, dsg::builtin_rules()));
        CHECK(all.ends_with("renewal_open renewal_open null"));
        CHECK((first.empty() || all == first));
        first = all;
    }
    question.as_of = std::string("day");
    rows.assign(2, {awarded, day("2026-09-15"), {}, {}});
    rows[1].as_of.reset();
    CHECK(words_of(dsg::assess_portfolio(rows, question, dsg::builtin_rules())) == "active null");
}
