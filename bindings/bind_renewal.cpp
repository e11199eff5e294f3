#include <designation/renewal.hpp>

#include "bind.hpp"
#include "value_class.hpp"

using designation::Renewal;

void bind_renewal(pybind11::module_& module) {
    ValueClass<Renewal>(module, "Renewal",
                        "SSD-R: whether a decision on the date of the assessment would renew the designation.")
        .field("verdict", &Renewal::verdict, "SSD-R: the verdict.")
        .field("missing", &Renewal::missing, "The evaluations still to be passed, in the edition's order.");
}
