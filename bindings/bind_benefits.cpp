#include <designation/benefits.hpp>

#include "bind.hpp"
#include "by_name.hpp"

using namespace designation;

void bind_benefits(pybind11::module_& module) {
    bind_by_name<Benefit, Verdict>(module, "Benefits", "SSD-B: the verdict of each benefit, by attribute or by name.");
}
