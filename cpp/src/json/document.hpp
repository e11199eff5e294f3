#pragma once

#include <cstdint>
#include <limits>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "designation/checkpoint.hpp"

namespace designation::json {

enum class Kind : std::uint8_t { null, boolean, integer, number, string, day, array, object, foreign };

/// A value of a document and its location.
struct Node {
    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

    Kind kind = Kind::null;
    bool boolean = false;
    std::uint32_t index = 0;             ///< the position among its parent's children
    std::uint32_t offset = nowhere;      ///< of the value in the text
    std::uint32_t key_offset = nowhere;  ///< of its key in the text
    std::int64_t integer = 0;            ///< of an integer; of a day, its days since 1970
    double number = 0;                   ///< of a number or an integer
    std::string_view key;                ///< of the value in its object
    std::string_view text;               ///< a string; the digits of a number or an integer; a foreign value's type
    const Node* parent = nullptr;
    const Node* next = nullptr;   ///< its next sibling
    const Node* first = nullptr;  ///< its first child
    std::uint32_t count = 0;      ///< of its children
};

/// A tree of values in the order of the input, which is a text or Python values.
class Document {
 public:
    static constexpr std::size_t max_depth = 64;

    Document() = default;
    /// Call a checkpoint, which must outlive the document, now and then.
    explicit Document(const Checkpoint& checkpoint) : checkpoint_(checkpoint ? &checkpoint : nullptr) {}

    /// Return the outermost value; null if there is none yet.
    const Node* root() const noexcept { return root_; }

    /// Store a copy of a text that lives as long as the document.
    std::string_view store(std::string_view text);

    /// Set the key of the next value in the open object. The key must live as long as the document.
    void key(std::string_view key, std::uint32_t offset = Node::nowhere) noexcept {
        key_ = key;
        key_offset_ = offset;
    }
    Node& add(Kind kind, std::uint32_t offset = Node::nowhere);
    /// Add an array or object and open it; return false if it would be deeper than `max_depth`.
    bool open(Kind kind, std::uint32_t offset = Node::nowhere);
    void close() noexcept { open_.pop_back(); }

    /// Count a value that is added or read, and call the checkpoint once for many.
    void count_value() const {
        constexpr std::uint32_t values_per_call = 1024;
        if (checkpoint_ && ++values_ % values_per_call == 0) (*checkpoint_)();
    }

    /// Build the result of overriding `base`: objects member by member, everything else as a whole. Members from `base`
    /// get the location of the object of `overrides` that omits them.
    void merge(const Node& base, const Node& overrides);

 private:
    struct Open {
        Node* node;
        Node* last_child;
    };
    void copy(const Node& node, std::uint32_t location = Node::nowhere);

    std::pmr::monotonic_buffer_resource pool_{std::size_t{16} * 1024};
    const Node* root_ = nullptr;
    std::vector<Open> open_;
    std::string_view key_;
    std::uint32_t key_offset_ = Node::nowhere;
    const Checkpoint* checkpoint_ = nullptr;
    mutable std::uint32_t values_ = 0;
};

/// Return the JSON Pointer of a node.
std::string pointer_to(const Node& node);

/// Return the member of an object with that key; null if there is none.
const Node* find(const Node& object, std::string_view key) noexcept;

}  // namespace designation::json
