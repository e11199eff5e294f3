#pragma once

#include <functional>

#include "designation/export.hpp"

namespace DESIGNATION_API designation {

/// A function that a long computation calls many times a second, on the thread of its caller. The computation ends with
/// what the function throws. An empty one is not called.
using Checkpoint = std::function<void()>;

}  // namespace designation
