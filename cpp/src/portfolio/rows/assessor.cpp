#include "portfolio/rows/assessor.hpp"

#include <algorithm>
#include <utility>

namespace designation::portfolio {

namespace {

std::vector<PortfolioColumn> requested_columns(const PortfolioOptions& requested) {
    std::vector<PortfolioColumn> columns = requested.columns;
    if (columns.empty()) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(PortfolioColumn::error); ++i) {
            columns.push_back(static_cast<PortfolioColumn>(i));
        }
    }
    const bool has_error = std::ranges::find(columns, PortfolioColumn::error) != columns.end();
    if (requested.on_error == OnError::null && !has_error) columns.push_back(PortfolioColumn::error);
    return columns;
}

std::vector<Day> days_of(const PortfolioOptions& requested) {
    if (const auto* day = std::get_if<Day>(&requested.as_of)) return {*day};
    if (const auto* days = std::get_if<std::vector<Day>>(&requested.as_of)) {
        if (days->empty()) throw std::invalid_argument("as_of must have at least one date");
        return *days;
    }
    return {};
}

bool contains(const std::vector<PortfolioColumn>& columns, PortfolioColumn column) noexcept {
    return std::ranges::find(columns, column) != columns.end();
}

/// Return whether an id is not empty and is ASCII without NUL, so that nothing in it needs a check.
bool is_plain(std::string_view id) noexcept {
    unsigned char others = id.empty() ? 1 : 0;
    for (const char c : id) others |= static_cast<unsigned char>(c <= 0 ? 1 : 0);
    return others == 0;
}

}  // namespace

AssessorOptions::AssessorOptions(const PortfolioOptions& requested, const Rules& rules_in_use)
    : rules(rules_in_use),
      on_error(requested.on_error),
      columns(requested_columns(requested)),
      wants_findings(contains(columns, PortfolioColumn::findings)),
      wants_next_change(contains(columns, PortfolioColumn::next_change_on)),
      parts(wants_next_change ? Parts::all() : parts_of(columns)),
      raises_findings(wants_findings || wants_next_change),
      days(days_of(requested)) {
    if (!days.empty()) span = {*std::ranges::min_element(days), *std::ranges::max_element(days)};
}

Assessor::Assessor(const AssessorOptions& options, std::size_t rows, RowErrors& problems)
    : options_(options),
      problems_(problems),
      writer_(options.columns, options.rules, rows * std::max<std::size_t>(1, options.days.size())),
      findings_(rows_per_block),
      errors_(rows_per_block) {
    results_.reserve(rows_per_block);
}

void Assessor::read(const Batch& batch, std::int64_t first, std::int64_t count, std::int64_t row_number) {
    for (std::int64_t done = 0; done < count; done += rows_per_block) {
        const auto some = std::min<std::int64_t>(rows_per_block, count - done);
        read_block(batch, first + done, some, row_number + done);
    }
}

void Assessor::read_block(const Batch& batch, std::int64_t first, std::int64_t count, std::int64_t row_number) {
    const bool has_own_days = options_.days.empty();
    const bool is_valid = block_.read(batch, first, count);
    if (has_own_days) {
        row_days_.resize(rows_per_block);
        checked_days_.resize(rows_per_block);
        read_days(batch.as_of, first, count, no_day, row_days_.data());
    }
    for (std::int64_t i = 0; i < count; ++i) {
        const auto row = static_cast<std::size_t>(i);
        std::span<const Day> days = options_.days;
        bool has_day = true;
        if (has_own_days) {
            has_day = is_in_range(row_days_[row]);
            checked_days_[row] = Day::derived(has_day ? row_days_[row] : 0);
            days = std::span(checked_days_).subspan(row, 1);
        }
        const std::string_view id = text_at(batch.id, first + i);
        if (!is_valid || !has_day || !is_plain(id)) [[unlikely]] {
            Diagnostics problems = find_problems(batch, first + i, has_own_days);
            if (!problems.empty()) {
                if (options_.on_error == OnError::null) {
                    fail(id, days, has_day, join_problems(problems));
                } else {
                    problems_.add(std::move(problems), row_number + i, id);
                }
                continue;
            }
        }
        if (problems_.empty()) assess(id, block_.view(row), days);
    }
    write();
}

