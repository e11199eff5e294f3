#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "designation/words.hpp"
#include "portfolio/import/layout.hpp"

namespace designation::portfolio {

/// Which positions hold values.
struct Validity {
    const std::uint8_t* bits = nullptr;  ///< null: all do
    std::int64_t offset = 0;

    bool operator[](std::int64_t at) const noexcept { return bits == nullptr || bit(at) != 0; }
    /// Where there are bits.
    unsigned bit(std::int64_t at) const noexcept {
        const auto i = static_cast<std::uint64_t>(at + offset);
        return (static_cast<unsigned>(bits[i >> 3U]) >> (i & 7U)) & 1U;
    }
};

/// `a` where the bit is 1, else `b`; in words without a branch, since no branch on such a bit is guessed well.
template <class T>
constexpr T chosen(unsigned bit, T a, T b) noexcept {
    static_assert(sizeof(T) <= sizeof(std::uint32_t));
    const std::uint32_t all = 0U - bit;
    return static_cast<T>((static_cast<std::uint32_t>(a) & all) | (static_cast<std::uint32_t>(b) & ~all));
}

/// The values of a column in one batch. Positions count from the batch's first row, or from a list's first item.
struct ArrowColumn {
    Layout layout{Type::null};
    const ArrowArray* array = nullptr;
    std::int64_t offset = 0;  ///< of position 0 in the array's buffers, the parents' offsets included

    bool has_nulls() const noexcept { return layout.type == Type::null || validity().bits != nullptr; }
    /// Of a column that is not of nulls altogether.
    Validity validity() const noexcept {
        const bool given = array->n_buffers > 0 && array->null_count != 0;
        return {given ? buffer<std::uint8_t>(0) : nullptr, offset};
    }
    bool is_valid(std::int64_t at) const noexcept { return layout.type != Type::null && validity()[at]; }
    template <class T>
    const T* buffer(int index) const noexcept {
        return static_cast<const T*>(array->buffers[index]);
    }
};

/// A member of a struct; of nulls where it is absent.
ArrowColumn member(const ArrowColumn& structure, const Field& field) noexcept;

/// Where the items of a list's rows begin and end.
std::int64_t item_begin(const ArrowColumn& list, std::int64_t row) noexcept;

/// The items of a list.
ArrowColumn items(const ArrowColumn& list, const Field& item) noexcept;

/// A text of utf8_view: its size, then up to 12 bytes, or how it begins, in which buffer it is and where in it.
struct TextView {
    std::int32_t size;
    std::array<char, 4> beginning;
    std::int32_t buffer;
    std::int32_t offset;

    bool is_inline() const noexcept { return static_cast<std::uint32_t>(size) <= 12; }
};

/// The text at a position; empty where it is null, or where its dictionary has no such word.
std::string_view text_at(const ArrowColumn& column, std::int64_t at) noexcept;

/// No day, and no end of a period, among days since 1970.
inline constexpr std::int32_t no_day = INT32_MIN;
inline constexpr std::int32_t no_end = INT32_MAX;

/// Days since 1970; `missing` where they are null, `no_day` for a time that is not midnight or beyond counting.
void read_days(const ArrowColumn& column, std::int64_t first, std::int64_t count, std::int32_t missing,
               std::int32_t* out);

/// Codes of words, found by a hash that sends each to a place of its own.
class WordTable {
 public:
    static constexpr std::uint8_t missing = 254;
    static constexpr std::uint8_t unknown = 255;
    using Entry = std::pair<std::string_view, std::uint8_t>;

    explicit WordTable(std::vector<Entry> entries);

    /// The words of an enumeration, former spellings included.
    template <class Enum>
    static std::vector<Entry> entries_of() {
        std::vector<Entry> entries;
        for (std::uint8_t i = 0; i < count_of<Enum>; ++i) entries.emplace_back(words<Enum>[i], i);
        for (const auto& [word, value] : former_words<Enum>) {
            entries.emplace_back(word, static_cast<std::uint8_t>(value));
        }
        return entries;
    }

    std::uint8_t code(std::string_view word) const noexcept {
        if (word.empty()) return unknown;
        const Entry& entry = slots_[slot(word)];
        return entry.first == word ? entry.second : unknown;
    }
    const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
    static constexpr std::size_t size = 64;
    std::size_t slot(std::string_view word) const noexcept {
        const auto first = static_cast<std::uint8_t>(word.front());
        const auto late = static_cast<std::uint8_t>(word[word.size() * 3 / 4]);
        const auto key =
            static_cast<std::uint32_t>(word.size()) + (std::uint32_t{first} << 8U) + (std::uint32_t{late} << 16U);
        return (key * factor_) >> 26U;
    }
    bool place() noexcept;

    std::vector<Entry> entries_;
    std::array<Entry, size> slots_;
    std::uint32_t factor_ = 0x9E3779B1U;
};

/// A column of words, its dictionary decoded once.
class WordColumn {
 public:
    WordColumn() = default;
    WordColumn(const ArrowColumn& column, const WordTable& table);

    const ArrowColumn& column() const noexcept { return column_; }
    /// Codes of the words; `WordTable::missing` where they are null.
    void read(std::int64_t first, std::int64_t count, std::uint8_t* out) const;

 private:
    ArrowColumn column_;
    const WordTable* table_ = nullptr;
    std::vector<std::uint8_t> decoded_;
};

}  // namespace designation::portfolio
