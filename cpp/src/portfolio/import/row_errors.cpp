#include "portfolio/import/row_errors.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "check.hpp"
#include "designation/words.hpp"
#include "portfolio/rows/amounts.hpp"

namespace designation::portfolio {

namespace {

/// Return a text of the table in quotes, for a message: at most 80 bytes, cut between characters, and always UTF-8.
std::string quoted(std::string_view text) {
    constexpr std::size_t max_size = 80;
    std::string quotable{text.substr(0, max_size)};
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    if (text.size() > max_size && continues(text[max_size])) {
        while (continues(quotable.back())) quotable.pop_back();
        quotable.pop_back();
    }
    check_text("", quotable, [&](const auto&, const std::string& code, const auto&) {
        if (code == "encoding") std::ranges::replace_if(quotable, [](char c) { return c < 0; }, '?');
    });
    return '"' + quotable + '"';
}

/// Finds the problems of one row, value by value.
class Inspector {
 public:
    explicit Inspector(Diagnostics& problems) noexcept : problems_(problems) {}

    template <class Enum, class List>
    void inspect_periods(const List& list, std::string_view name, std::string_view kind, std::int64_t row) {
        for_each_item(list, name, row, [&](std::int64_t at) {
            read_word<Enum>(list.kind.column(), kind, at);
            Interval period;
            const auto from = read_day(list.from, "from", at);
            const auto through = list.through.is_valid(at) ? read_day(list.through, "through", at) : std::nullopt;
            if (from) period.from = *from;
            if (through) period.through = *through;
            if (from) check(period, reporter());
            if (list.value.is_valid(at)) inspect_money(list, at);
        });
    }

    void inspect_events(const Events& list, std::int64_t row) {
        for_each_item(list, "events", row, [&](std::int64_t at) {
            Event event;
            const auto on = read_day(list.on, "on", at);
            const auto type = read_word<EventType>(list.type.column(), "type", at);
            const ArrowColumn& outcomes = list.outcome.column();
            const auto outcome =
                outcomes.is_valid(at) ? read_word<Outcome>(outcomes, "outcome", at, 1) : std::optional(Outcome::none);
            if (!type || !outcome) return;
            event.on = on.value_or(Day{});
            event.type = *type;
            event.outcome = *outcome;
            check(event, reporter());
        });
    }

    void inspect_id(const ArrowColumn& column, std::int64_t row) {
        pointer_ = "/";
        if (!column.is_valid(row)) {
            report("id", "missing_key", "must not be null");
        } else if (const auto text = text_at(column, row); text.empty()) {
            report("id", "range", "must not be empty");
        } else {
            check_text("id", text, reporter());
        }
    }

    void inspect_as_of(const ArrowColumn& column, std::int64_t row) {
        pointer_ = "/";
        const auto day = read_day(column, "as_of", row);
        if (!day) return;
        // The interval reports the same problem for its first and last day; keep one.
        check(Interval{*day, *day}, [&](const auto&, const auto& code, const auto& message) {
            if (problems_.empty() || problems_.back().pointer != "/as_of") report("as_of", code, message);
        });
    }

 private:
    template <class List, class Inspect>
    void for_each_item(const List& list, std::string_view name, std::int64_t row, Inspect inspect) {
        if (!list.list.is_valid(row)) return;
        const std::int64_t begin = item_begin(list.list, row);
        const std::int64_t end = item_begin(list.list, row + 1);
        for (std::int64_t at = begin; at < end; ++at) {
            pointer_ = '/' + std::string(name) + '/' + std::to_string(at - begin);
            if (!list.item.is_valid(at)) {
                report("", "type", "must be a record, not null");
                continue;
            }
            pointer_ += '/';
            inspect(at);
        }
    }

