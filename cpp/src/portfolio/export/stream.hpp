#pragma once

#include <memory>
#include <span>

#include "designation/arrow.hpp"
#include "portfolio/export/arrays.hpp"

namespace designation::portfolio {

/// Export chunks as a stream, which keeps their owner alive until it is released.
void export_stream(std::shared_ptr<const void> owner, const Schema& schema, std::span<const Array> chunks,
                   ArrowArrayStream& out);

}  // namespace designation::portfolio
