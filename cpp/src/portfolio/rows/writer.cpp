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

// How values are stored.
std::int32_t stored(Day day) noexcept { return day.days_since_1970(); }
double stored(Amount amount) noexcept {
    return static_cast<double>(amount.ten_thousandths()) / static_cast<double>(Amount::scale);
}
template <class Enum>
    requires std::is_enum_v<Enum>
std::int8_t stored(Enum value) noexcept {
    return static_cast<std::int8_t>(value);
}

/// Answers and the rows that they fill, one for each of their days.
struct Rows {
    std::span<const Answer> answers;
    std::size_t first;
    bool one_each;

    Rows(std::span<const Answer> of, std::size_t from) noexcept
        : answers(of),
          first(from),
          one_each(std::ranges::all_of(of, [](const Answer& answer) { return answer.days.size() == 1; })) {}
    bool is_one_word() const noexcept { return one_each && first % 64 == 0 && answers.size() <= 64; }
};

/// Writes bits, one for each row; gives how many are 0.
template <class Get>
std::int64_t put_bits(std::uint64_t* bits, const Rows& rows, Get get) {
    if (rows.is_one_word()) {
        std::uint64_t word = 0;
        std::size_t at = 0;
        for (const Answer& answer : rows.answers) word |= std::uint64_t{get(answer) ? 1U : 0U} << at++;
        bits[rows.first / 64] = word;
        return static_cast<std::int64_t>(at) - std::popcount(word);
    }
    std::size_t row = rows.first;
    std::uint64_t bits_of_64 = row % 64 == 0 ? 0 : bits[row / 64];
    std::int64_t zeros = 0;
    for (const Answer& answer : rows.answers) {
        const std::uint64_t bit = get(answer) ? 1 : 0;
        const std::size_t end = row + answer.days.size();
        zeros += static_cast<std::int64_t>((1 - bit) * answer.days.size());
        while (row < end) {
            bits_of_64 |= bit << (row % 64);
            if (++row % 64 != 0) continue;
            bits[row / 64 - 1] = bits_of_64;
            bits_of_64 = 0;
        }
    }
    if (row % 64 != 0) bits[row / 64] = bits_of_64;
    return zeros;
}

/// Writes where there are values.
template <class Get>
void put_validity(Draft& draft, const Rows& rows, Get has_value) {
    draft.nulls += put_bits(draft.validity.as<std::uint64_t>(), rows, has_value);
}

/// Writes what `get` says of each answer, for each of its days.
template <class Get>
void put(Draft& draft, const Rows& rows, Get get) {
    using Value = std::decay_t<decltype(get(rows.answers[0]))>;
    auto* values = draft.values.as<decltype(stored(value_of(get(rows.answers[0]))))>() + rows.first;
    if (rows.one_each) {
        for (const Answer& answer : rows.answers) *values++ = stored(value_of(get(answer)));
    } else {
        for (const Answer& answer : rows.answers) {
            values = std::fill_n(values, answer.days.size(), stored(value_of(get(answer))));
        }
    }
    if constexpr (!std::is_same_v<Value, std::decay_t<decltype(value_of(get(rows.answers[0])))>>) {
        put_validity(draft, rows, [&](const Answer& answer) { return !is_null(get(answer)); });
    }
}

std::int32_t end_of(std::size_t size) {
    if (size > INT32_MAX) throw std::length_error("more than 2 GiB of text in one chunk");
    return static_cast<std::int32_t>(size);
}

void put_text(Draft& draft, const Rows& rows, std::string_view Answer::* member) {
    for (const Answer& answer : rows.answers) {
        const std::string_view text = answer.*member;
        const std::size_t begin = draft.bytes.size();
        const std::size_t end = begin + text.size() * answer.days.size();
        end_of(end);
        draft.bytes += text;
        while (draft.bytes.size() < end) draft.bytes.append(draft.bytes, begin, end - draft.bytes.size());
        for (std::size_t at = begin; at < end; at += text.size())
            draft.offsets.push_back(static_cast<std::int32_t>(at + text.size()));
        if (text.empty()) draft.offsets.insert(draft.offsets.end(), answer.days.size(), end_of(end));
    }
    put_validity(draft, rows, [member](const Answer& answer) { return !(answer.*member).empty(); });
}