    std::optional<Day> read_day(const ArrowColumn& column, std::string_view name, std::int64_t at) {
        std::int32_t days = no_day;
        read_days(column, at, 1, no_end, &days);
        if (!column.is_valid(at)) {
            report(name, "missing_key", "must not be null");
        } else if (days == no_day) {
            report(name, "date", "must be a date; a timestamp must be at midnight and in range");
        } else {
            // Clamp the day to years that a message prints with at most four digits.
            return Day::derived(std::clamp(days, -625'000, 2'500'000));
        }
        return std::nullopt;
    }

    template <class Enum>
    std::optional<Enum> read_word(const ArrowColumn& column, std::string_view name, std::int64_t at,
                                  std::size_t first = 0) {
        if (!column.is_valid(at)) {
            report(name, "missing_key", "must not be null");
            return std::nullopt;
        }
        const std::string_view text = text_at(column, at);
        const auto value = from_word<Enum>(text);
        if (value && static_cast<std::size_t>(*value) >= first) return value;
        std::string allowed;
        for (std::size_t i = first; i < count_of<Enum>; ++i) {
            allowed += (allowed.empty() ? "" : ", ") + quoted(enum_names<Enum>[i]);
        }
        report(name, "unknown_value", "must be one of " + allowed + ", not " + quoted(text));
        return std::nullopt;
    }

    void inspect_money(const Periods& list, std::int64_t at) {
        if (!list.amount.is_valid(at)) {
            report("annual_value/amount", "missing_key", "must not be null");
        } else if (!amount_at(list.amount, at)) {
            report("annual_value/amount", "range", "must be from 0 to 10000000000, with at most 4 decimal places");
        }
        if (!list.currency.is_valid(at)) {
            report("annual_value/currency", "missing_key", "must not be null");
        } else if (!Currency::parse(text_at(list.currency, at))) {
            report("annual_value/currency", "unknown_value",
                   "must be a currency as three capital letters (ISO 4217), like \"USD\"");
        }
    }

    Report reporter() {
        return [this](std::string_view name, std::string code, std::string message) {
            report(name, std::move(code), std::move(message));
        };
    }
    void report(std::string_view name, std::string code, std::string message) {
        problems_.push_back({std::move(code), pointer_ + std::string(name), std::move(message)});
    }

    Diagnostics& problems_;
    std::string pointer_;
};

}  // namespace

Diagnostics find_problems(const Batch& batch, std::int64_t row, bool wants_day) {
    Diagnostics problems;
    Inspector inspector(problems);
    inspector.inspect_id(batch.id, row);
    inspector.inspect_periods<AuthorizationType>(batch.csp_authorizations, "csp_authorizations", "type", row);
    inspector.inspect_periods<ContractType>(batch.support_contracts, "support_contracts", "type", row);
    inspector.inspect_periods<SolutionArea>(batch.solutions_partner_designations, "solutions_partner_designations",
                                            "area", row);
    inspector.inspect_events(batch.events, row);
    if (wants_day) inspector.inspect_as_of(batch.as_of, row);
    return problems;
}

void RowErrors::add(Diagnostics problems, std::int64_t row, std::string_view id) {
    count_ += problems.size();
    ++rows_;
    for (Diagnostic& problem : problems) {
        if (kept_.size() == max_kept) return;
        problem.pointer.insert(0, '/' + std::to_string(row));
        problem.message += " (row " + std::to_string(row);
        if (!id.empty()) problem.message += ", id " + quoted(id);
        problem.message += ')';
        kept_.push_back(std::move(problem));
    }
}

void RowErrors::add(RowErrors later) {
    count_ += later.count_;
    rows_ += later.rows_;
    const auto count = static_cast<std::ptrdiff_t>(std::min(later.kept_.size(), max_kept - kept_.size()));
    std::move(later.kept_.begin(), later.kept_.begin() + count, std::back_inserter(kept_));
}

Diagnostics RowErrors::release() && {
    if (const std::size_t rest = count_ - kept_.size(); rest > 0) {
        const std::string in_rows = std::to_string(count_) + " in " + std::to_string(rows_) + " rows";
        kept_.push_back({"more", "", "and " + std::to_string(rest) + " more problems (" + in_rows + ')'});
        kept_.back().count = rest;
    }
    return std::move(kept_);
}

std::string join_problems(const Diagnostics& problems) {
    std::string line;
    for (const Diagnostic& problem : problems) line += (line.empty() ? "" : "; ") + to_string(problem);
    return line;
}

}  // namespace designation::portfolio
