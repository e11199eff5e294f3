#include "portfolio/rows/assessor.hpp"

#include <algorithm>
#include <utility>

namespace designation::portfolio {

namespace {

std::vector<PortfolioColumn> columns_of(const PortfolioOptions& requested) {
    std::vector<PortfolioColumn> columns = requested.columns;
    if (columns.empty()) {
        for (std::size_t i = 0; i < count_of<PortfolioColumn>; ++i) {
            const auto column = static_cast<PortfolioColumn>(i);
            if (column != PortfolioColumn::error) columns.push_back(column);
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

/// Whether the id is a text in which nothing needs a second look.
bool is_plain(std::string_view id) noexcept {
    unsigned char others = id.empty() ? 1 : 0;
    for (const char c : id) others |= static_cast<unsigned char>(c <= 0 ? 1 : 0);
    return others == 0;
}

bool is_allowed(std::int32_t day) noexcept {
    return day >= Day::earliest().days_since_1970() && day <= Day::latest().days_since_1970();
}

}  // namespace

AssessorOptions::AssessorOptions(const PortfolioOptions& requested, const Rules& by)
    : rules(by),
      on_error(requested.on_error),
      columns(columns_of(requested)),
      wants_findings(contains(columns, PortfolioColumn::findings)),
      wants_next_change(contains(columns, PortfolioColumn::next_change_on)),
      parts(wants_next_change ? Parts::all() : parts_of(columns)),
      judges(wants_findings || wants_next_change),
      days(days_of(requested)) {
    if (!days.empty()) span = {*std::ranges::min_element(days), *std::ranges::max_element(days)};
}

Assessor::Assessor(const AssessorOptions& options, std::size_t rows, RowErrors& problems)
    : options_(options),
      problems_(problems),
      writer_(options.columns, rows * std::max<std::size_t>(1, options.days.size())),
      answers_(),
      findings_(rows_of_a_block),
      errors_(rows_of_a_block) {
    answers_.reserve(rows_of_a_block);
}

void Assessor::read(const Batch& batch, std::int64_t first, std::int64_t count, std::int64_t number) {
    for (std::int64_t done = 0; done < count; done += rows_of_a_block) {
        const auto some = std::min<std::int64_t>(rows_of_a_block, count - done);
        read_block(batch, first + done, some, number + done);
    }
}

void Assessor::read_block(const Batch& batch, std::int64_t first, std::int64_t count, std::int64_t number) {
    const bool own_days = options_.days.empty();
    bool sound = block_.read(batch, first, count);
    if (own_days) {
        row_days_.resize(rows_of_a_block);
        own_days_.resize(rows_of_a_block);
        read_days(batch.as_of, first, count, no_day, row_days_.data());
    }
    for (std::int64_t i = 0; i < count; ++i) {
        const auto row = static_cast<std::size_t>(i);
        std::span<const Day> days = options_.days;
        bool has_day = true;
        if (own_days) {
            has_day = is_allowed(row_days_[row]);
            own_days_[row] = Day::derived(has_day ? row_days_[row] : 0);
            days = std::span(own_days_).subspan(row, 1);
        }
        const std::string_view id = text_at(batch.id, first + i);
        if (!sound || !has_day || !is_plain(id)) [[unlikely]] {
            Diagnostics wrong = find_problems(batch, first + i, own_days);
            if (!wrong.empty()) {
                if (options_.on_error == OnError::null) {
                    fail(id, days, has_day, join_problems(wrong));
                } else {
                    problems_.add(std::move(wrong), number + i, id);
                }
                continue;
            }
        }
        if (problems_.empty()) assess(id, block_.view(row), days);
    }
    write();
}

void Assessor::read(std::span<const PortfolioRow> rows, std::int64_t number) {
    const bool own_days = options_.days.empty();
    for (const PortfolioRow& row : rows) {
        static constexpr Day none;
        const std::span<const Day> own(row.as_of ? &*row.as_of : &none, 1);
        const std::span<const Day> days = own_days ? own : options_.days;
        const bool has_day = !own_days || row.as_of;
        if (row.partner && has_day) {
            if (problems_.empty()) assess(row.partner->record().id, row.partner->view(), days);
        } else if (options_.on_error == OnError::null) {
            fail(row.id, days, has_day, row.error);
        } else {
            problems_.add({{"document", {}, 0, 0, row.error, {}}}, number, row.id);
        }
        ++number;
    }
    write();
}

Array Assessor::finish() && { return std::move(writer_).finish(options_.rules.rulebook->edition); }

void Assessor::assess(std::string_view id, const PartnerView& partner, std::span<const Day> days) {
    if (days.size() == 1) {
        assess_on(id, partner, days);
    } else {
        assess_over(id, partner, days);
    }
}

void Assessor::assess_on(std::string_view id, const PartnerView& partner, std::span<const Day> day) {
    PartnerResult& answer = next_answer(id, day);
    const Day as_of = day.front();
    Replay replay(partner, options_.rules, options_.judges);
    const History* history = nullptr;
    if (partner.events) {
        std::vector<Finding>& found = findings_[answers_.size() - 1];
        history = &replay.advance(as_of, &found);
        answer.findings = found;
    }
    answer.assessment = designation::assess(partner, history, as_of, options_.rules, options_.parts);
    if (options_.wants_next_change) {
        Walk walk(partner, replay, answer.assessment, options_.rules);
        if (walk.move_to_next_change(Interval::no_end() - 1)) answer.next_change_on = walk.day();
    }
}

/// Days on which the state is the same share an answer.
void Assessor::assess_over(std::string_view id, const PartnerView& partner, std::span<const Day> days) {
    const std::vector<Segment> segments = timeline(partner, options_.span, options_.rules);
    std::optional<Day> after_the_last;
    if (options_.wants_next_change) {
        Walk walk(partner, segments.back().days.from, options_.rules);
        if (walk.move_to_next_change(Interval::no_end() - 1)) after_the_last = walk.day();
    }
    std::size_t segment = 0;
    while (!days.empty()) {
        if (days.front() < segments[segment].days.from) segment = 0;
        while (days.front() > segments[segment].days.through) ++segment;
        const Segment& run = segments[segment];
        const auto end = std::ranges::find_if_not(days, [&](Day day) { return run.days.contains(day); });
        const auto size = static_cast<std::size_t>(end - days.begin());
        PartnerResult& answer = next_answer(id, days.first(size));
        answer.assessment = run.assessment;
        answer.next_change_on = &run == &segments.back() ? after_the_last : std::optional((&run + 1)->days.from);
        if (options_.wants_findings && partner.events) {
            std::vector<Finding>& found = findings_[answers_.size() - 1];
            Replay(partner, options_.rules).advance(run.days.from, &found);
            answer.findings = found;
        }
        days = days.subspan(size);
    }
}

void Assessor::fail(std::string_view id, std::span<const Day> days, bool has_day, std::string why) {
    PartnerResult& answer = next_answer(id, days);
    answer.failed = true;
    answer.has_day = has_day;
    std::string& error = errors_[answers_.size() - 1];
    error = std::move(why);
    answer.error = error;
}

PartnerResult& Assessor::next_answer(std::string_view id, std::span<const Day> days) {
    if (answers_.size() == rows_of_a_block) write();
    PartnerResult& answer = answers_.emplace_back();
    answer.id = id;
    answer.days = days;
    findings_[answers_.size() - 1].clear();
    return answer;
}

void Assessor::write() {
    writer_.write(answers_);
    answers_.clear();
}

}  // namespace designation::portfolio