void put_days(Draft& draft, const Rows& rows) {
    auto* values = draft.values.as<std::int32_t>() + rows.first;
    for (const Answer& answer : rows.answers)
        values = std::ranges::transform(answer.days, values, [](Day day) { return stored(day); }).out;
}

void put_item(Draft& draft, std::string_view word) {
    draft.bytes += word;
    draft.text_offsets.push_back(end_of(draft.bytes.size()));
}

void put_missing(Draft& draft, const Rows& rows) {
    for (const Answer& answer : rows.answers) {
        for (std::size_t i = 0; i < answer.days.size(); ++i) {
            if (answer.assessment.renewal) {
                for (const Evaluation missing : answer.assessment.renewal->missing) put_item(draft, to_string(missing));
            }
            draft.offsets.push_back(end_of(draft.text_offsets.size() - 1));
        }
    }
    put_validity(draft, rows, [](const Answer& answer) { return answer.assessment.renewal.has_value(); });
}

void put_findings(Draft& draft, std::span<const Answer> answers) {
    std::vector<Finding> found;
    for (const Answer& answer : answers) {
        for (const Day day : answer.days) {
            if (!answer.failed && !(answer.findings.empty() && !answer.assessment.term.at_risk)) {
                found.assign(answer.findings.begin(), answer.findings.end());
                complete_findings(found, answer.assessment.term, day);
                for (const Finding& finding : found) {
                    put_item(draft, to_string(finding.code));
                    draft.days.push_back(stored(finding.on));
                }
            }
            draft.offsets.push_back(end_of(draft.days.size()));
        }
    }
}

void put(Draft& draft, const Rows& rows) {
    const auto each = [&](auto get) { put(draft, rows, [&get](const Answer& a) { return get(a.assessment); }); };
    const auto benefit = [&](Benefit of) { each([of](const Assessment& a) { return a.benefits[of]; }); };
    const auto verdict = [&](Evaluation of) { each([of](const Assessment& a) { return a.evaluations[of].verdict; }); };
    const auto passed_on = [&](Evaluation of) {
        each([of](const Assessment& a) { return a.evaluations[of].passed_on; });
    };
    const auto valid_through = [&](Evaluation of) {
        each([of](const Assessment& a) { return a.evaluations[of].valid_through; });
    };
    using A = const Assessment&;
    switch (draft.column) {
        case Column::id: return put_text(draft, rows, &Answer::id);
        case Column::as_of: return put_days(draft, rows);
        case Column::edition: return put(draft, rows, [](const Answer&) { return Verdict{}; });
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
            put_bits(draft.values.as<std::uint64_t>(), rows, [](const Answer& a) { return a.assessment.term.at_risk; });
            return;
        case Column::renewal:
            return each([](A a) { return a.renewal ? std::optional(a.renewal->verdict) : std::nullopt; });
        case Column::renewal_missing: return put_missing(draft, rows);
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
        case Column::findings: return put_findings(draft, rows.answers);
        case Column::next_change_on: return put(draft, rows, [](const Answer& a) { return a.next_change_on; });
        case Column::error: return put_text(draft, rows, &Answer::error);
    }
}

std::size_t size_of(Kind kind, std::size_t rows) noexcept {
    switch (kind) {
        case Kind::day: return rows * sizeof(std::int32_t);
        case Kind::word: return rows;
        case Kind::flag: return (rows / 64 + 1) * 8;
        case Kind::amount: return rows * sizeof(double);
        default: return 0;
    }
}

