#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "designation/arrow.hpp"

namespace designation::portfolio {

/// The memory of an Arrow buffer.
class Buffer {
 public:
    Buffer() = default;
    /// Allocate memory as Arrow recommends it: aligned to 64 bytes; not initialized.
    explicit Buffer(std::size_t bytes) : memory_(operator new(bytes, alignment), free) {}
    template <class T>
    static Buffer copy_of(std::span<const T> values) {
        Buffer buffer(values.size_bytes() + 1);
        std::copy_n(values.data(), values.size(), buffer.as<T>());
        return buffer;
    }
    /// Keep the memory of a vector or a string that is moved in.
    template <class Container>
    static Buffer keep(Container container) {
        auto kept = std::make_shared<Container>(std::move(container));
        kept->reserve(1);  // a buffer without values has an address, too
        Buffer buffer;
        buffer.memory_ = {kept, kept->data()};
        return buffer;
    }

    template <class T>
    T* as() const noexcept {
        return static_cast<T*>(memory_.get());
    }
    explicit operator bool() const noexcept { return memory_ != nullptr; }

 private:
    static constexpr std::align_val_t alignment{64};
    static void free(void* memory) noexcept { operator delete(memory, alignment); }

    std::shared_ptr<void> memory_;
};

/// An Arrow array that owns its memory.
struct Array {
    std::int64_t length = 0;
    std::int64_t null_count = 0;
    std::vector<Buffer> buffers;
    std::vector<Array> children;
    std::vector<Array> dictionary;  ///< none or one
};

/// The Arrow schema of a column.
struct Schema {
    std::string format;
    std::string name;
    bool nullable = true;
    std::vector<Schema> children;
    std::vector<Schema> dictionary;  ///< none or one
};

/// Build an array of texts, from the texts or from their offsets and bytes.
Array text_array(std::span<const std::string_view> texts);
Array text_array(std::vector<std::int32_t> offsets, std::string bytes);

/// Export an array without copying it; the exported struct keeps `owner` alive until it is released.
void export_array(const std::shared_ptr<const void>& owner, const Array& array, ArrowArray& out);
/// Export a copy of a schema.
void export_schema(const Schema& schema, ArrowSchema& out);

}  // namespace designation::portfolio
