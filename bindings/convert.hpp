#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <array>
#include <designation/assessment.hpp>
#include <designation/diagnostic.hpp>
#include <designation/money.hpp>
#include <designation/partner.hpp>
#include <designation/rules.hpp>
#include <memory>
#include <optional>

/// The Python members of an enumeration; filled by `bind_enums`, and never freed.
template <class Enum>
inline std::array<PyObject*, designation::count_of<Enum>> python_members{};

/// The error of a value that `__init__` did not build.
inline constexpr const char* value_without_init = "a value made by __new__ without __init__ cannot be used";

/// Return a `datetime.date`.
pybind11::object to_date(designation::Day day);

/// Convert a `datetime.date` or `"YYYY-MM-DD"`. Throw TypeError for anything else, including a datetime, and InputError
/// for an invalid date.
designation::Day to_day(pybind11::handle value);

/// Return the day of a `datetime.date`, in any year; nothing for anything else, including a datetime.
std::optional<designation::Day> day_of(pybind11::handle value);

/// Convert a `datetime.date` of an assessment, which may lie beyond the range that facts may have.
designation::Day to_derived_day(pybind11::handle value);

/// Return the UTF-8 of a string; nothing for anything else and for a string with a lone surrogate.
std::optional<std::string_view> utf8_of(pybind11::handle value);

/// Return a `decimal.Decimal`.
pybind11::object to_decimal(designation::Amount amount);

/// Return whether a bound value equals another object; the `__eq__` of bound classes.
template <class T>
bool is_equal(const T& self, const pybind11::object& other) {
    return pybind11::isinstance<T>(other) && self == other.cast<const T&>();
}

namespace pybind11::detail {

// pybind11's own caster does not convert enumerations to and from their names.
template <class Enum>
struct type_caster_enum_type_enabled<Enum, std::enable_if_t<(designation::count_of<Enum> > 0)>> : std::false_type {};

template <class Enum>
class type_caster<Enum, std::enable_if_t<(designation::count_of<Enum> > 0)>> {
 public:
    PYBIND11_TYPE_CASTER(Enum, const_name("str"));

    bool load(handle source, bool /*convert*/) {
        const auto text = utf8_of(source);
        const auto named = text ? designation::from_name<Enum>(*text) : std::nullopt;
        if (named) value = *named;
        return named.has_value();
    }
    static handle cast(Enum member, return_value_policy /*policy*/, handle /*parent*/) {
        return handle(python_members<Enum>[static_cast<std::size_t>(member)]).inc_ref();
    }
};

template <>
class type_caster<designation::Day> {
 public:
    PYBIND11_TYPE_CASTER(designation::Day, const_name("datetime.date"));

    bool load(handle source, bool /*convert*/) {
        value = to_day(source);
        return true;
    }
    static handle cast(designation::Day day, return_value_policy /*policy*/, handle /*parent*/) {
        return to_date(day).release();
    }
};

template <>
class type_caster<designation::Currency> {
 public:
    PYBIND11_TYPE_CASTER(designation::Currency, const_name("str"));

    bool load(handle source, bool /*convert*/) {
        const auto letters = utf8_of(source);
        const auto currency = letters ? designation::Currency::parse(*letters) : std::nullopt;
        if (currency) value = *currency;
        return currency.has_value();
    }
    static handle cast(designation::Currency currency, return_value_policy /*policy*/, handle /*parent*/) {
        return str(std::string(currency.letters())).release();
    }
};

template <>
class type_caster<designation::Amount> {
 public:
    PYBIND11_TYPE_CASTER(designation::Amount, const_name("decimal.Decimal"));

    bool load(handle source, bool /*convert*/) {
        const auto amount = designation::parse_amount(str(source).cast<std::string>());
        if (amount) value = *amount;
        return amount.has_value();
    }
    static handle cast(designation::Amount amount, return_value_policy /*policy*/, handle /*parent*/) {
        return to_decimal(amount).release();
    }
};

template <class Enum>
class type_caster<designation::Sequence<Enum>> {
 public:
    PYBIND11_TYPE_CASTER(designation::Sequence<Enum>, const_name("tuple[str, ...]"));

    bool load(handle source, bool /*convert*/) {
        value = {};
        for (const handle item : source) value.push_back(item.cast<Enum>());
        return true;
    }
    static handle cast(const designation::Sequence<Enum>& values, return_value_policy /*policy*/, handle /*parent*/) {
        tuple result(values.size());
        std::size_t i = 0;
        for (const Enum item : values) result[i++] = pybind11::cast(item);
        return result.release();
    }
};

/// Names in the order of their enumeration, as plain strings.
template <class Enum>
class type_caster<designation::SetOf<Enum>> {
 public:
    PYBIND11_TYPE_CASTER(designation::SetOf<Enum>, const_name("tuple[str, ...]"));

    bool load(handle source, bool /*convert*/) {
        value = {};
        for (const handle item : source) {
            const auto text = utf8_of(item);
            const auto named = text ? designation::from_name<Enum>(*text) : std::nullopt;
            if (!named) return false;
            value.insert(*named);
        }
        return true;
    }
    static handle cast(const designation::SetOf<Enum>& values, return_value_policy /*policy*/, handle /*parent*/) {
        list all;
        for (std::size_t i = 0; i < designation::count_of<Enum>; ++i) {
            const auto value = static_cast<Enum>(i);
            if (values.contains(value)) all.append(std::string(designation::to_string(value)));
        }
        return tuple(all).release();
    }
};

/// pybind11 converts None to a null pointer. These pointers are never null: None is not accepted.
template <class T>
class shared_value_caster : public copyable_holder_caster<T, std::shared_ptr<T>> {
 public:
    bool load(handle source, bool convert) {
        if (source.is_none()) return false;
        try {
            return copyable_holder_caster<T, std::shared_ptr<T>>::load(source, convert);
        } catch (const cast_error&) {
            throw type_error(value_without_init);
        }
    }
};
template <>
class type_caster<std::shared_ptr<designation::Partner>> : public shared_value_caster<designation::Partner> {};
template <>
class type_caster<std::shared_ptr<designation::Rulebook>> : public shared_value_caster<designation::Rulebook> {};
template <>
class type_caster<std::shared_ptr<designation::Rules>> : public shared_value_caster<designation::Rules> {};

}  // namespace pybind11::detail
