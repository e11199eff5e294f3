#include "without_gil.hpp"

#include <thread>

#ifdef __GLIBCXX__
#include <cxxabi.h>
#endif

void WithoutGil::take_lock() noexcept {
    // While Python shuts down, it ends each thread that asks for the lock; in CPython before 3.14, by unwinding its
    // stack. No frame of C++ may be unwound here, so the thread waits for the end of the process.
#ifdef __GLIBCXX__
    try {
        PyEval_RestoreThread(state_);
    } catch (abi::__forced_unwind&) {
        for (;;) std::this_thread::sleep_for(std::chrono::hours{1});
    }
#else
    PyEval_RestoreThread(state_);
#endif
}

void WithoutGil::handle_signals() {
    // Other threads of Python may run while we ask, so we ask rarely.
    constexpr std::chrono::milliseconds interval{50};
    if (Clock::now() - handled_ < interval) return;
    take_lock();
    const bool is_raised = PyErr_CheckSignals() != 0;
    if (is_raised) {
        pybind11::error_already_set error;
        state_ = PyEval_SaveThread();
        throw error;
    }
    state_ = PyEval_SaveThread();
    handled_ = Clock::now();
}
