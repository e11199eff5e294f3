#include "portfolio/import/row_errors.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "check.hpp"
#include "portfolio/rows/amounts.hpp"

namespace designation::portfolio {

namespace {

/// A text of the table for a message: its beginning, cut between characters, in UTF-8 whatever it is.
std::string quoted(std::string_view text) {
    constexpr std::size_t most = 80;
    std::string shown{text.substr(0, most)};
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    if (text.size() > most && continues(text[most])) {
        while (continues(shown.back())) shown.pop_back();
        shown.pop_back();
    }
    check_text("", shown, [&](const auto&, const std::string& code, const auto&) {
        if (code == "encoding") std::ranges::replace_if(shown, [](char c) { return c < 0; }, '?');
    });
    return '"' + shown + '"';
}

/// Finds what is wrong with one row, value by value.
class Inspector {
 public:
    explicit Inspector(Diagnostics& problems) noexcept : problems_(problems) {}

    template <class Enum, class List>
    void periods(const List& list, std::string_view name, std::string_view kind, std::int64_t row) {
        each_item(list, name, row, [&](std::int64_t at) {
            word<Enum>(list.kind.column(), kind, at);
            Interval period;
            const auto from = day(list.from, "from", at);
            const auto through = list.through.is_valid(at) ? day(list.through, "through", at) : std::nullopt;
            if (from) period.from = *from;
            if (through) period.through = *through;
            if (from) check(period, reporter());
            if (list.value.is_valid(at)) money(list, at);
        });
    }

    void events(const Events& list, std::int64_t row) {
        each_item(list, "events", row, [&](std::int64_t at) {
            Event event;
            const auto on = day(list.on, "on", at);
            const auto type = word<EventType>(list.type.column(), "type", at);
            const ArrowColumn& outcomes = list.outcome.column();
            const auto outcome =
                outcomes.is_valid(at) ? word<Outcome>(outcomes, "outcome", at, 1) : std::optional(Outcome::none);
            if (!type || !outcome) return;
            event.on = on.value_or(Day{});
            event.type = *type;
            event.outcome = *outcome;
            check(event, reporter());
        });
    }

    void id(const ArrowColumn& column, std::int64_t row) {
        at_ = "/";
        if (!column.is_valid(row)) {
            report("id", "missing_key", "must not be null");
        } else if (const auto text = text_at(column, row); text.empty()) {
            report("id", "range", "must not be empty");
        } else {
            check_text("id", text, reporter());
        }
    }

    void as_of(const ArrowColumn& column, std::int64_t row) {
        at_ = "/";
        if (const auto given = day(column, "as_of", row))
            check(Interval{*given, *given}, [&](const auto&, const auto& code, const auto& text) {
                if (problems_.empty() || problems_.back().pointer != "/as_of") report("as_of", code, text);
            });
    }

 private:
    template <class List, class Inspect>
    void each_item(const List& list, std::string_view name, std::int64_t row, Inspect inspect) {
        if (!list.list.is_valid(row)) return;
        const std::int64_t begin = item_begin(list.list, row);
        const std::int64_t end = item_begin(list.list, row + 1);
        for (std::int64_t at = begin; at < end; ++at) {
            at_ = '/' + std::string(name) + '/' + std::to_string(at - begin);
            if (!list.item.is_valid(at)) {
                report("", "type", "must be a record, not null");
                continue;
            }
            at_ += '/';
            inspect(at);
        }
    }

    std::optional<Day> day(const ArrowColumn& column, std::string_view name, std::int64_t at) {
        std::int32_t days = no_day;
        read_days(column, at, 1, no_end, &days);
        if (!column.is_valid(at)) {
            report(name, "missing_key", "must not be null");
        } else if (days == no_day) {
            report(name, "date", "must be a day; this is a time of day, or beyond every calendar");
        } else {
            // So that a day can be written down, it is first brought near to those that are allowed.
            constexpr std::int32_t far = 5'000'000;
            return Day::derived(std::clamp(days, -far / 8, far / 2));
        }
        return std::nullopt;
    }

    template <class Enum>
    std::optional<Enum> word(const ArrowColumn& column, std::string_view name, std::int64_t at, std::size_t first = 0) {
        if (!column.is_valid(at)) {
            report(name, "missing_key", "must not be null");
            return std::nullopt;
        }
        const std::string_view text = text_at(column, at);
        if (const auto former = from_former_word<Enum>(text)) return former;
        const auto value = from_word<Enum>(text);
        if (value && static_cast<std::size_t>(*value) >= first) return value;
        std::string allowed;
        for (std::size_t i = first; i < count_of<Enum>; ++i) {
            allowed += (allowed.empty() ? "" : ", ") + quoted(words<Enum>[i]);
        }
        report(name, "unknown_value", "must be one of " + allowed + ", not " + quoted(text));
        return std::nullopt;
    }

    void money(const Periods& list, std::int64_t at) {
        if (!list.amount.is_valid(at)) {
            report("annual_value/amount", "missing_key", "must not be null");
        } else if (!amount_at(list.amount, at)) {
            report("annual_value/amount", "range", "must be from 0 to 10000000000, with at most four places");
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
        problems_.push_back({std::move(code), at_ + std::string(name), 0, 0, std::move(message), {}});
    }

    Diagnostics& problems_;
    std::string at_;
};

}  // namespace

Diagnostics problems_of(const Batch& batch, std::int64_t row, bool wants_day) {
    Diagnostics problems;
    Inspector inspector(problems);
    inspector.id(batch.id, row);
    inspector.periods<AuthorizationType>(batch.csp_authorizations, "csp_authorizations", "type", row);
    inspector.periods<ContractType>(batch.support_contracts, "support_contracts", "type", row);
    inspector.periods<SolutionArea>(batch.solutions_partner_designations, "solutions_partner_designations", "area",
                                    row);
    inspector.events(batch.events, row);
    if (wants_day) inspector.as_of(batch.as_of, row);
    return problems;
}

void RowErrors::add(Diagnostics problems, std::int64_t row, std::string_view id) {
    count_ += problems.size();
    ++rows_;
    for (Diagnostic& problem : problems) {
        if (kept_.size() == most) return;
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
    const std::size_t taken = std::min(later.kept_.size(), most - kept_.size());
    std::move(later.kept_.begin(), later.kept_.begin() + static_cast<std::ptrdiff_t>(taken), std::back_inserter(kept_));
}

Diagnostics RowErrors::take() && {
    if (count_ > kept_.size()) {
        kept_.push_back({"more",
                         "",
                         0,
                         0,
                         "and " + std::to_string(count_ - kept_.size()) + " more problems; there are " +
                             std::to_string(count_) + " in " + std::to_string(rows_) + " rows",
                         {}});
    }
    return std::move(kept_);
}

std::string in_one_line(const Diagnostics& problems) {
    std::string line;
    for (const Diagnostic& problem : problems) line += (line.empty() ? "" : "; ") + to_string(problem);
    return line;
}

}  // namespace designation::portfolio
