#include <stdexcept>

#include "arrow_maker.hpp"
#include "laws.hpp"

namespace {

using namespace arrow_maker;
namespace dsg = designation;

/// A table that resembles a portfolio.
Wish portfolio() {
    const auto periods = [](std::string_view name, std::string_view kind, std::vector<Wish> more) {
        std::vector<Wish> members{{kind, texts, {}}, {"from", days, {}}, {"through", days, {}}};
        members.insert(members.end(), more.begin(), more.end());
        return Wish{name, lists, {{"item", structs, members}}};
    };
    const Wish value{"annual_value", structs, {{"amount", numbers, {}}, {"currency", texts, {}}}};
    const Wish event{"item", structs, {{"on", days, {}}, {"type", texts, {}}, {"outcome", texts, {}}}};
    return {"",
            std::span(structs).first(1),
            {{"id", texts, {}},
             periods("csp_authorizations", "type", {}),
             periods("support_contracts", "type", {value}),
             periods("solutions_partner_designations", "area", {}),
             {"events", lists, {event}},
             {"day", days, {}},
             {"comment", all, {}}}};
}

struct Stream {
    Made& table;
    Choices& choose;
    std::int64_t chunks;
    std::int64_t given = 0;
};

Stream& of(ArrowArrayStream* stream) { return *static_cast<Stream*>(stream->private_data); }

ArrowArrayStream give(Stream& stream) {
    const auto get_schema = [](ArrowArrayStream* from, ArrowSchema* out) {
        *out = of(from).table.schema();
        return 0;
    };
    const auto get_next = [](ArrowArrayStream* from, ArrowArray* out) {
        Stream& self = of(from);
        *out = {};
        if (self.given++ < self.chunks) *out = self.table.make_array(self.choose.below(9), self.choose);
        return self.choose.one_in(100) ? 5 : 0;
    };
    const auto release = [](ArrowArrayStream* from) { from->release = nullptr; };
    return {get_schema, get_next, [](ArrowArrayStream*) -> const char* { return nullptr; }, release, &stream};
}

dsg::PortfolioOptions choose_options(Choices& choose) {
    dsg::PortfolioOptions options;
    options.as_of = dsg::Day{std::chrono::year{2026} / 9 / 15};
    if (choose.one_in(4)) options.as_of = std::string("day");
    if (choose.one_in(8)) options.as_of = std::vector<dsg::Day>(laws::days.begin(), laws::days.end());
    if (choose.one_in(3)) options.on_error = dsg::OnError::null;
    if (choose.one_in(4)) options.columns = {dsg::PortfolioColumn{static_cast<std::uint8_t>(choose.below(38))}};
    options.threads = 1;
    return options;
}

/// Read every chunk of a result, as a consumer does.
std::int64_t rows_of(const dsg::PortfolioResult& result) {
    ArrowArrayStream stream{};
    result.stream(stream);
    std::int64_t rows = 0;
    for (;;) {
        ArrowArray chunk{};
        laws::demand(stream.get_next(&stream, &chunk) == 0, "every chunk of a result can be read");
        if (!chunk.release) break;
        rows += chunk.length;
        chunk.release(&chunk);
    }
    stream.release(&stream);
    return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Choices choose({data, size});
    static const Wish wish = portfolio();
    const dsg::PortfolioOptions options = choose_options(choose);
    Made table(wish, choose);
    Stream stream{table, choose, choose.below(3)};
    ArrowArrayStream given = give(stream);
    try {
        const auto result = dsg::assess_portfolio(given, options, dsg::builtin_rules());
        laws::demand(rows_of(result) == result.rows(), "a result has the number of rows that it states");
    } catch (const dsg::InputError& error) {
        laws::demand(!error.diagnostics().empty(), "what is refused says why");
    } catch (const std::runtime_error& error) {
        laws::demand(std::string_view(error.what()).starts_with("the Arrow stream failed"), "only a stream may fail");
    }
    laws::demand(given.release == nullptr, "the stream was taken over");
    return 0;
}
