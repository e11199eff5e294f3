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

/// The members of an object that has a fixed set of keys. A member that is null counts as absent.
class Members {
 public:
    static constexpr std::size_t most = 24;

    const Node* operator[](std::string_view key) const noexcept;

 private:
    friend class Reader;
    std::array<std::pair<std::string_view, const Node*>, most> slots_{};
    std::size_t count_ = 0;
};

/// Reads values of a document strictly and collects every problem with its place.
class Reader {
 public:
    explicit Reader(const Document& document);

    void report(const Node& node, std::string code, std::string message);
    /// At the place of the member (`a`, or `a/b` for a member of a member), or of what should have it.
    void report(const Node& object, std::string_view member, std::string code, std::string message);
    /// At the place to which the problem's pointer leads.
    void report(Diagnostic problem);
    void report_too_deep(std::size_t offset = Node::nowhere);
    void report_syntax(std::size_t offset, std::string code, std::string message);

    /// Reports each key that is not among `known`, with the nearest that is.
    std::optional<Members> members(const Node& node, std::span<const std::string_view> known,
                                   std::span<const std::string_view> required);
    std::optional<Members> members(const Node& node, std::initializer_list<std::string_view> known,
                                   std::initializer_list<std::string_view> required = {}) {
        return members(node, std::span(known.begin(), known.size()), std::span(required.begin(), required.size()));
    }
    /// Reports a member whose key is not among `known`, with the nearest that is.
    void report_unknown(const Node& member, std::span<const std::string_view> known);
    bool array(const Node& node);
    bool object(const Node& node);

    std::optional<std::string> string(const Node& node);
    std::optional<std::string> text(const Node& node);  ///< a string that is not empty
    std::optional<bool> boolean(const Node& node);
    std::optional<std::int64_t> integer(const Node& node, std::int64_t least, std::int64_t most);
    std::optional<double> number(const Node& node);
    std::optional<Day> day(const Node& node);
    std::optional<Amount> amount(const Node& node);
    std::optional<Currency> currency(const Node& node);
    void format(const Node* node, std::string_view wanted);

    template <class Enum>
    std::optional<Enum> word(const Node& node) {
        return word<Enum>(node, enum_names<Enum>);
    }
    template <class Enum, std::size_t N>
    std::optional<Enum> word(const Node& node, const std::array<std::string_view, N>& allowed) {
        const auto index = index_of(node, allowed.data(), N);
        if (!index) return std::nullopt;
        return static_cast<Enum>(*index);
    }
    /// Which of the words a string is.
    std::optional<std::size_t> index_of(const Node& node, const std::string_view* words, std::size_t count);

    bool good() const noexcept { return problems_.empty(); }

    /// The problems that were found first are kept; of the others only their number.
    static constexpr std::size_t most_problems = 1000;

    /// The problems in the order of their places; `text` is what the offsets count in.
    Diagnostics finish(std::string_view text, std::string_view file) &&;

 private:
    struct Problem {
        Diagnostic diagnostic;
        std::uint32_t offset;
    };
    bool is_full() noexcept;
    void report_duplicates(const Node& node);
    bool expect(const Node& node, Kind kind, std::string_view wanted);

    const Document& document_;
    std::vector<Problem> problems_;
    std::size_t count_ = 0;
};

/// Parses JSON text into a document; false where it is none (which is reported).
bool parse_text(Document& document, Reader& reader, std::string_view text, const ReadOptions& options);

std::optional<Partner> read_partner(Reader& reader, const Node& root);
std::optional<Policy> read_policy(Reader& reader, const Node& root);
/// The same, held against a rulebook, or against the edition that the policy names.
std::optional<Policy> read_fitting_policy(Reader& reader, const Node& root, const Rulebook* rulebook);
/// Reads one record or event of a partner.
template <class Record>
std::optional<Record> read_record(Reader& reader, const Node& node);

std::shared_ptr<Rulebook> read_rulebook(Reader& reader, const Node& root);
/// The same with what it extends laid under it, and its text and digest.
std::shared_ptr<const Rulebook> read_whole_rulebook(Reader& reader, const Node& root);

/// Reads `{evaluation: [{from, amount}]}`, earliest first; two amounts from one day overlap.
void read_fees(Reader& reader, const Node& node, PerValue<Evaluation, FeeSchedule>& fees);

/// The edition that a rulebook extends; empty where it stands alone. Where it names none that is built in (which is
/// reported), the default one, so that what else is wrong is still told and what is not is not.
std::string_view extended_edition(Reader& reader, const Node& root);

}  // namespace designation::json