/// Makes a row null.
void clear(Draft& draft, std::size_t row, std::size_t rows) {
    if (!draft.validity) {
        draft.validity = Buffer((rows / 64 + 1) * 8);
        std::fill_n(draft.validity.as<std::uint64_t>(), rows / 64 + 1, ~std::uint64_t{0});
    }
    auto& bits = draft.validity.as<std::uint64_t>()[row / 64];
    const std::uint64_t bit = std::uint64_t{1} << (row % 64);
    draft.nulls += (bits & bit) != 0 ? 1 : 0;
    bits &= ~bit;
}

Array text_items(Draft& draft) {
    Array array;
    array.length = static_cast<std::int64_t>(draft.text_offsets.size()) - 1;
    array.buffers.emplace_back();
    array.buffers.push_back(Buffer::of<std::int32_t>(draft.text_offsets));
    array.buffers.push_back(Buffer::of<char>(draft.bytes));
    return array;
}

Array finding_items(Draft& draft) {
    Array days;
    days.length = static_cast<std::int64_t>(draft.days.size());
    days.buffers.emplace_back();
    days.buffers.push_back(Buffer::of<std::int32_t>(draft.days));
    Array array;
    array.length = days.length;
    array.buffers.emplace_back();
    array.children.push_back(text_items(draft));
    array.children.push_back(std::move(days));
    return array;
}

Array array_of(Draft& draft, std::size_t rows, std::string_view edition) {
    const ColumnSpec spec = spec_of(draft.column);
    Array array;
    array.length = static_cast<std::int64_t>(rows);
    array.null_count = draft.nulls;
    if (draft.nulls == 0) draft.validity = {};
    array.buffers.push_back(std::move(draft.validity));
    switch (spec.kind) {
        case Kind::text:
            array.buffers.push_back(Buffer::of<std::int32_t>(draft.offsets));
            array.buffers.push_back(Buffer::of<char>(draft.bytes));
            break;
        case Kind::words:
            array.buffers.push_back(Buffer::of<std::int32_t>(draft.offsets));
            array.children.push_back(text_items(draft));
            break;
        case Kind::findings:
            array.buffers.push_back(Buffer::of<std::int32_t>(draft.offsets));
            array.children.push_back(finding_items(draft));
            break;
        default: array.buffers.push_back(std::move(draft.values));
    }
    if (spec.kind == Kind::word) {
        const std::array one{edition};
        array.dictionary.push_back(texts(draft.column == Column::edition ? one : spec.words));
    }
    return array;
}

}  // namespace

Draft::Draft(PortfolioColumn of, std::size_t rows) : column(of) {
    const ColumnSpec spec = spec_of(of);
    values = Buffer(size_of(spec.kind, rows) + 1);
    if (spec.nullable) validity = Buffer((rows / 64 + 1) * 8);
    const bool has_offsets = spec.kind == Kind::text || spec.kind == Kind::words || spec.kind == Kind::findings;
    if (!has_offsets) return;
    offsets.reserve(rows + 1);
    offsets.push_back(0);
    text_offsets.push_back(0);
}

Writer::Writer(std::span<const Column> columns, std::size_t rows) : rows_(rows) {
    for (const Column column : columns) drafts_.emplace_back(column, rows);
}

void Writer::write(std::span<const Answer> answers) {
    if (answers.empty()) return;
    const Rows rows(answers, written_);
    for (Draft& draft : drafts_) put(draft, rows);
    for (const Answer& answer : answers) {
        for (std::size_t i = 0; answer.failed && i < answer.days.size(); ++i) {
            failed_.push_back({written_ + i, answer.has_day});
        }
        written_ += answer.days.size();
    }
}

Array Writer::finish(std::string_view edition) && {
    Array chunk;
    chunk.length = static_cast<std::int64_t>(rows_);
    chunk.buffers.emplace_back();
    for (Draft& draft : drafts_) {
        for (const Failed& failed : failed_) {
            const bool stays = draft.column == Column::id || draft.column == Column::error ||
                               (draft.column == Column::as_of && failed.has_day);
            if (!stays) clear(draft, failed.row, rows_);
        }
        chunk.children.push_back(array_of(draft, rows_, edition));
    }
    return chunk;
}

}  // namespace designation::portfolio
