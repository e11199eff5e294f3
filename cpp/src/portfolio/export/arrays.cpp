#include "portfolio/export/arrays.hpp"

#include <algorithm>

namespace designation::portfolio {

Array text_array(std::span<const std::string_view> texts) {
    std::vector<std::int32_t> offsets{0};
    std::string bytes;
    for (const std::string_view text : texts) {
        bytes += text;
        offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
    return text_array(std::move(offsets), std::move(bytes));
}

Array text_array(std::vector<std::int32_t> offsets, std::string bytes) {
    Array array;
    array.length = static_cast<std::int64_t>(offsets.size()) - 1;
    array.buffers.emplace_back();
    array.buffers.push_back(Buffer::keep(std::move(offsets)));
    array.buffers.push_back(Buffer::keep(std::move(bytes)));
    return array;
}

namespace {

/// The memory behind an exported struct. A consumer may move children out, so each child has its own.
template <class Exported>
struct PrivateData {
    std::vector<Exported> children;
    std::vector<Exported*> pointers;
    std::vector<Exported> dictionary;

    explicit PrivateData(std::size_t child_count, std::size_t dictionary_count)
        : children(child_count), dictionary(dictionary_count) {
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

struct ArrayData : PrivateData<ArrowArray> {
    using PrivateData::PrivateData;
    std::shared_ptr<const void> owner;
    std::vector<const void*> buffers;
};

struct SchemaData : PrivateData<ArrowSchema> {
    using PrivateData::PrivateData;
    std::string format;
    std::string name;
};

template <class Data, class Exported>
void release(Exported* exported) {
    auto* data = static_cast<Data*>(exported->private_data);
    data->release();
    exported->release = nullptr;
    delete data;
}

}  // namespace

void export_array(const std::shared_ptr<const void>& owner, const Array& array, ArrowArray& out) {
    auto data = std::make_unique<ArrayData>(array.children.size(), array.dictionary.size());
    data->owner = owner;
    for (const Buffer& buffer : array.buffers) data->buffers.push_back(buffer.as<const void>());
    out = {};
    out.length = array.length;
    out.null_count = array.null_count;
    out.n_buffers = static_cast<std::int64_t>(data->buffers.size());
    out.n_children = static_cast<std::int64_t>(data->children.size());
    out.buffers = data->buffers.data();
    out.children = data->pointers.empty() ? nullptr : data->pointers.data();
    out.dictionary = data->dictionary.empty() ? nullptr : data->dictionary.data();
    for (std::size_t i = 0; i < array.children.size(); ++i) export_array(owner, array.children[i], data->children[i]);
    if (out.dictionary) export_array(owner, array.dictionary[0], *out.dictionary);
    out.private_data = data.release();
    out.release = &release<ArrayData, ArrowArray>;
}

void export_schema(const Schema& schema, ArrowSchema& out) {
    auto data = std::make_unique<SchemaData>(schema.children.size(), schema.dictionary.size());
    data->format = schema.format;
    data->name = schema.name;
    out = {};
    out.format = data->format.c_str();
    out.name = data->name.c_str();
    out.flags = schema.nullable ? ARROW_FLAG_NULLABLE : 0;
    out.n_children = static_cast<std::int64_t>(data->children.size());
    out.children = data->pointers.empty() ? nullptr : data->pointers.data();
    out.dictionary = data->dictionary.empty() ? nullptr : data->dictionary.data();
    for (std::size_t i = 0; i < schema.children.size(); ++i) export_schema(schema.children[i], data->children[i]);
    if (out.dictionary) export_schema(schema.dictionary[0], *out.dictionary);
    out.private_data = data.release();
    out.release = &release<SchemaData, ArrowSchema>;
}

}  // namespace designation::portfolio
