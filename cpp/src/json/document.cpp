#include "json/document.hpp"

#include <cstring>
#include <new>
#include <type_traits>

namespace designation::json {

std::string_view Document::store(std::string_view text) {
    if (text.empty()) return {};
    auto* copy = static_cast<char*>(pool_.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
}

Node& Document::add(Kind kind, std::uint32_t offset) {
    static_assert(std::is_trivially_destructible_v<Node>);
    count_value();
    Node& node = *new (pool_.allocate(sizeof(Node), alignof(Node))) Node;
    node.kind = kind;
    node.offset = offset;
    if (open_.empty()) {
        root_ = &node;
        return node;
    }
    Open& parent = open_.back();
    node.parent = parent.node;
    if (parent.node->kind == Kind::object) {
        node.key = key_;
        node.key_offset = key_offset_;
    }
    node.index = parent.node->count++;
    (parent.last_child ? parent.last_child->next : parent.node->first) = &node;
    parent.last_child = &node;
    return node;
}

bool Document::open(Kind kind, std::uint32_t offset) {
    Node& node = add(kind, offset);
    if (open_.size() == max_depth) return false;
    open_.push_back({&node, nullptr});
    return true;
}

void Document::copy(const Node& node, std::uint32_t location) {
    const auto at = [location](std::uint32_t offset) { return location == Node::nowhere ? offset : location; };
    if (node.kind == Kind::array || node.kind == Kind::object) {
        open(node.kind, at(node.offset));
        for (const Node* child = node.first; child; child = child->next) {
            key(child->key, at(child->key_offset));
            copy(*child, location);
        }
        close();
        return;
    }
    Node& added = add(node.kind, at(node.offset));
    added.boolean = node.boolean;
    added.integer = node.integer;
    added.number = node.number;
    added.text = node.text;
}

void Document::merge(const Node& base, const Node& overrides) {
    if (base.kind != Kind::object || overrides.kind != Kind::object) return copy(overrides);
    open(Kind::object, overrides.offset);
    for (const Node* member = base.first; member; member = member->next) {
        const Node* override = find(overrides, member->key);
        key(member->key, override ? override->key_offset : overrides.offset);
        if (override) {
            merge(*member, *override);
        } else {
            copy(*member, overrides.offset);
        }
    }
    for (const Node* member = overrides.first; member; member = member->next) {
        // A duplicate key stays in the document, for the reader to report.
        if (find(base, member->key) && find(overrides, member->key) == member) continue;
        key(member->key, member->key_offset);
        copy(*member);
    }
    close();
}

std::string pointer_to(const Node& node) {
    if (!node.parent) return {};
    std::string pointer = pointer_to(*node.parent) + '/';
    if (node.parent->kind == Kind::array) return pointer + std::to_string(node.index);
    for (const char c : node.key) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
    return pointer;
}

const Node* find(const Node& object, std::string_view key) noexcept {
    for (const Node* member = object.first; member; member = member->next) {
        if (member->key == key) return member;
    }
    return nullptr;
}

}  // namespace designation::json
