#pragma once

#include <cstdint>
#include <limits>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace designation::json {

enum class Kind : std::uint8_t { null, boolean, integer, number, string, day, array, object, foreign };

/// A value of a document and its place.
struct Node {
    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

    Kind kind = Kind::null;
    bool boolean = false;
    std::uint32_t index = 0;             ///< among its parent's children
    std::uint32_t offset = nowhere;      ///< in the text
    std::uint32_t key_offset = nowhere;  ///< of its key in the text
    std::int64_t integer = 0;            ///< of an integer; of a day, its days since 1970
    double number = 0;                   ///< of a number or an integer
    std::string_view key;                ///< in an object
    std::string_view text;               ///< a string; the digits of a number or an integer; a foreign value's type
    const Node* parent = nullptr;
    const Node* next = nullptr;   ///< its next sibling
    const Node* first = nullptr;  ///< its first child
    std::uint32_t count = 0;      ///< of its children
};

/// A tree of values, whatever they were read from, in the order of the input.
class Document {
 public:
    static constexpr std::size_t deepest = 64;

    /// The outermost value; null while there is none.
    const Node* root() const noexcept { return root_; }

    /// Keeps a copy of a text as long as the document lives.
    std::string_view keep(std::string_view text);

    /// Names the next value in the open object. The key must live as long as the document.
    void key(std::string_view key, std::uint32_t offset = Node::nowhere) noexcept {
        key_ = key;
        key_offset_ = offset;
    }
    Node& add(Kind kind, std::uint32_t offset = Node::nowhere);
    /// Adds an array or object and opens it; false where it would be deeper than `deepest`.
    bool open(Kind kind, std::uint32_t offset = Node::nowhere);
    void close() noexcept { open_.pop_back(); }

    /// Lays `upper` over `lower`: objects member by member, everything else as a whole. What comes from `lower` has the
    /// place of the object in `upper` that leaves it out.
    void overlay(const Node& lower, const Node& upper);

 private:
    struct Open {
        Node* node;
        Node* last_child;
    };
    /// `at` gives the whole copy its place; null where it keeps its own.
    void copy(const Node& node, const Node* at = nullptr);

    std::pmr::monotonic_buffer_resource pool_{16 * 1024};
    const Node* root_ = nullptr;
    std::vector<Open> open_;
    std::string_view key_;
    std::uint32_t key_offset_ = Node::nowhere;
};

/// The JSON Pointer of a node.
std::string pointer_to(const Node& node);

/// The member of an object with that key; null where there is none.
const Node* find(const Node& object, std::string_view key) noexcept;

}  // namespace designation::json
