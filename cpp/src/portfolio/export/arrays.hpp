#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "designation/arrow.hpp"

namespace designation::portfolio {

/// Memory as Arrow recommends it: 64 bytes aligned, not cleared.
class Buffer {
 public:
    Buffer() = default;
    explicit Buffer(std::size_t bytes) : memory_(new (std::align_val_t{64}) std::byte[bytes]) {}
    template <class T>
    static Buffer of(std::span<const T> values) {
        Buffer buffer(values.size_bytes() + 1);
        std::copy_n(values.data(), values.size(), buffer.as<T>());
        return buffer;
    }

    template <class T>
    T* as() const noexcept {
        return reinterpret_cast<T*>(memory_.get());
    }
    explicit operator bool() const noexcept { return memory_ != nullptr; }

 private:
    struct Free {
        void operator()(std::byte* memory) const noexcept { operator delete[](memory, std::align_val_t{64}); }
    };
    std::unique_ptr<std::byte[], Free> memory_;  // NOLINT(modernize-avoid-c-arrays): of a size known late
};

/// An Arrow array that owns its memory.
struct Array {
    std::int64_t length = 0;
    std::int64_t null_count = 0;
    std::vector<Buffer> buffers;
    std::vector<Array> children;
    std::vector<Array> dictionary;  ///< none or one
};

/// What an Arrow schema says of a column.
struct Schema {
    std::string format;
    std::string name;
    bool nullable = true;
    std::vector<Schema> children;
    std::vector<Schema> dictionary;  ///< none or one
};

/// An array of texts.
Array texts(std::span<const std::string_view> words);

/// Hands out what `owner` keeps alive.
void export_array(const std::shared_ptr<const void>& owner, const Array& array, ArrowArray& out);
void export_schema(const Schema& schema, ArrowSchema& out);

}  // namespace designation::portfolio
