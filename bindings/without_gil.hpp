#pragma once

#include <pybind11/pybind11.h>

#include <chrono>
#include <designation/checkpoint.hpp>

/// Releases Python's lock (the GIL) until the end of its scope, for a computation that calls `checkpoint`.
class WithoutGil {
 public:
    WithoutGil() : state_(PyEval_SaveThread()) {}
    ~WithoutGil() { take_lock(); }
    WithoutGil(const WithoutGil&) = delete;
    WithoutGil& operator=(const WithoutGil&) = delete;

    /// Return a function that now and then lets Python handle signals; it throws what a handler raises, such as
    /// KeyboardInterrupt.
    designation::Checkpoint checkpoint() {
        return [this] { handle_signals(); };
    }

 private:
    using Clock = std::chrono::steady_clock;

    void take_lock() noexcept;
    void handle_signals();

    PyThreadState* state_;
    Clock::time_point handled_ = Clock::now();
};
