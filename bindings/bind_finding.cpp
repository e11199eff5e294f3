#include <designation/finding.hpp>

#include "bind.hpp"
#include "value_class.hpp"

using designation::Finding;

void bind_finding(pybind11::module_& module) {
    ValueClass<Finding>(module, "Finding", "An irregularity in the partner's record; it never changes a result.")
        .field("code", &Finding::code, "The kind of irregularity.")
        .field("on", &Finding::on, "The date of the event that raised it.");
}
