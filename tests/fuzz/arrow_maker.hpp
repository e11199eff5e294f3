#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <designation/arrow.hpp>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arrow_maker {

/// Choices that the fuzzer's bytes make; zeros after the last byte.
class Choices {
 public:
    explicit Choices(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

    std::uint8_t byte() noexcept {
        if (bytes_.empty()) return 0;
        const std::uint8_t first = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return first;
    }
    std::int64_t below(std::int64_t n) noexcept { return n <= 0 ? 0 : byte() % n; }
    /// Return true once in so many times, and never after the last byte.
    bool one_in(int n) noexcept { return byte() % n == n - 1; }
    template <class List>
    const auto& of(const List& list) noexcept {
        return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(std::size(list))))];
    }

 private:
    std::span<const std::uint8_t> bytes_;
};

/// The formats that a portfolio accepts, and all formats.
inline constexpr std::array<std::string_view, 5> texts{"u", "U", "vu", "dictionary", "n"};
inline constexpr std::array<std::string_view, 5> days{"tdD", "tsu:", "tss:", "tdm", "n"};
inline constexpr std::array<std::string_view, 3> lists{"+l", "+L", "n"};
inline constexpr std::array<std::string_view, 2> structs{"+s", "n"};
inline constexpr std::array<std::string_view, 9> numbers{"g", "f", "d:10,2", "d:38,30", "d:9,4,32", "l", "C", "s", "n"};
inline constexpr std::array<std::string_view, 30> all{
    "n",  "b", "c", "C",  "s",  "S",  "i",   "I",   "l",       "L",    "e",          "f",         "g",       "u", "U",
    "vu", "z", "Z", "+l", "+L", "+s", "+vl", "tdD", "tsu:UTC", "tsn:", "dictionary", "d:5,2,256", "d:5,2,3", "",  "d:"};
inline constexpr std::array<std::string_view, 4> index_formats{"c", "C", "i", "L"};
inline constexpr std::array<std::string_view, 16> words{"contoso",
                                                        "direct_bill",
                                                        "indirect_provider",
                                                        "ufp",
                                                        "psfp",
                                                        "azure_digital_app_innovation",
                                                        "interest_registered",
                                                        "eligibility_decided",
                                                        "capability_evaluated",
                                                        "csat_evaluated",
                                                        "case_rate_determined",
                                                        "badge_awarded",
                                                        "renewal_approved",
                                                        "pass",
                                                        "eligible",
                                                        "USD"};

/// The name, the accepted formats, and the members of a column.
struct Wish {
    std::string_view name;
    std::span<const std::string_view> formats;
    std::vector<Wish> members;
};

/// A column with its schema and the arrays of each batch. Buffers are as large as the length of the array says, because
/// an importer cannot detect that they are not; everything else that an array says may be false.
class Made {
 public:
    Made(const Wish& wish, Choices& choose, int depth = 0) : name_(wish.name) {
        std::string_view format = choose.of(wish.formats);
        if (choose.one_in(24)) format = choose.of(all);
        const bool is_dictionary = format == "dictionary";
        if (is_dictionary) {
            format = choose.of(index_formats);
            const Wish values{"", std::span(texts).first(depth < 9 && choose.one_in(32) ? 4 : 3), {}};
            dictionary_ = std::make_unique<Made>(values, choose, depth + 1);
        }
        format_ = format;
        for (const Wish& member : wish.members) {
            if (format_ != "+s" && format_ != "+l" && format_ != "+L") break;
            const int times = choose.one_in(12) ? (choose.one_in(2) ? 2 : 0) : 1;
            for (int i = 0; i < times; ++i) children_.push_back(std::make_unique<Made>(member, choose, depth + 1));
        }
        describe(choose);
    }

    ArrowSchema& schema() noexcept { return schema_; }

