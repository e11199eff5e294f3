#pragma once

#include <pybind11/pybind11.h>

/// Let Python handle signals, and throw what a handler raises, such as KeyboardInterrupt; a checkpoint of a computation
/// that keeps Python's lock (the GIL).
inline void handle_signals() {
    if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
}
