#include <designation/fees.hpp>

#include "bind.hpp"
#include "value.hpp"

using designation::Fees;

void bind_fees(pybind11::module_& module) {
    ValueClass<Fees>(module, "Fees", "SSD-F: the auditor's fees as of a day, exact decimals in the edition's currency.")
        .field("outstanding", &Fees::outstanding, "SSD-F1: of what is still to be passed.")
        .field("due", &Fees::due, "SSD-F2: what is outstanding, where it can be acted on.")
        .field("incurred", &Fees::incurred, "SSD-F3: of every evaluation so far, whatever its outcome.");
}