    ArrowArray& make_array(std::int64_t rows, Choices& choose) {
        Array& made = arrays_.emplace_back();
        ArrowArray& array = made.array;
        array.length = rows;
        if (choose.one_in(4)) array.offset = choose.below(4);
        if (choose.one_in(20)) array.length = choose.below(12) - 1;
        if (choose.one_in(40)) array.offset = -choose.below(3);
        const bool is_far = format_ != "n" && choose.one_in(48);  // nulls need no memory, and may be many
        if (is_far) {
            constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
            (choose.one_in(2) ? array.offset : array.length) = most - choose.below(3);
        }
        const std::int64_t entries = is_far ? 0 : std::clamp<std::int64_t>(array.offset + array.length, 0, 1000);
        add_buffers(made, entries, is_far, choose);
        for (const std::vector<char>& buffer : made.buffers) made.pointers.push_back(is_far ? nullptr : buffer.data());
        if (choose.one_in(40)) made.pointers[0] = nullptr;
        if (choose.one_in(64)) made.pointers.back() = nullptr;
        array.buffers = made.pointers.data();
        array.n_buffers = static_cast<std::int64_t>(made.pointers.size()) - (choose.one_in(40) ? 1 : 0);
        if (format_ == "n") array.n_buffers = 0;
        const std::int64_t items = format_.starts_with("+l") || format_ == "+L" ? items_ : entries;
        for (const auto& child : children_) made.children.push_back(&child->make_array(items, choose));
        array.children = made.children.data();
        array.n_children = static_cast<std::int64_t>(made.children.size());
        if (choose.one_in(64)) array.n_children += choose.one_in(2) ? 1 : -1;
        if (!made.children.empty() && choose.one_in(64)) made.children[0] = nullptr;
        if (dictionary_ && !choose.one_in(32)) array.dictionary = &dictionary_->make_array(8, choose);
        array.release = [](ArrowArray* of) { of->release = nullptr; };
        return array;
    }

 private:
    struct Array {
        ArrowArray array{};
        std::vector<std::vector<char>> buffers;
        std::vector<const void*> pointers;
        std::vector<ArrowArray*> children;
    };

    void describe(Choices& choose) {
        schema_ = {};
        schema_.format = format_.c_str();
        schema_.name = choose.one_in(48) ? nullptr : name_.c_str();
        for (const auto& child : children_) child_schemas_.push_back(&child->schema());
        schema_.children = child_schemas_.data();
        schema_.n_children = static_cast<std::int64_t>(child_schemas_.size());
        if (dictionary_) schema_.dictionary = &dictionary_->schema();
        if (choose.one_in(64)) schema_.n_children = -1;
        if (choose.one_in(64)) schema_.format = nullptr;
        if (!child_schemas_.empty() && choose.one_in(64)) child_schemas_[0] = nullptr;
        schema_.release = [](ArrowSchema* of) { of->release = nullptr; };
    }

    template <class T>
    static std::vector<char> buffer_of(const std::vector<T>& values) {
        std::vector<char> buffer(values.size() * sizeof(T));
        if (!values.empty()) std::memcpy(buffer.data(), values.data(), buffer.size());
        buffer.reserve(1);  // so that it has an address
        return buffer;
    }

    void add_buffers(Array& made, std::int64_t entries, bool is_far, Choices& choose) {
        const auto count = static_cast<std::size_t>(entries);
        add_validity(made, count, choose);
        if (format_.empty() || format_ == "n" || format_ == "+s") return;
        if (is_far) {
            made.buffers.resize(3);
        } else if (format_ == "u" || format_ == "z") {
            add_texts<std::int32_t>(made, count, choose);
        } else if (format_ == "U" || format_ == "Z") {
            add_texts<std::int64_t>(made, count, choose);
        } else if (format_ == "vu") {
            add_views(made, count, choose);
        } else if (format_ == "+l") {
            made.buffers.push_back(buffer_of(list_offsets<std::int32_t>(count, choose)));
        } else if (format_ == "+L") {
            made.buffers.push_back(buffer_of(list_offsets<std::int64_t>(count, choose)));
        } else {
            add_values(made, count, choose);
        }
    }

    void add_validity(Array& made, std::size_t count, Choices& choose) {
        std::vector<char> bits(count / 8 + 1, '\xff');
        const bool has_nulls = choose.one_in(3);
        for (std::size_t i = 0; has_nulls && i < bits.size(); ++i) bits[i] = static_cast<char>(choose.byte());
        std::int64_t nulls = 0;
        for (auto at = std::max<std::int64_t>(0, made.array.offset); at < static_cast<std::int64_t>(count); ++at) {
            const auto byte = static_cast<unsigned char>(bits[static_cast<std::size_t>(at / 8)]);
            nulls += (byte >> (at % 8) & 1U) == 0 ? 1 : 0;
        }
        made.array.null_count = nulls;
        if (choose.one_in(4)) made.array.null_count = -1;
        if (choose.one_in(40)) made.array.null_count = choose.below(4) - 2;
        made.buffers.push_back(std::move(bits));
    }

