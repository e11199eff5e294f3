#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "designation/date.hpp"
#include "designation/words.hpp"
#include "portfolio/import/layout.hpp"

namespace designation::portfolio {

/// The validity bitmap of a column: which positions are not null.
struct Validity {
    const std::uint8_t* bits = nullptr;  ///< null if no position is null
    std::int64_t offset = 0;

    bool operator[](std::int64_t at) const noexcept { return bits == nullptr || bit(at) != 0; }
    /// Return the bit of a position; `bits` must not be null.
    unsigned bit(std::int64_t at) const noexcept {
        const auto i = static_cast<std::uint64_t>(at + offset);
        return (static_cast<unsigned>(bits[i >> 3U]) >> (i & 7U)) & 1U;
    }
};

/// Return `a` if the bit is 1, else `b`, without a branch: the processor cannot predict such bits.
template <class T>
constexpr T select(unsigned bit, T a, T b) noexcept {
    static_assert(sizeof(T) <= sizeof(std::uint32_t));
    const std::uint32_t mask = 0U - bit;
    return static_cast<T>((static_cast<std::uint32_t>(a) & mask) | (static_cast<std::uint32_t>(b) & ~mask));
}

/// A column of an Arrow batch. Positions count from the first row of the batch, or from the first item of a list.
struct ArrowColumn {
    Layout layout{Type::null};
    const ArrowArray* array = nullptr;
    std::int64_t offset = 0;  ///< of position 0 in the array's buffers; includes the offsets of the parents

    /// The column must not have the type null.
    Validity validity() const noexcept {
        const bool has_bits = array->n_buffers > 0 && array->null_count != 0;
        return {has_bits ? buffer<std::uint8_t>(0) : nullptr, offset};
    }
    bool is_valid(std::int64_t at) const noexcept { return layout.type != Type::null && validity()[at]; }
    template <class T>
    const T* buffer(int index) const noexcept {
        return static_cast<const T*>(array->buffers[index]);
    }
};

/// Return a member of a struct; a column of type null if the table does not have it.
ArrowColumn member(const ArrowColumn& structure, const Field& field) noexcept;

/// Return the position of the first item in a row of a list, which is the end of the row before.
std::int64_t item_begin(const ArrowColumn& list, std::int64_t row) noexcept;

/// Return the items of a list.
ArrowColumn items(const ArrowColumn& list, const Field& item) noexcept;

/// A value of type utf8_view: its size, then up to 12 bytes of text, or a prefix and the buffer and offset of the text.
struct TextView {
    std::int32_t size;
    std::array<char, 4> prefix;
    std::int32_t buffer;
    std::int32_t offset;

    bool is_inline() const noexcept { return static_cast<std::uint32_t>(size) <= 12; }
};

/// Return the text at a position; empty if it is null or its index is beyond the dictionary.
std::string_view text_at(const ArrowColumn& column, std::int64_t at) noexcept;

// Values that are not days since 1970: no valid day, and a period without an end.
inline constexpr std::int32_t no_day = INT32_MIN;
inline constexpr std::int32_t no_end = INT32_MAX;

/// Return whether a day is one that a user may give.
constexpr bool is_in_range(std::int32_t days_since_1970) noexcept {
    return days_since_1970 >= Day::earliest().days_since_1970() && days_since_1970 <= Day::latest().days_since_1970();
}

/// Read days since 1970: `missing` for a null, `no_day` for a timestamp that is not midnight or does not fit.
void read_days(const ArrowColumn& column, std::int64_t first, std::int64_t count, std::int32_t missing,
               std::int32_t* out);

/// The codes of words, in a hash table without collisions.
class WordTable {
 public:
    static constexpr std::uint8_t missing = 254;
    static constexpr std::uint8_t unknown = 255;
    using Entry = std::pair<std::string_view, std::uint8_t>;

    explicit WordTable(const std::vector<Entry>& entries);

    /// Return the words of an enumeration, including aliases.
    template <class Enum>
    static std::vector<Entry> entries_of() {
        std::vector<Entry> entries;
        entries.reserve(count_of<Enum> + words<Enum>().size());
        for (std::uint8_t i = 0; i < count_of<Enum>; ++i) entries.emplace_back(enum_names<Enum>[i], i);
        for (const Word& word : words<Enum>()) {
            if (!from_name<Enum>(word.word)) entries.emplace_back(word.word, word.value);
        }
        return entries;
    }

    std::uint8_t code(std::string_view word) const noexcept {
        if (word.empty()) return unknown;
        const Entry& entry = slots_[slot(word)];
        return entry.first == word ? entry.second : unknown;
    }

 private:
    static constexpr std::size_t size = 64;
    std::size_t slot(std::string_view word) const noexcept {
        const auto first = static_cast<std::uint8_t>(word.front());
        const auto later = static_cast<std::uint8_t>(word[word.size() * 3 / 4]);
        const auto key =
            static_cast<std::uint32_t>(word.size()) + (std::uint32_t{first} << 8U) + (std::uint32_t{later} << 16U);
        return (key * factor_) >> 26U;
    }
    /// Put each word into its slot; return whether every word has a slot of its own.
    bool fill_slots(const std::vector<Entry>& entries) noexcept;

    std::array<Entry, size> slots_;
    std::uint32_t factor_ = 0x9E3779B1U;
};

/// A column of words. Its dictionary is decoded once.
class WordColumn {
 public:
    WordColumn() = default;
    WordColumn(const ArrowColumn& column, const WordTable& table);

    const ArrowColumn& column() const noexcept { return column_; }
    /// Read the codes of words; `WordTable::missing` for a null.
    void read(std::int64_t first, std::int64_t count, std::uint8_t* out) const;

 private:
    ArrowColumn column_;
    const WordTable* table_ = nullptr;
    std::vector<std::uint8_t> decoded_;
};

}  // namespace designation::portfolio
