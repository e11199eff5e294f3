#include "portfolio/export/stream.hpp"

#include <cerrno>
#include <utility>

namespace designation::portfolio {

namespace {

struct Chunks {
    std::shared_ptr<const void> owner;
    const Schema& schema;
    std::span<const Array> chunks;
    std::size_t next = 0;
};

Chunks& chunks_of(ArrowArrayStream* stream) noexcept { return *static_cast<Chunks*>(stream->private_data); }

/// An exception must not leave a function that C may call; what may fail here is memory.
template <class Do>
int guarded(Do what) noexcept {
    try {
        what();
        return 0;
    } catch (...) {
        return ENOMEM;
    }
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) noexcept {
    return guarded([&] { export_schema(chunks_of(stream).schema, *out); });
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
    *out = {};
    Chunks& chunks = chunks_of(stream);
    if (chunks.next == chunks.chunks.size()) return 0;
    return guarded([&] { export_array(chunks.owner, chunks.chunks[chunks.next++], *out); });
}

const char* get_last_error(ArrowArrayStream* /*stream*/) noexcept { return nullptr; }

void release(ArrowArrayStream* stream) noexcept {
    delete &chunks_of(stream);
    stream->release = nullptr;
}

}  // namespace

void export_stream(std::shared_ptr<const void> owner, const Schema& schema, std::span<const Array> chunks,
                   ArrowArrayStream& out) {
    auto given = std::make_unique<Chunks>(Chunks{std::move(owner), schema, chunks});
    out = {&get_schema, &get_next, &get_last_error, &release, given.release()};
}

}  // namespace designation::portfolio
