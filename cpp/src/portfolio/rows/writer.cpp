#include "portfolio/rows/writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace designation::portfolio {

namespace {

using Column = PortfolioColumn;

template <class T>
constexpr const T& value_of(const T& value) noexcept {
    return value;
}
template <class T>
constexpr T value_of(const std::optional<T>& value) noexcept {
    return value.value_or(T{});
}
template <class T>
constexpr bool is_null(const T& /*value*/) noexcept {
    return false;
}
template <class T>
constexpr bool is_null(const std::optional<T>& value) noexcept {
    return !value.has_value();
}

// Convert a value to its stored form.
std::int32_t to_stored(Day day) noexcept { return day.days_since_1970(); }
double to_stored(Amount amount) noexcept {
    return static_cast<double>(amount.ten_thousandths()) / static_cast<double>(Amount::scale);
}
template <class Enum>
    requires std::is_enum_v<Enum>
std::int8_t to_stored(Enum value) noexcept {
    return static_cast<std::int8_t>(value);
}

/// Results and the rows that they fill: one for each day of a result.
struct Rows {
    std::span<const PartnerResult> results;
    std::size_t first;
    bool one_row_each;

    Rows(std::span<const PartnerResult> results_to_write, std::size_t first_row) noexcept
        : results(results_to_write), first(first_row), one_row_each(std::ranges::all_of(results, has_one_row)) {}
    static bool has_one_row(const PartnerResult& result) noexcept { return result.days.size() == 1; }
    bool fill_one_word() const noexcept { return one_row_each && first % 64 == 0 && results.size() <= 64; }
};

/// Write a bit for each row, and return the number of zeros.
template <class Get>
std::int64_t write_bits(std::uint64_t* bits, const Rows& rows, Get get) {
    if (rows.fill_one_word()) {
        std::uint64_t word = 0;
        std::size_t at = 0;
        for (const PartnerResult& result : rows.results) word |= std::uint64_t{get(result) ? 1U : 0U} << at++;
        bits[rows.first / 64] = word;
        return static_cast<std::int64_t>(at) - std::popcount(word);
    }
    std::size_t row = rows.first;
    std::uint64_t word = row % 64 == 0 ? 0 : bits[row / 64];
    std::int64_t zeros = 0;
    for (const PartnerResult& result : rows.results) {
        const std::uint64_t bit = get(result) ? 1 : 0;
        const std::size_t end = row + result.days.size();
        zeros += static_cast<std::int64_t>((1 - bit) * result.days.size());
        while (row < end) {
            word |= bit << (row % 64);
            if (++row % 64 != 0) continue;
            bits[row / 64 - 1] = word;
            word = 0;
        }
    }
    if (row % 64 != 0) bits[row / 64] = word;
    return zeros;
}

/// Write which rows have a value.
template <class Get>
void write_validity(ColumnBuilder& builder, const Rows& rows, Get has_value) {
    builder.nulls += write_bits(builder.validity.as<std::uint64_t>(), rows, has_value);
}

/// Write a value of each result into its rows.
template <class Get>
void write_values(ColumnBuilder& builder, const Rows& rows, Get get) {
    using Value = std::decay_t<decltype(get(rows.results[0]))>;
    auto* values = builder.values.as<decltype(to_stored(value_of(get(rows.results[0]))))>() + rows.first;
    if (rows.one_row_each) {
        for (const PartnerResult& result : rows.results) *values++ = to_stored(value_of(get(result)));
    } else {
        for (const PartnerResult& result : rows.results) {
            values = std::fill_n(values, result.days.size(), to_stored(value_of(get(result))));
        }
    }
    if constexpr (!std::is_same_v<Value, std::decay_t<decltype(value_of(get(rows.results[0])))>>) {
        write_validity(builder, rows, [&](const PartnerResult& result) { return !is_null(get(result)); });
    }
}

/// Convert a size to an offset. Throws std::length_error if it does not fit.
std::int32_t to_offset(std::size_t size) {
    if (size > INT32_MAX) throw std::length_error("a chunk must not hold more than 2 GiB of text");
    return static_cast<std::int32_t>(size);
}

void write_text(ColumnBuilder& builder, const Rows& rows, std::string_view PartnerResult::* member) {
    for (const PartnerResult& result : rows.results) {
        const std::string_view text = result.*member;
        const std::size_t begin = builder.bytes.size();
        const std::size_t end = begin + text.size() * result.days.size();
        to_offset(end);
        builder.bytes += text;
        while (builder.bytes.size() < end) builder.bytes.append(builder.bytes, begin, end - builder.bytes.size());
        for (std::size_t at = begin; at < end; at += text.size())
            builder.offsets.push_back(static_cast<std::int32_t>(at + text.size()));
        if (text.empty()) builder.offsets.insert(builder.offsets.end(), result.days.size(), to_offset(end));
    }
    write_validity(builder, rows, [member](const PartnerResult& result) { return !(result.*member).empty(); });
}

void write_days(ColumnBuilder& builder, const Rows& rows) {
    auto* values = builder.values.as<std::int32_t>() + rows.first;
    for (const PartnerResult& result : rows.results)
        values = std::ranges::transform(result.days, values, [](Day day) { return to_stored(day); }).out;
}

/// Write a day of the renewal, which depends on the day of the row: `get(anniversary, day)` returns it, or none.
template <class Get>
void write_renewal_days(ColumnBuilder& builder, const Rows& rows, Get get) {
    auto* values = builder.values.as<std::int32_t>() + rows.first;
    auto* validity = builder.validity.as<std::uint64_t>();
    std::size_t row = rows.first;
    for (const PartnerResult& result : rows.results) {
        for (const Day day : result.days) {
            const Assessment& assessment = result.assessment;
            const std::optional<Day> found =
                assessment.renewal ? get(*assessment.term.expires_on, day) : std::optional<Day>();
            *values++ = to_stored(found.value_or(Day{}));
            if (row % 64 == 0) validity[row / 64] = 0;
            validity[row / 64] |= std::uint64_t{found ? 1U : 0U} << (row % 64);
            builder.nulls += found ? 0 : 1;
            ++row;
        }
    }
}

void append_item(ColumnBuilder& builder, std::string_view word) {
    builder.bytes += word;
    builder.text_offsets.push_back(to_offset(builder.bytes.size()));
}

void write_missing_evaluations(ColumnBuilder& builder, const Rows& rows) {
    for (const PartnerResult& result : rows.results) {
        for (std::size_t i = 0; i < result.days.size(); ++i) {
            if (result.assessment.renewal) {
                for (const Evaluation missing : result.assessment.renewal->missing)
                    append_item(builder, to_string(missing));
            }
            builder.offsets.push_back(to_offset(builder.text_offsets.size() - 1));
        }
    }
    write_validity(builder, rows, [](const PartnerResult& result) { return result.assessment.renewal.has_value(); });
}

void write_findings(ColumnBuilder& builder, std::span<const PartnerResult> results) {
    std::vector<Finding> found;
    for (const PartnerResult& result : results) {
        for (const Day day : result.days) {
            if (!result.failed && !(result.findings.empty() && !result.assessment.term.at_risk)) {
                found.assign(result.findings.begin(), result.findings.end());
                complete_findings(found, result.assessment.term, day);
                for (const Finding& finding : found) {
                    append_item(builder, to_string(finding.code));
                    builder.days.push_back(to_stored(finding.on));
                }
            }
            builder.offsets.push_back(to_offset(builder.days.size()));
        }
    }
}

void write_column(ColumnBuilder& builder, const Rows& rows, const Rules& rules) {
    const auto each = [&](auto get) {
        write_values(builder, rows, [&get](const PartnerResult& a) { return get(a.assessment); });
    };
    const auto benefit = [&](Benefit which) { each([which](const Assessment& a) { return a.benefits[which]; }); };
    const auto verdict = [&](Evaluation which) {
        each([which](const Assessment& a) { return a.evaluations[which].verdict; });
    };
    const auto passed_on = [&](Evaluation which) {
        each([which](const Assessment& a) { return a.evaluations[which].passed_on; });
    };
    const auto valid_through = [&](Evaluation which) {
        each([which](const Assessment& a) { return a.evaluations[which].valid_through; });
    };
    using A = const Assessment&;
    switch (builder.column) {
        case Column::id: return write_text(builder, rows, &PartnerResult::id);
        case Column::as_of: return write_days(builder, rows);
        // Every row has the first word of a dictionary that holds only the edition.
        case Column::edition: return write_values(builder, rows, [](const PartnerResult&) { return Verdict{}; });
        case Column::eligibility: return each([](A a) { return a.eligibility.verdict; });
        case Column::csp_authorization: return each([](A a) { return a.eligibility.csp_authorization; });
        case Column::support_contract: return each([](A a) { return a.eligibility.support_contract; });
        case Column::solutions_partner: return each([](A a) { return a.eligibility.solutions_partner; });
        case Column::capability: return verdict(Evaluation::capability);
        case Column::performance: return verdict(Evaluation::performance);
        case Column::csat: return verdict(Evaluation::csat);
        case Column::capability_passed_on: return passed_on(Evaluation::capability);
        case Column::capability_valid_through: return valid_through(Evaluation::capability);
        case Column::performance_passed_on: return passed_on(Evaluation::performance);
        case Column::performance_valid_through: return valid_through(Evaluation::performance);
        case Column::csat_passed_on: return passed_on(Evaluation::csat);
        case Column::csat_valid_through: return valid_through(Evaluation::csat);
        case Column::status: return each([](A a) { return a.term.status; });
        case Column::in_force: return each([](A a) { return a.term.in_force; });
        case Column::attained_on: return each([](A a) { return a.term.attained_on; });
        case Column::expires_on: return each([](A a) { return a.term.expires_on; });
        case Column::renewal_opens_on: return each([](A a) { return a.term.renewal_opens_on; });
        case Column::renewal_closes_on: return each([](A a) { return a.term.renewal_closes_on; });
        case Column::at_risk:
            write_bits(builder.values.as<std::uint64_t>(), rows,
                       [](const PartnerResult& a) { return a.assessment.term.at_risk; });
            return;
        case Column::renewal:
            return each([](A a) { return a.renewal ? std::optional(a.renewal->verdict) : std::nullopt; });
        case Column::renewal_missing: return write_missing_evaluations(builder, rows);
        case Column::step: return each([](A a) { return a.journey.step; });
        case Column::waiting_on: return each([](A a) { return a.journey.waiting_on; });
        case Column::fees_outstanding: return each([](A a) { return a.fees.outstanding; });
        case Column::fees_due: return each([](A a) { return a.fees.due; });
        case Column::fees_incurred: return each([](A a) { return a.fees.incurred; });
        case Column::badge: return benefit(Benefit::badge);
        case Column::marketplace_visibility: return benefit(Benefit::marketplace_visibility);
        case Column::elevated_support: return benefit(Benefit::elevated_support);
        case Column::performance_credits: return benefit(Benefit::performance_credits);
        case Column::early_adoption_discount: return benefit(Benefit::early_adoption_discount);
        case Column::findings: return write_findings(builder, rows.results);
        case Column::next_change_on:
            return write_values(builder, rows, [](const PartnerResult& a) { return a.next_change_on; });
        case Column::error: return write_text(builder, rows, &PartnerResult::error);
        case Column::deadline:
            return write_renewal_days(builder, rows, [&rules](Day anniversary, Day day) {
                return std::optional(renew_by(anniversary, day, rules));
            });
        case Column::overdue_since:
            return write_renewal_days(builder, rows, [&rules](Day anniversary, Day day) {
                return renewal_overdue_since(anniversary, day, rules);
            });
    }
}

std::size_t bytes_needed(Kind kind, std::size_t rows) noexcept {
    switch (kind) {
        case Kind::day: return rows * sizeof(std::int32_t);
        case Kind::word: return rows;
        case Kind::flag: return (rows / 64 + 1) * 8;
        case Kind::amount: return rows * sizeof(double);
        default: return 0;
    }
}

/// Make a row null.
void set_null(ColumnBuilder& builder, std::size_t row, std::size_t rows) {
    if (!builder.validity) {
        builder.validity = Buffer((rows / 64 + 1) * 8);
        std::fill_n(builder.validity.as<std::uint64_t>(), rows / 64 + 1, ~std::uint64_t{0});
    }
    auto& bits = builder.validity.as<std::uint64_t>()[row / 64];
    const std::uint64_t bit = std::uint64_t{1} << (row % 64);
    builder.nulls += (bits & bit) != 0 ? 1 : 0;
    bits &= ~bit;
}

Array finding_items(ColumnBuilder& builder) {
    Array days;
    days.length = static_cast<std::int64_t>(builder.days.size());
    days.buffers.emplace_back();
    days.buffers.push_back(Buffer::keep(std::move(builder.days)));
    Array array;
    array.length = days.length;
    array.buffers.emplace_back();
    array.children.push_back(text_array(std::move(builder.text_offsets), std::move(builder.bytes)));
    array.children.push_back(std::move(days));
    return array;
}

Array finish_column(ColumnBuilder& builder, std::size_t rows, std::string_view edition) {
    const ColumnSpec spec = spec_of(builder.column);
    Array array;
    array.length = static_cast<std::int64_t>(rows);
    array.null_count = builder.nulls;
    if (builder.nulls == 0) builder.validity = {};
    array.buffers.push_back(std::move(builder.validity));
    switch (spec.kind) {
        case Kind::text:
            array.buffers.push_back(Buffer::keep(std::move(builder.offsets)));
            array.buffers.push_back(Buffer::keep(std::move(builder.bytes)));
            break;
        case Kind::words:
            array.buffers.push_back(Buffer::keep(std::move(builder.offsets)));
            array.children.push_back(text_array(std::move(builder.text_offsets), std::move(builder.bytes)));
            break;
        case Kind::findings:
            array.buffers.push_back(Buffer::keep(std::move(builder.offsets)));
            array.children.push_back(finding_items(builder));
            break;
        default: array.buffers.push_back(std::move(builder.values));
    }
    if (spec.kind == Kind::word) {
        const std::array only_edition{edition};
        array.dictionary.push_back(text_array(builder.column == Column::edition ? only_edition : spec.dictionary));
    }
    return array;
}

}  // namespace

