#pragma once

#include <span>
#include <vector>

#include "designation/arrow.hpp"

namespace designation::portfolio {

/// Pulls all batches of a stream, and releases them and the stream in the end.
class StreamImporter {
 public:
    /// Move the stream into the importer. Throws std::invalid_argument if it was already consumed, std::runtime_error
    /// if it fails.
    explicit StreamImporter(ArrowArrayStream& stream);
    StreamImporter(const StreamImporter&) = delete;
    StreamImporter& operator=(const StreamImporter&) = delete;
    ~StreamImporter();

    const ArrowSchema& schema() const noexcept { return schema_; }
    /// Pull every batch. Throws std::runtime_error if the stream fails.
    void pull();
    std::span<const ArrowArray> arrays() const noexcept { return arrays_; }

 private:
    void throw_on_error(int status);

    ArrowArrayStream stream_;
    ArrowSchema schema_{};
    std::vector<ArrowArray> arrays_;
};

}  // namespace designation::portfolio
