#pragma once

#include <pybind11/pybind11.h>

/// Guard every function and class that is bound so far: a call with unsuitable values raises TypeError in one line, and
/// a value made by `__new__` without `__init__` cannot be read.
void guard_boundary(const pybind11::module_& module);
