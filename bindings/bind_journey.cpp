#include <designation/journey.hpp>

#include "bind.hpp"
#include "value_class.hpp"

using designation::Journey;

void bind_journey(pybind11::module_& module) {
    ValueClass<Journey>(module, "Journey", "SSD-J: the journey to the badge as of a date.")
        .field("step", &Journey::step, "The first step not done; None if the designation is held or unknown.")
        .field("completed", &Journey::completed, "The steps done, in the edition's order.")
        .field("waiting_on", &Journey::waiting_on, "Who acts next.");
}
