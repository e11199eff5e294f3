#pragma once

#include <memory>
#include <span>

#include "designation/arrow.hpp"
#include "portfolio/export/arrays.hpp"

namespace designation::portfolio {

/// Exports chunks as a stream that keeps their owner alive.
void export_stream(std::shared_ptr<const void> owner, const Schema& schema, std::span<const Array> chunks,
                   ArrowArrayStream& out);

}  // namespace designation::portfolio
