#include "portfolio/stream.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

namespace designation::portfolio {

Intake::Intake(ArrowArrayStream& stream) : stream_(stream) {
    if (!stream.release) throw std::invalid_argument("the Arrow stream was already consumed");
    stream.release = nullptr;
    try {
        check(stream_.get_schema(&stream_, &schema_));
    } catch (...) {
        stream_.release(&stream_);
        throw;
    }
}

Intake::~Intake() {
    for (ArrowArray& array : arrays_) array.release(&array);
    if (schema_.release) schema_.release(&schema_);
    stream_.release(&stream_);
}

void Intake::pull() {
    for (;;) {
        ArrowArray array{};
        check(stream_.get_next(&stream_, &array));
        if (!array.release) return;
        try {
            arrays_.push_back(array);
        } catch (...) {
            array.release(&array);
            throw;
        }
    }
}

void Intake::check(int status) {
    if (status == 0) return;
    const char* why = stream_.get_last_error(&stream_);
    throw std::runtime_error("the Arrow stream failed: " + std::string(why ? why : std::strerror(status)));
}

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
    return guarded([&] { give(chunks_of(stream).schema, *out); });
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
    *out = {};
    Chunks& chunks = chunks_of(stream);
    if (chunks.next == chunks.chunks.size()) return 0;
    return guarded([&] { give(chunks.owner, chunks.chunks[chunks.next++], *out); });
}

const char* get_last_error(ArrowArrayStream* /*stream*/) noexcept { return nullptr; }

void release(ArrowArrayStream* stream) noexcept {
    delete &chunks_of(stream);
    stream->release = nullptr;
}

}  // namespace

void give(std::shared_ptr<const void> owner, const Schema& schema, std::span<const Array> chunks,
          ArrowArrayStream& out) {
    auto given = std::make_unique<Chunks>(Chunks{std::move(owner), schema, chunks});
    out = {&get_schema, &get_next, &get_last_error, &release, given.release()};
}

}  // namespace designation::portfolio
