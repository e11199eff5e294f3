#include <designation/term.hpp>

#include "bind.hpp"
#include "value_class.hpp"

using designation::Term;

void bind_term(pybind11::module_& module) {
    ValueClass<Term>(module, "Term", "SSD-T: the designation's term as of a date.")
        .field("status", &Term::status, "SSD-T6.")
        .field("in_force", &Term::in_force, "SSD-T7.")
        .field("attained_on", &Term::attained_on, "The date of the award that counts.")
        .field("expires_on", &Term::expires_on,
               "SSD-T2: the anniversary, the first day on which it is no longer valid.")
        .field("renewal_opens_on", &Term::renewal_opens_on, "SSD-T3: the window's first day.")
        .field("renewal_closes_on", &Term::renewal_closes_on, "SSD-T3: the window's last day.")
        .field("at_risk", &Term::at_risk, "SSD-T5: held, with a prerequisite unmet.");
}
