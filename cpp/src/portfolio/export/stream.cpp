#include "portfolio/export/stream.hpp"

#include <cerrno>
#include <utility>

namespace designation::portfolio {

namespace {

/// The memory behind an exported stream.
struct StreamData {
    std::shared_ptr<const void> owner;
    const Schema& schema;
    std::span<const Array> chunks;
    std::size_t next = 0;
};

StreamData& data_of(ArrowArrayStream* stream) noexcept { return *static_cast<StreamData*>(stream->private_data); }

/// Call a function and return a status for C, which cannot handle exceptions. Only an allocation can fail here.
template <class Function>
int status_of(Function function) noexcept {
    try {
        function();
        return 0;
    } catch (...) {
        return ENOMEM;
    }
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) noexcept {
    return status_of([&] { export_schema(data_of(stream).schema, *out); });
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
    *out = {};
    StreamData& data = data_of(stream);
    if (data.next == data.chunks.size()) return 0;
    return status_of([&] { export_array(data.owner, data.chunks[data.next++], *out); });
}

const char* get_last_error(ArrowArrayStream* /*stream*/) noexcept { return nullptr; }

void release(ArrowArrayStream* stream) noexcept {
    delete &data_of(stream);
    stream->release = nullptr;
}

}  // namespace

void export_stream(std::shared_ptr<const void> owner, const Schema& schema, std::span<const Array> chunks,
                   ArrowArrayStream& out) {
    auto data = std::make_unique<StreamData>(StreamData{std::move(owner), schema, chunks});
    out = {&get_schema, &get_next, &get_last_error, &release, data.release()};
}

}  // namespace designation::portfolio
