#include <designation/renewal.hpp>

#include "bind.hpp"
#include "value.hpp"

using designation::Renewal;

void bind_renewal(pybind11::module_& module) {
    ValueClass<Renewal>(module, "Renewal", "SSD-R: whether a decision taken on the day would renew.")
        .field("verdict", &Renewal::verdict, "SSD-R.")
        .field("missing", &Renewal::missing, "The evaluations still to be passed, in the edition's order.");
}
