#pragma once

#include <cstdint>

#include "designation/arrow.hpp"
#include "portfolio/import/batch.hpp"

namespace designation::portfolio {

// Arrow's structs say how long an array is, and nothing says how large its buffers are. What contradicts itself is
// refused before anything is read from where it is not. Each of these throws InputError.

/// That each column of a table has a format, and the children that it counts.
void validate_schema(const ArrowSchema& table);

/// That a batch has the shape of its schema: its lengths, offsets, counts of nulls, buffers, children, dictionaries.
void validate_shape(const ArrowArray& batch, const ArrowSchema& table);

/// That the lists and the texts of these rows lie forwards, and within what they point into.
void validate_places(const Batch& batch, std::int64_t first, std::int64_t count);

}  // namespace designation::portfolio
