#include <designation/fees.hpp>

#include "bind.hpp"
#include "value_class.hpp"

using designation::Fees;

void bind_fees(pybind11::module_& module) {
    ValueClass<Fees>(module, "Fees",
                     "SSD-F: the auditor's fees as of a date, exact decimals in the edition's currency.")
        .field("outstanding", &Fees::outstanding, "SSD-F1: the fees of the evaluations still to be passed.")
        .field("due", &Fees::due, "SSD-F2: the outstanding fees that the partner can act on.")
        .field("incurred", &Fees::incurred, "SSD-F3: the fees of every evaluation so far, whatever its outcome.");
}
