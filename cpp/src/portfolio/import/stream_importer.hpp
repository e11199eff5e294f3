#pragma once

#include <span>
#include <vector>

#include "designation/arrow.hpp"

namespace designation::portfolio {

/// The batches of a stream that is pulled once.
class StreamImporter {
 public:
    /// Takes the stream over. Throws std::invalid_argument where it was consumed, std::runtime_error where it fails.
    explicit StreamImporter(ArrowArrayStream& stream);
    StreamImporter(const StreamImporter&) = delete;
    StreamImporter& operator=(const StreamImporter&) = delete;
    ~StreamImporter();

    const ArrowSchema& schema() const noexcept { return schema_; }
    /// Pulls every batch.
    void pull();
    std::span<const ArrowArray> arrays() const noexcept { return arrays_; }

 private:
    void check(int status);

    ArrowArrayStream stream_;
    ArrowSchema schema_{};
    std::vector<ArrowArray> arrays_;
};

}  // namespace designation::portfolio
