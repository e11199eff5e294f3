#include <designation/finding.hpp>

#include "bind.hpp"
#include "value.hpp"

using designation::Finding;

void bind_finding(pybind11::module_& module) {
    ValueClass<Finding>(module, "Finding", "What the record makes questionable; it never changes an answer.")
        .field("code", &Finding::code, "Which finding.")
        .field("on", &Finding::on, "The day of the event that raised it.");
}
