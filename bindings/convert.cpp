#include "convert.hpp"

#include <datetime.h>

namespace py = pybind11;

namespace {

void import_datetime() {
    if (!PyDateTimeAPI) PyDateTime_IMPORT;
}

[[noreturn]] void throw_error(std::string code, std::string message) {
    throw designation::InputError({{std::move(code), {}, std::move(message)}});
}

}  // namespace

std::optional<std::string_view> utf8_of(py::handle value) {
    if (!PyUnicode_Check(value.ptr())) return std::nullopt;
    Py_ssize_t size = 0;
    const char* utf8 = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
    if (utf8) return std::string_view{utf8, static_cast<std::size_t>(size)};
    PyErr_Clear();
    return std::nullopt;
}

py::object to_date(designation::Day day) {
    import_datetime();
    const auto civil = day.civil();
    PyObject* date =
        PyDate_FromDate(static_cast<int>(civil.year()), static_cast<int>(static_cast<unsigned>(civil.month())),
                        static_cast<int>(static_cast<unsigned>(civil.day())));
    if (!date) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(date);
}

std::optional<designation::Day> day_of(py::handle value) {
    import_datetime();
    PyObject* date = value.ptr();
    if (!PyDate_Check(date) || PyDateTime_Check(date)) return std::nullopt;
    const std::chrono::year_month_day civil{std::chrono::year{PyDateTime_GET_YEAR(date)},
                                            std::chrono::month{static_cast<unsigned>(PyDateTime_GET_MONTH(date))},
                                            std::chrono::day{static_cast<unsigned>(PyDateTime_GET_DAY(date))}};
    return designation::Day::derived(std::chrono::sys_days{civil});
}

designation::Day to_derived_day(py::handle value) {
    const auto day = day_of(value);
    if (!day) throw py::type_error("a date must be a datetime.date, and not a datetime");
    return *day;
}

designation::Day to_day(py::handle value) {
    designation::Day day;
    if (const auto date = day_of(value)) {
        day = *date;
    } else if (PyDateTime_Check(value.ptr())) {
        throw py::type_error("a date must be a datetime.date or \"YYYY-MM-DD\", not a datetime: use .date()");
    } else if (const auto iso = utf8_of(value)) {
        const auto read = designation::parse_iso(*iso);
        if (!read)
            throw_error("date", "must be a date as \"YYYY-MM-DD\", not \"" + std::string(iso->substr(0, 60)) + '"');
        if (!read->ok()) throw_error("date", '"' + std::string(*iso) + "\" is not a valid date");
        day = designation::Day::derived(std::chrono::sys_days{*read});
    } else {
        throw py::type_error("a date must be a datetime.date or \"YYYY-MM-DD\", not " +
                             py::str(py::type::handle_of(value).attr("__name__")).cast<std::string>());
    }
    if (day < designation::Day::earliest() || day > designation::Day::latest()) {
        throw_error("range", "a date must be from 1900-01-01 to 2199-12-31, not " + to_string(day));
    }
    return day;
}

py::object to_decimal(designation::Amount amount) {
    PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<py::object> decimal;
    const auto& type =
        decimal.call_once_and_store_result([] { return py::module_::import("decimal").attr("Decimal"); }).get_stored();
    return type(to_string(amount));
}