    /// Build offsets that mostly increase; others still lie in the text.
    template <class Offset>
    void add_texts(Array& made, std::size_t count, Choices& choose) {
        std::string text;
        std::vector<Offset> offsets{0};
        for (std::size_t i = 0; i < count; ++i) {
            text +=
                choose.one_in(16) ? std::string(1, static_cast<char>(choose.byte())) : std::string(choose.of(words));
            offsets.push_back(static_cast<Offset>(text.size()));
        }
        if (count > 0 && choose.one_in(16)) {
            offsets[static_cast<std::size_t>(choose.below(static_cast<std::int64_t>(count)))] =
                static_cast<Offset>(choose.one_in(2) ? -choose.below(9) : choose.below(static_cast<int>(text.size())));
        }
        made.buffers.push_back(buffer_of(offsets));
        made.buffers.emplace_back(text.begin(), text.end());
        made.buffers.back().reserve(1);
    }

    void add_views(Array& made, std::size_t count, Choices& choose) {
        struct View {
            std::int32_t size;
            std::array<char, 4> beginning;
            std::int32_t buffer;
            std::int32_t offset;
        };
        std::string text;
        std::vector<View> views;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string_view word = choose.of(words);
            View view{static_cast<std::int32_t>(word.size()), {}, 0, static_cast<std::int32_t>(text.size())};
            if (word.size() <= 12) {
                std::memcpy(view.beginning.data(), word.data(), word.size());
            } else {
                text += word;
            }
            if (choose.one_in(40)) view.size = static_cast<std::int32_t>(choose.below(100)) - 5;
            if (choose.one_in(40)) view.offset = static_cast<std::int32_t>(choose.below(100)) - 5;
            if (choose.one_in(40)) view.buffer = static_cast<std::int32_t>(choose.below(4)) - 1;
            views.push_back(view);
        }
        made.buffers.push_back(buffer_of(views));
        made.buffers.emplace_back(text.begin(), text.end());
        made.buffers.back().reserve(1);
        made.buffers.push_back(buffer_of(std::vector<std::int64_t>{static_cast<std::int64_t>(text.size())}));
    }

    template <class Offset>
    std::vector<Offset> list_offsets(std::size_t count, Choices& choose) {
        std::vector<Offset> offsets{static_cast<Offset>(choose.one_in(8) ? choose.below(3) : 0)};
        for (std::size_t i = 0; i < count; ++i)
            offsets.push_back(offsets.back() + static_cast<Offset>(choose.below(4)));
        items_ = offsets.back();
        if (choose.one_in(12)) {
            offsets[static_cast<std::size_t>(choose.below(static_cast<std::int64_t>(count) + 1))] =
                static_cast<Offset>(choose.one_in(2) ? -choose.below(9) : choose.below(200) * choose.below(200));
        }
        return offsets;
    }

    /// Build values of a fixed size: dates near the program's, indices, amounts, or random bytes.
    void add_values(Array& made, std::size_t count, Choices& choose) {
        std::vector<char> bytes(count * 32);  // no format has larger ones
        std::vector<std::int32_t> values32;
        std::vector<std::int64_t> values64;
        for (std::size_t i = 0; i < count; ++i) {
            const std::int64_t day = choose.one_in(16) ? choose.byte() * 86'000 : 20'454 + choose.byte() * 4;
            values32.push_back(static_cast<std::int32_t>(day));
            values64.push_back(day * (format_ == "tss:" ? 86'400 : format_ == "tdm" ? 86'400'000 : 86'400'000'000));
            const auto at = static_cast<std::ptrdiff_t>(i * 32);
            for (std::ptrdiff_t j = 0; j < 32; j += 8)
                bytes[static_cast<std::size_t>(at + j)] = static_cast<char>(choose.byte());
        }
        if (format_ == "tdD") bytes = buffer_of(values32);
        if (format_.starts_with("ts") || format_ == "tdm") bytes = buffer_of(values64);
        if (dictionary_) {
            const std::size_t width = format_ == "i" ? 4 : format_ == "L" ? 8 : 1;
            std::fill(bytes.begin(), bytes.end(), '\0');
            for (std::size_t i = 0; i < count; ++i) bytes[i * width] = static_cast<char>(choose.below(10));
        }
        bytes.reserve(1);
        made.buffers.push_back(std::move(bytes));
    }

    std::string name_;
    std::string format_;
    std::vector<std::unique_ptr<Made>> children_;
    std::unique_ptr<Made> dictionary_;
    ArrowSchema schema_{};
    std::vector<ArrowSchema*> child_schemas_;
    std::deque<Array> arrays_;
    std::int64_t items_ = 0;
};

}  // namespace arrow_maker