void Assessor::read(std::span<const PortfolioRow> rows, std::int64_t row_number) {
    const bool has_own_days = options_.days.empty();
    for (const PortfolioRow& row : rows) {
        static constexpr Day none;
        const std::span<const Day> own(row.as_of ? &*row.as_of : &none, 1);
        const std::span<const Day> days = has_own_days ? own : options_.days;
        const bool has_day = !has_own_days || row.as_of;
        if (row.partner && has_day) {
            if (problems_.empty()) assess(row.partner->record().id, row.partner->view(), days);
        } else if (options_.on_error == OnError::null) {
            fail(row.id, days, has_day, row.error);
        } else {
            problems_.add({{"document", {}, row.error}}, row_number, row.id);
        }
        ++row_number;
    }
    write();
}

Array Assessor::finish() && { return std::move(writer_).finish(options_.rules.rulebook->edition); }

void Assessor::assess(std::string_view id, const PartnerView& partner, std::span<const Day> days) {
    if (days.size() == 1) {
        assess_day(id, partner, days);
    } else {
        assess_days(id, partner, days);
    }
}

void Assessor::assess_day(std::string_view id, const PartnerView& partner, std::span<const Day> day) {
    PartnerResult& result = next_result(id, day);
    const Day as_of = day.front();
    Replay replay(partner, options_.rules, options_.raises_findings);
    const History* history = nullptr;
    if (partner.events) {
        std::vector<Finding>& found = findings_[results_.size() - 1];
        history = &replay.advance(as_of, &found);
        result.findings = found;
    }
    result.assessment = designation::assess(partner, history, as_of, options_.rules, options_.parts);
    if (options_.wants_next_change) {
        Walk walk(partner, replay, result.assessment, options_.rules);
        if (walk.move_to_next_change(Interval::no_end() - 1)) result.next_change_on = walk.day();
    }
}

/// Days on which the state is the same share a result.
void Assessor::assess_days(std::string_view id, const PartnerView& partner, std::span<const Day> days) {
    const std::vector<Segment> segments = timeline(partner, options_.span, options_.rules);
    std::optional<Day> change_after_last;
    if (options_.wants_next_change) {
        Walk walk(partner, segments.back().days.from, options_.rules);
        if (walk.move_to_next_change(Interval::no_end() - 1)) change_after_last = walk.day();
    }
    std::size_t segment = 0;
    while (!days.empty()) {
        if (days.front() < segments[segment].days.from) segment = 0;
        while (days.front() > segments[segment].days.through) ++segment;
        const Segment& run = segments[segment];
        const auto end = std::ranges::find_if_not(days, [&](Day day) { return run.days.contains(day); });
        const auto size = static_cast<std::size_t>(end - days.begin());
        PartnerResult& result = next_result(id, days.first(size));
        result.assessment = run.assessment;
        result.next_change_on = &run == &segments.back() ? change_after_last : std::optional((&run + 1)->days.from);
        if (options_.wants_findings && partner.events) {
            std::vector<Finding>& found = findings_[results_.size() - 1];
            Replay(partner, options_.rules).advance(run.days.from, &found);
            result.findings = found;
        }
        days = days.subspan(size);
    }
}

void Assessor::fail(std::string_view id, std::span<const Day> days, bool has_day, std::string why) {
    PartnerResult& result = next_result(id, days);
    result.failed = true;
    result.has_day = has_day;
    std::string& error = errors_[results_.size() - 1];
    error = std::move(why);
    result.error = error;
}

PartnerResult& Assessor::next_result(std::string_view id, std::span<const Day> days) {
    if (results_.size() == rows_per_block) write();
    PartnerResult& result = results_.emplace_back();
    result.id = id;
    result.days = days;
    findings_[results_.size() - 1].clear();
    return result;
}

void Assessor::write() {
    writer_.write(results_);
    results_.clear();
}

}  // namespace designation::portfolio
