#include "portfolio/import/stream_importer.hpp"

#include <cstring>
#include <stdexcept>
#include <string>

namespace designation::portfolio {

StreamImporter::StreamImporter(ArrowArrayStream& stream) : stream_(stream) {
    if (!stream.release) throw std::invalid_argument("the Arrow stream was already consumed");
    stream.release = nullptr;
    try {
        throw_on_error(stream_.get_schema(&stream_, &schema_));
    } catch (...) {
        stream_.release(&stream_);
        throw;
    }
}

StreamImporter::~StreamImporter() {
    for (ArrowArray& array : arrays_) array.release(&array);
    if (schema_.release) schema_.release(&schema_);
    stream_.release(&stream_);
}

void StreamImporter::pull() {
    for (;;) {
        ArrowArray array{};
        throw_on_error(stream_.get_next(&stream_, &array));
        if (!array.release) return;
        try {
            arrays_.push_back(array);
        } catch (...) {
            array.release(&array);
            throw;
        }
    }
}

void StreamImporter::throw_on_error(int status) {
    if (status == 0) return;
    const char* message = stream_.get_last_error(&stream_);
    throw std::runtime_error("the Arrow stream failed: " + std::string(message ? message : std::strerror(status)));
}

}  // namespace designation::portfolio
