#include <designation/portfolio.hpp>
#include <memory>
#include <stdexcept>

#include "bind.hpp"
#include "convert.hpp"
#include "without_gil.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

constexpr const char* stream_name = "arrow_array_stream";

void free_stream(PyObject* capsule) {
    auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, stream_name));
    if (stream->release) stream->release(stream);
    delete stream;
}

/// Return the capsule of a stream: the object itself, or that of its `__arrow_c_stream__`.
py::object capsule_of(const py::object& table) {
    if (py::isinstance<py::capsule>(table)) return table;
    if (!py::hasattr(table, "__arrow_c_stream__")) {
        throw py::type_error("a table must have __arrow_c_stream__, and " +
                             py::str(py::type::of(table)).cast<std::string>() + " does not");
    }
    return table.attr("__arrow_c_stream__")();
}

PortfolioOptions options_of(const py::object& as_of, const std::vector<PortfolioColumn>& columns, OnError on_error,
                            unsigned threads, std::int64_t first_row) {
    PortfolioOptions options;
    if (py::isinstance<py::str>(as_of)) {
        options.as_of = as_of.cast<std::string>();
    } else if (py::isinstance<py::list>(as_of)) {
        options.as_of = as_of.cast<std::vector<Day>>();
    } else {
        options.as_of = to_day(as_of);
    }
    options.columns = columns;
    options.on_error = on_error;
    options.threads = threads;
    options.first_row = first_row;
    return options;
}

using PartnerPointer = std::shared_ptr<Partner>;
using PartnerAndDay = std::pair<PartnerPointer, Day>;
using IdAndError = std::pair<std::string, std::string>;
using Row = std::variant<PartnerPointer, PartnerAndDay, IdAndError>;

PortfolioRow row_of(const PartnerPointer& partner) { return {partner, {}, {}, {}}; }
PortfolioRow row_of(const PartnerAndDay& row) { return {row.first, row.second, {}, {}}; }
PortfolioRow row_of(const IdAndError& row) { return {{}, {}, row.first, row.second}; }

}  // namespace

void bind_portfolio(py::module_& module) {
    py::class_<PortfolioResult>(module, "PortfolioResult",
                                "The columns computed for a portfolio, to be read as an Arrow stream.")
        .def("__len__", [](const PortfolioResult& self) { return self.rows(); })
        .def_property_readonly(
            "unread", [](const PortfolioResult& self) { return self.unread(); },
            "Columns of the table that were not read.")
        .def(
            "__arrow_c_stream__",
            [](const PortfolioResult& self, const py::object& /*requested_schema*/) {
                auto stream = std::make_unique<ArrowArrayStream>();
                self.stream(*stream);
                PyObject* capsule = PyCapsule_New(stream.get(), stream_name, &free_stream);
                if (!capsule) {
                    stream->release(stream.get());
                    throw py::error_already_set();
                }
                [[maybe_unused]] const ArrowArrayStream* owned_by_capsule = stream.release();
                return py::reinterpret_steal<py::object>(capsule);
            },
            py::arg("requested_schema") = py::none(), "Return a new stream of the columns, which shares their memory.");

    module.def(
        "assess_table",
        [](const py::object& table, const std::shared_ptr<Rules>& rules, const py::object& as_of,
           const std::vector<PortfolioColumn>& columns, OnError on_error, unsigned threads, std::int64_t first_row) {
            PortfolioOptions options = options_of(as_of, columns, on_error, threads, first_row);
            const py::object capsule = capsule_of(table);
            auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), stream_name));
            if (!stream) throw py::error_already_set();
            WithoutGil without_gil;
            options.checkpoint = without_gil.checkpoint();
            return assess_portfolio(*stream, options, *rules);
        },
        py::arg("table"), py::arg("rules"), py::arg("as_of"), py::arg("columns"), py::arg("on_error"),
        py::arg("threads"), py::arg("first_row") = 0,
        "Assess each row of a table; `as_of` is a day, a list of days, or the name of a column of days.");
    module.def(
        "assess_partners",
        [](const std::vector<Row>& partners, const std::shared_ptr<Rules>& rules, const py::object& as_of,
           const std::vector<PortfolioColumn>& columns, OnError on_error, unsigned threads, std::int64_t first_row) {
            PortfolioOptions options = options_of(as_of, columns, on_error, threads, first_row);
            std::vector<PortfolioRow> rows;
            rows.reserve(partners.size());
            for (const Row& row : partners)
                rows.push_back(std::visit([](const auto& each) { return row_of(each); }, row));
            WithoutGil without_gil;
            options.checkpoint = without_gil.checkpoint();
            return assess_portfolio(rows, options, *rules);
        },
        py::arg("partners"), py::arg("rules"), py::arg("as_of"), py::arg("columns"), py::arg("on_error"),
        py::arg("threads"), py::arg("first_row") = 0,
        "Assess partners: each item is a partner, a partner and a day, or the id and the error of one that could not "
        "be read.");

    py::list names;
    py::list on_request;
    for (std::size_t i = 0; i < count_of<PortfolioColumn>; ++i) {
        (i > static_cast<std::size_t>(PortfolioColumn::error) ? on_request : names)
            .append(enum_names<PortfolioColumn>[i]);
    }
    module.attr("PORTFOLIO_COLUMNS") = py::tuple(names);
    module.attr("PORTFOLIO_COLUMNS_ON_REQUEST") = py::tuple(on_request);
}
