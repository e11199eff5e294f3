#include "portfolio/export/arrays.hpp"

#include <algorithm>

namespace designation::portfolio {

Array texts(std::span<const std::string_view> words) {
    std::vector<std::int32_t> offsets{0};
    std::string bytes;
    for (const std::string_view word : words) {
        bytes += word;
        offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
    Array array;
    array.length = static_cast<std::int64_t>(words.size());
    array.buffers.emplace_back();
    array.buffers.push_back(Buffer::of<std::int32_t>(offsets));
    array.buffers.push_back(Buffer::of<char>(bytes));
    return array;
}

namespace {

/// What an exported struct points to. A consumer may move children out; each of them has its own.
template <class Exported>
struct Given {
    std::vector<Exported> children;
    std::vector<Exported*> pointers;
    std::vector<Exported> dictionary;

    explicit Given(std::size_t count, std::size_t dictionaries) : children(count), dictionary(dictionaries) {
        for (Exported& child : children) pointers.push_back(&child);
    }
    void release() noexcept {
        for (auto* list : {&children, &dictionary}) {
            for (Exported& child : *list) {
                if (child.release) child.release(&child);
            }
        }
    }
};

struct GivenArray : Given<ArrowArray> {
    using Given::Given;
    std::shared_ptr<const void> owner;
    std::vector<const void*> buffers;
};

struct GivenSchema : Given<ArrowSchema> {
    using Given::Given;
    std::string format;
    std::string name;
};

template <class Private, class Exported>
void release(Exported* exported) {
    auto* given = static_cast<Private*>(exported->private_data);
    given->release();
    exported->release = nullptr;
    delete given;
}

}  // namespace

void export_array(const std::shared_ptr<const void>& owner, const Array& array, ArrowArray& out) {
    auto given = std::make_unique<GivenArray>(array.children.size(), array.dictionary.size());
    given->owner = owner;
    for (const Buffer& buffer : array.buffers) given->buffers.push_back(buffer.as<const void>());
    out = {};
    out.length = array.length;
    out.null_count = array.null_count;
    out.n_buffers = static_cast<std::int64_t>(given->buffers.size());
    out.n_children = static_cast<std::int64_t>(given->children.size());
    out.buffers = given->buffers.data();
    out.children = given->pointers.empty() ? nullptr : given->pointers.data();
    out.dictionary = given->dictionary.empty() ? nullptr : given->dictionary.data();
    for (std::size_t i = 0; i < array.children.size(); ++i) export_array(owner, array.children[i], given->children[i]);
    if (out.dictionary) export_array(owner, array.dictionary[0], *out.dictionary);
    out.private_data = given.release();
    out.release = &release<GivenArray, ArrowArray>;
}

void export_schema(const Schema& schema, ArrowSchema& out) {
    auto given = std::make_unique<GivenSchema>(schema.children.size(), schema.dictionary.size());
    given->format = schema.format;
    given->name = schema.name;
    out = {};
    out.format = given->format.c_str();
    out.name = given->name.c_str();
    out.flags = schema.nullable ? ARROW_FLAG_NULLABLE : 0;
    out.n_children = static_cast<std::int64_t>(given->children.size());
    out.children = given->pointers.empty() ? nullptr : given->pointers.data();
    out.dictionary = given->dictionary.empty() ? nullptr : given->dictionary.data();
    for (std::size_t i = 0; i < schema.children.size(); ++i) export_schema(schema.children[i], given->children[i]);
    if (out.dictionary) export_schema(schema.dictionary[0], *out.dictionary);
    out.private_data = given.release();
    out.release = &release<GivenSchema, ArrowSchema>;
}

}  // namespace designation::portfolio
