#include <designation/finding.hpp>

#include "bind.hpp"
#include "value.hpp"

using designation::Finding;

void bind_finding(pybind11::module_& module) {
    ValueClass<Finding>(module, "Finding", "Something questionable in the partner's record; it never changes a result.")
        .field("code", &Finding::code, "The code.")
        .field("on", &Finding::on, "The day of the event that raised it.");
}
