#include <designation/benefits.hpp>

#include "bind.hpp"
#include "by_word.hpp"

using namespace designation;

void bind_benefits(pybind11::module_& module) {
    bind_by_word<Benefit, Verdict>(module, "Benefits", "SSD-B: the verdict of each benefit, by attribute or by name.");
}
