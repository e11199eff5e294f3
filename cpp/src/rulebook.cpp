#include "designation/rulebook.hpp"

namespace designation {

std::optional<Evaluation> evaluation_of(Step step) noexcept {
    switch (step) {
        case Step::capability: return Evaluation::capability;
        case Step::performance: return Evaluation::performance;
        case Step::csat: return Evaluation::csat;
        default: return std::nullopt;
    }
}

}  // namespace designation
