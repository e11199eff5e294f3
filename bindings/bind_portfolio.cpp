#include <designation/portfolio.hpp>
#include <memory>
#include <stdexcept>

#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

constexpr const char* stream_name = "arrow_array_stream";

void free_stream(PyObject* capsule) {
    auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, stream_name));
    if (stream->release) stream->release(stream);
    delete stream;
}

/// The stream of anything that has `__arrow_c_stream__`, or of its capsule.
py::object capsule_of(const py::object& table) {
    if (py::isinstance<py::capsule>(table)) return table;
    if (!py::hasattr(table, "__arrow_c_stream__")) {
        throw py::type_error("a table has __arrow_c_stream__; " + py::str(py::type::of(table)).cast<std::string>() +
                             " has not");
    }
    return table.attr("__arrow_c_stream__")();
}

PortfolioQuestion question_of(const py::object& as_of, const std::vector<PortfolioColumn>& columns, OnError on_error,
                              unsigned threads, std::int64_t first_row) {
    PortfolioQuestion question;
    if (py::isinstance<py::str>(as_of)) {
        question.as_of = as_of.cast<std::string>();
    } else if (py::isinstance<py::list>(as_of)) {
        question.as_of = as_of.cast<std::vector<Day>>();
    } else {
        question.as_of = day_of(as_of);
    }
    question.columns = columns;
    question.on_error = on_error;
    question.threads = threads;
    question.first_row = first_row;
    return question;
}

using One = std::shared_ptr<Partner>;
using Row = std::variant<One, std::pair<One, Day>, std::pair<std::string, std::string>>;

PortfolioRow row_of(const One& partner) { return {partner, {}, {}, {}}; }
PortfolioRow row_of(const std::pair<One, Day>& row) { return {row.first, row.second, {}, {}}; }
PortfolioRow row_of(const std::pair<std::string, std::string>& row) { return {{}, {}, row.first, row.second}; }

}  // namespace

void bind_portfolio(py::module_& module) {
    py::class_<PortfolioAnswer>(module, "PortfolioAnswer", "Columns, in chunks; an Arrow stream gives them out.")
        .def("__len__", [](const PortfolioAnswer& self) { return self.rows(); })
        .def_property_readonly("unread", &PortfolioAnswer::unread, "Columns of the table that are not read.")
        .def(
            "__arrow_c_stream__",
            [](const PortfolioAnswer& self, const py::object& /*requested_schema*/) {
                auto stream = std::make_unique<ArrowArrayStream>();
                self.stream(*stream);
                PyObject* capsule = PyCapsule_New(stream.get(), stream_name, &free_stream);
                if (!capsule) {
                    stream->release(stream.get());
                    throw py::error_already_set();
                }
                [[maybe_unused]] const ArrowArrayStream* of_the_capsule = stream.release();
                return py::reinterpret_steal<py::object>(capsule);
            },
            py::arg("requested_schema") = py::none(), "A new stream over the columns; it shares their memory.");

    module.def(
        "assess_table",
        [](const py::object& table, const std::shared_ptr<Rules>& rules, const py::object& as_of,
           const std::vector<PortfolioColumn>& columns, OnError on_error, unsigned threads, std::int64_t first_row) {
            const PortfolioQuestion question = question_of(as_of, columns, on_error, threads, first_row);
            const py::object capsule = capsule_of(table);
            auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), stream_name));
            if (!stream) throw py::error_already_set();
            const py::gil_scoped_release others_may_run;
            return assess_portfolio(*stream, question, *rules);
        },
        py::arg("table"), py::arg("rules"), py::arg("as_of"), py::arg("columns"), py::arg("on_error"),
        py::arg("threads"), py::arg("first_row") = 0, "Assesses each row of a table; a str is the name of a column.");
    module.def(
        "assess_partners",
        [](const std::vector<Row>& partners, const std::shared_ptr<Rules>& rules, const py::object& as_of,
           const std::vector<PortfolioColumn>& columns, OnError on_error, unsigned threads, std::int64_t first_row) {
            const PortfolioQuestion question = question_of(as_of, columns, on_error, threads, first_row);
            std::vector<PortfolioRow> rows;
            rows.reserve(partners.size());
            for (const Row& row : partners)
                rows.push_back(std::visit([](const auto& each) { return row_of(each); }, row));
            const py::gil_scoped_release others_may_run;
            return assess_portfolio(rows, question, *rules);
        },
        py::arg("partners"), py::arg("rules"), py::arg("as_of"), py::arg("columns"), py::arg("on_error"),
        py::arg("threads"), py::arg("first_row") = 0,
        "The same for partners, for partners and days, or for ids and what is wrong with them.");

    py::list names;
    for (const std::string_view word : words<PortfolioColumn>) names.append(word);
    module.attr("PORTFOLIO_COLUMNS") = py::tuple(names);
}
