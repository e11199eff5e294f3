#pragma once

#include <cstdint>

#include "designation/arrow.hpp"
#include "portfolio/import/batch.hpp"

namespace designation::portfolio {

// An Arrow array states its length, but not the sizes of its buffers. These functions reject arrays that contradict
// themselves before any out-of-bounds read. Each of them throws InputError.

/// Validate that each column of a table has a format and the children that it counts.
void validate_schema(const ArrowSchema& table);

/// Validate that a batch matches its schema: lengths, offsets, null counts, buffers, children and dictionaries.
void validate_shape(const ArrowArray& batch, const ArrowSchema& table);

/// Validate that the lists and texts in these rows have increasing offsets that stay within their items and buffers.
void validate_values(const Batch& batch, std::int64_t first, std::int64_t count);

}  // namespace designation::portfolio
