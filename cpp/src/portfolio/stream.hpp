#pragma once

#include <memory>
#include <span>
#include <vector>

#include "designation/arrow.hpp"
#include "portfolio/arrays.hpp"

namespace designation::portfolio {

/// The batches of a stream that is pulled once.
class Intake {
 public:
    /// Takes the stream over. Throws std::invalid_argument where it was consumed, std::runtime_error where it fails.
    explicit Intake(ArrowArrayStream& stream);
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;
    ~Intake();

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

/// Hands out chunks as a stream that keeps their owner alive.
void give(std::shared_ptr<const void> owner, const Schema& schema, std::span<const Array> chunks,
          ArrowArrayStream& out);

}  // namespace designation::portfolio