ColumnBuilder::ColumnBuilder(PortfolioColumn which, std::size_t rows) : column(which) {
    const ColumnSpec spec = spec_of(which);
    values = Buffer(bytes_needed(spec.kind, rows) + 1);
    if (spec.nullable) validity = Buffer((rows / 64 + 1) * 8);
    const bool has_offsets = spec.kind == Kind::text || spec.kind == Kind::words || spec.kind == Kind::findings;
    if (!has_offsets) return;
    offsets.reserve(rows + 1);
    offsets.push_back(0);
    text_offsets.push_back(0);
}

Writer::Writer(std::span<const Column> columns, const Rules& rules, std::size_t rows) : rules_(rules), rows_(rows) {
    for (const Column column : columns) builders_.emplace_back(column, rows);
}

void Writer::write(std::span<const PartnerResult> results) {
    if (results.empty()) return;
    const Rows rows(results, written_);
    for (ColumnBuilder& builder : builders_) write_column(builder, rows, rules_);
    for (const PartnerResult& result : results) {
        for (std::size_t i = 0; result.failed && i < result.days.size(); ++i) {
            failed_rows_.push_back({written_ + i, result.has_day});
        }
        written_ += result.days.size();
    }
}

Array Writer::finish(std::string_view edition) && {
    Array chunk;
    chunk.length = static_cast<std::int64_t>(rows_);
    chunk.buffers.emplace_back();
    for (ColumnBuilder& builder : builders_) {
        for (const FailedRow& failed : failed_rows_) {
            const bool stays = builder.column == Column::id || builder.column == Column::error ||
                               (builder.column == Column::as_of && failed.has_day);
            if (!stays) set_null(builder, failed.row, rows_);
        }
        chunk.children.push_back(finish_column(builder, rows_, edition));
    }
    return chunk;
}

}  // namespace designation::portfolio
