#pragma once

#include <array>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "designation/date.hpp"
#include "designation/diagnostic.hpp"
#include "designation/json.hpp"
#include "designation/money.hpp"
#include "json/document.hpp"

namespace designation::json {

/// The members of an object with a fixed set of keys. A member that is null counts as absent.
class Members {
 public:
    static constexpr std::size_t max_members = 24;

    const Node* operator[](std::string_view key) const noexcept;

 private:
    friend class Reader;
    std::array<std::pair<std::string_view, const Node*>, max_members> slots_{};
    std::size_t count_ = 0;
};

/// A strict reader of a document's values that collects every problem with its location.
class Reader {
 public:
    explicit Reader(const Document& document);

    // What reports a problem is cold: the compiler keeps it, and the code that leads to it, small and apart.
    [[gnu::cold]] void report(const Node& node, std::string code, std::string message);
    /// Report a problem of the member (`a`, or `a/b` for a member of a member), or of the object that lacks it.
    [[gnu::cold]] void report(const Node& object, std::string_view member, std::string code, std::string message);
    /// Report a problem at the value to which its pointer leads.
    [[gnu::cold]] void report(Diagnostic problem);
    [[gnu::cold]] void report_too_deep(std::size_t offset = Node::nowhere);
    [[gnu::cold]] void report_syntax(std::size_t offset, std::string code, std::string message);

    /// Return the members of an object; report each key that is not in `known`, and each of `required` that is missing.
    std::optional<Members> members(const Node& node, std::span<const std::string_view> known,
                                   std::span<const std::string_view> required);
    std::optional<Members> members(const Node& node, std::initializer_list<std::string_view> known,
                                   std::initializer_list<std::string_view> required = {}) {
        return members(node, std::span(known.begin(), known.size()), std::span(required.begin(), required.size()));
    }
    /// Report a member whose key is not in `known`, with the nearest key that is.
    [[gnu::cold]] void report_unknown(const Node& member, std::span<const std::string_view> known);
    bool expect_array(const Node& node);
    bool expect_object(const Node& node);

    std::optional<std::string> string(const Node& node);
    std::optional<std::string> text(const Node& node);  ///< a string that is not empty
    std::optional<bool> boolean(const Node& node);
    std::optional<std::int64_t> integer(const Node& node, std::int64_t least, std::int64_t most);
    std::optional<double> number(const Node& node);
    std::optional<Day> day(const Node& node);
    std::optional<Amount> amount(const Node& node);
    std::optional<Currency> currency(const Node& node);
    void format(const Node* node, std::string_view expected);

    template <class Enum>
    std::optional<Enum> enumerator(const Node& node) {
        return enumerator<Enum>(node, enum_names<Enum>);
    }
    template <class Enum, std::size_t N>
    std::optional<Enum> enumerator(const Node& node, const std::array<std::string_view, N>& allowed) {
        const auto index = index_of(node, allowed.data(), N);
        if (!index) return std::nullopt;
        return static_cast<Enum>(*index);
    }
    /// Return the index of a string among the names; report a string that is not among them.
    std::optional<std::size_t> index_of(const Node& node, const std::string_view* names, std::size_t count);

    bool is_valid() const noexcept { return problems_.empty(); }

    /// The number of problems that are reported; later ones are only counted.
    static constexpr std::size_t max_problems = 1000;

    /// Return the problems in the order of their locations; the offsets refer to `text`.
    [[gnu::cold]] Diagnostics finish(std::string_view text, std::string_view file) &&;

 private:
    struct Problem {
        Diagnostic diagnostic;
        std::uint32_t offset;
    };
    bool count_problem() noexcept;
    void report_duplicates(const Node& node);
    bool expect(const Node& node, Kind kind, std::string_view expected);

    const Document& document_;
    std::vector<Problem> problems_;
    std::size_t count_ = 0;
};

/// Parse JSON text into a document; report an error and return false if it is not valid JSON.
bool parse_text(Document& document, Reader& reader, std::string_view text, const ReadOptions& options);

std::optional<Partner> read_partner(Reader& reader, const Node& root);
std::optional<Policy> read_policy(Reader& reader, const Node& root);
/// Read a policy and check it against a rulebook, or against the edition that the policy names.
std::optional<Policy> read_policy_for(Reader& reader, const Node& root, const Rulebook* rulebook);
/// Read one record or event of a partner.
template <class Record>
std::optional<Record> read_record(Reader& reader, const Node& node);

std::shared_ptr<Rulebook> read_rulebook(Reader& reader, const Node& root);
/// Read a rulebook with the edition that it extends, its text, and its digest.
std::shared_ptr<const Rulebook> read_extended_rulebook(Reader& reader, const Node& root);

/// Report offers that have no date, or that are available before the date before which they are not.
[[gnu::cold]] void report_days(Reader& reader, const Node& root, const Parameters& parameters);
/// Report each parameter and each text of a rule that a rulebook changes in `base` without a citation of its own.
[[gnu::cold]] void report_missing_citations(Reader& reader, const Node& root, const Node& base);

/// Read `{evaluation: [{from, amount}]}`, earliest first; report two amounts from one day.
void read_fees(Reader& reader, const Node& node, PerValue<Evaluation, FeeSchedule>& fees);

/// Return the edition that a rulebook extends; empty if it extends none. Report an unknown edition, and return the
/// default one to avoid follow-on errors.
std::string_view extended_edition(Reader& reader, const Node& root);

}  // namespace designation::json
