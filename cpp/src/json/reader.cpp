#include "json/reader.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <unordered_set>

#include "json/synonyms.hpp"
#include "quote.hpp"

namespace designation::json {

namespace {

/// Return the digits of a number, or the first of them and an ellipsis.
std::string digits_of(const Node& node) {
    constexpr std::size_t max_digits = 60;
    return std::string(node.text.substr(0, max_digits)) + (node.text.size() > max_digits ? "..." : "");
}

[[gnu::cold]] std::string describe(const Node& node) {
    switch (node.kind) {
        case Kind::null: return "null";
        case Kind::boolean: return node.boolean ? "true" : "false";
        case Kind::integer:
        case Kind::number: return digits_of(node);
        case Kind::string: return "the string " + quoted(node.text);
        case Kind::day: return "a date";
        case Kind::array: return "an array";
        case Kind::object: return "an object";
        case Kind::foreign: break;
    }
    return "a value of type " + std::string(node.text);
}

/// Return the number of letters that are wrong, missing, extra, or swapped with the next; case does not matter.
std::size_t distance(std::string_view a, std::string_view b) {
    const auto is_same_letter = [](char x, char y) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return lower(x) == lower(y);
    };
    std::vector<std::size_t> before;
    std::vector<std::size_t> last;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before = std::exchange(last, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = last[j - 1] + (is_same_letter(a[i - 1], b[j - 1]) ? 0 : 1);
            row[j] = std::min({changed, row[j - 1] + 1, last[j] + 1});
            const bool swapped =
                i > 1 && j > 1 && is_same_letter(a[i - 1], b[j - 2]) && is_same_letter(a[i - 2], b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row.back();
}

/// Return `; did you mean "x"?`, or the list of allowed names if none is near.
[[gnu::cold]] std::string advice(std::string_view given, std::span<const std::string_view> allowed) {
    const std::string_view* nearest = nullptr;
    std::size_t least = 0;
    if (given.size() < 64) {
        for (const auto& word : allowed) {
            const std::size_t d = distance(given, word);
            if (d * 3 <= std::max(word.size(), given.size()) && (!nearest || d < least)) {
                nearest = &word;
                least = d;
            }
        }
    }
    if (nearest) return "; did you mean " + quoted(*nearest) + '?';
    std::string list = "; known: ";
    for (const auto& word : allowed) list += std::string(&word == allowed.data() ? "" : ", ") + std::string(word);
    return list;
}

/// Most keys differ in their length or first letter, which is cheaper to compare than to call memcmp.
bool are_equal(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && (a.empty() || a.front() == b.front()) && a == b;
}

}  // namespace

const Node* Members::operator[](std::string_view key) const noexcept {
    for (std::size_t i = 0; i < count_; ++i) {
        if (are_equal(slots_[i].first, key)) return slots_[i].second;
    }
    return nullptr;
}

Reader::Reader(const Document& document) : document_(document) {}

/// Count a problem, and return whether to keep it: a document can have millions.
bool Reader::count_problem() noexcept { return ++count_ <= max_problems; }

void Reader::report(const Node& node, std::string code, std::string message) {
    if (!count_problem()) return;
    problems_.push_back({{std::move(code), pointer_to(node), std::move(message)}, node.offset});
}

void Reader::report(const Node& object, std::string_view member, std::string code, std::string message) {
    const Node* node = &object;
    while (!member.empty()) {
        const auto end = std::min(member.find('/'), member.size());
        const Node* child = find(*node, member.substr(0, end));
        if (!child) break;
        node = child;
        member.remove_prefix(std::min(end + 1, member.size()));
    }
    report(*node, std::move(code), std::move(message));
}

void Reader::report(Diagnostic problem) {
    const std::string pointer = problem.pointer + '/';
    const Node* node = document_.root();
    for (const Node* child = node->first; child;) {
        const bool leads_there = pointer.starts_with(pointer_to(*child) + '/');
        if (leads_there) node = child;
        child = leads_there ? child->first : child->next;
    }
    if (!count_problem()) return;
    problems_.push_back({std::move(problem), node->offset});
}

void Reader::report_syntax(std::size_t offset, std::string code, std::string message) {
    if (!count_problem()) return;
    problems_.push_back({{std::move(code), {}, std::move(message)}, static_cast<std::uint32_t>(offset)});
}

void Reader::report_too_deep(std::size_t offset) {
    report_syntax(offset, "depth", "nested deeper than " + std::to_string(Document::max_depth) + " levels");
}

bool Reader::expect(const Node& node, Kind kind, std::string_view expected) {
    if (node.kind == kind) return true;
    report(node, "type", "must be " + std::string(expected) + ", not " + describe(node));
    return false;
}

bool Reader::expect_array(const Node& node) { return expect(node, Kind::array, "an array"); }

bool Reader::expect_object(const Node& node) {
    if (!expect(node, Kind::object, "an object")) return false;
    report_duplicates(node);
    return true;
}

void Reader::report_duplicates(const Node& node) {
    const auto report_key = [this](const Node& member) {
        if (!count_problem()) return;
        problems_.push_back(
            {{"duplicate_key", pointer_to(member), "duplicate key " + quoted(member.key)}, member.key_offset});
    };
    constexpr std::uint32_t few = 16;
    if (node.count > few) {
        std::unordered_set<std::string_view> seen;
        for (const Node* member = node.first; member; member = member->next) {
            if (!seen.insert(member->key).second) report_key(*member);
        }
        return;
    }
    for (const Node* member = node.first; member; member = member->next) {
        if (find(node, member->key) != member) report_key(*member);
    }
}

void Reader::report_unknown(const Node& member, std::span<const std::string_view> known) {
    if (!count_problem()) return;
    const std::string_view meant = meaning(member.key);
    const bool is_synonym = std::ranges::find(known, meant) != known.end();
    const std::string hint = is_synonym ? "; did you mean " + quoted(meant) + '?' : advice(member.key, known);
    std::string message = "unknown key " + quoted(member.key) + hint;
    problems_.push_back({{"unknown_key", pointer_to(member), std::move(message)}, member.key_offset});
}

std::optional<Members> Reader::members(const Node& node, std::span<const std::string_view> known,
                                       std::span<const std::string_view> required) {
    document_.count_value();
    if (!expect_object(node)) return std::nullopt;
    Members result;
    for (const std::string_view key : known) result.slots_[result.count_++].first = key;
    for (const Node* member = node.first; member; member = member->next) {
        bool is_known = false;
        for (std::size_t i = 0; i < result.count_; ++i) {
            auto& [key, value] = result.slots_[i];
            if (!are_equal(key, member->key)) continue;
            is_known = true;
            if (!value && member->kind != Kind::null) value = member;
            break;
        }
        if (is_known) continue;
        report_unknown(*member, known);
    }
    for (const std::string_view key : required) {
        if (!result[key]) report(node, key, "missing_key", quoted(key) + " is required");
    }
    return result;
}

std::optional<std::string> Reader::string(const Node& node) {
    if (!expect(node, Kind::string, "a string")) return std::nullopt;
    if (node.text.find('\0') != std::string_view::npos) {
        report(node, "nul", "must not contain a NUL character");
        return std::nullopt;
    }
    return std::string(node.text);
}

std::optional<std::string> Reader::text(const Node& node) {
    auto value = string(node);
    if (value && value->empty()) {
        report(node, "range", "must not be empty");
        return std::nullopt;
    }
    return value;
}

std::optional<bool> Reader::boolean(const Node& node) {
    if (!expect(node, Kind::boolean, "true or false")) return std::nullopt;
    return node.boolean;
}

std::optional<std::int64_t> Reader::integer(const Node& node, std::int64_t least, std::int64_t most) {
    constexpr double too_large = 9223372036854775808.0;
    const bool has_digits_only = node.text.find_first_not_of("-0123456789") == std::string_view::npos;
    if (node.kind == Kind::number && has_digits_only && std::abs(node.number) >= too_large) {
        report(node, "range", "must fit into 64 bits, not " + digits_of(node));
        return std::nullopt;
    }
    if (!expect(node, Kind::integer, "an integer")) return std::nullopt;
    if (node.integer >= least && node.integer <= most) return node.integer;
    std::string range = "must be " + std::to_string(least) + " or more";
    if (most != std::numeric_limits<std::int64_t>::max()) {
        range = "must be from " + std::to_string(least) + " to " + std::to_string(most);
    }
    report(node, "range", range + ", not " + digits_of(node));
    return std::nullopt;
}

std::optional<double> Reader::number(const Node& node) {
    if (node.kind == Kind::integer || node.kind == Kind::number) {
        if (std::isfinite(node.number)) return node.number;
        report(node, "range", "must be a finite number, not " + digits_of(node));
        return std::nullopt;
    }
    expect(node, Kind::number, "a number");
    return std::nullopt;
}

std::optional<Day> Reader::day(const Node& node) {
    std::chrono::year_month_day civil;
    if (node.kind == Kind::day) {
        civil = Day::derived(static_cast<std::int32_t>(node.integer)).civil();
    } else {
        if (!expect(node, Kind::string, "a date as \"YYYY-MM-DD\"")) return std::nullopt;
        const auto read = parse_iso(node.text);
        if (!read) {
            report(node, "date", "must be a date as \"YYYY-MM-DD\", not " + quoted(node.text));
            return std::nullopt;
        }
        civil = *read;
    }
    if (!civil.ok()) {
        report(node, "date", quoted(node.text) + " is not a valid date");
        return std::nullopt;
    }
    const Day day = Day::derived(std::chrono::sys_days{civil});
    if (day < Day::earliest() || day > Day::latest()) {
        report(node, "range", "a date must be from 1900-01-01 to 2199-12-31, not " + to_string(day));
        return std::nullopt;
    }
    return day;
}

std::optional<Amount> Reader::amount(const Node& node) {
    const auto value = number(node);
    if (!value) return std::nullopt;
    if (*value < 0) {
        report(node, "range", "must be 0 or more, not " + digits_of(node));
        return std::nullopt;
    }
    const auto exact = parse_amount(node.text);
    if (!exact) report(node, "range", "must have at most 4 decimal places and be at most 10000000000");
    return exact;
}

std::optional<Currency> Reader::currency(const Node& node) {
    if (!expect(node, Kind::string, "a currency as three letters")) return std::nullopt;
    const auto read = Currency::parse(node.text);
    if (!read) report(node, "unknown_value", "must be a currency as three capital letters (ISO 4217), like \"USD\"");
    return read;
}

void Reader::format(const Node* node, std::string_view expected) {
    if (!node || !expect(*node, Kind::string, quoted(expected)) || node->text == expected) return;
    report(*node, "format", "must be " + quoted(expected) + ", not " + quoted(node->text));
}

std::optional<std::size_t> Reader::index_of(const Node& node, const std::string_view* names, std::size_t count) {
    if (!expect(node, Kind::string, "a string")) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
        if (names[i] == node.text) return i;
    }
    report(node, "unknown_value", "unknown value " + quoted(node.text) + advice(node.text, {names, count}));
    return std::nullopt;
}

Diagnostics Reader::finish(std::string_view text, std::string_view file) && {
    std::vector<std::pair<std::uint32_t, std::size_t>> locations(problems_.size());
    for (std::size_t i = 0; i < locations.size(); ++i) locations[i] = {problems_[i].offset, i};
    std::ranges::sort(locations);
    Diagnostics diagnostics;
    std::size_t line = 1;
    std::size_t line_start = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    std::size_t at = line_start;
    for (const auto& [offset, index] : locations) {
        Diagnostic& diagnostic = problems_[index].diagnostic;
        diagnostic.file = file;
        if (offset != Node::nowhere) {
            for (; at < offset && at < text.size(); ++at) {
                if (text[at] != '\n') continue;
                ++line;
                line_start = at + 1;
            }
            diagnostic.line = line;
            diagnostic.column = std::max<std::size_t>(offset, line_start) - line_start + 1;
        }
        diagnostics.push_back(std::move(diagnostic));
    }
    if (count_ > max_problems) {
        Diagnostic more = diagnostics.back();
        more.code = "more";
        more.pointer.clear();
        more.count = count_ - max_problems;
        more.message = "and " + std::to_string(more.count) + " more problems";
        diagnostics.push_back(std::move(more));
    }
    return diagnostics;
}

}  // namespace designation::json
