#include <designation/words.hpp>

#include "bind.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// Return the words of an enumeration as dicts, without what is empty.
template <class Enum>
py::list words_of() {
    py::list all;
    for (const Word& word : words<Enum>()) {
        py::dict entry;
        entry["word"] = std::string(word.word);
        entry["name"] = std::string(word.name);
        if (!word.description.empty()) entry["description"] = std::string(word.description);
        if (!word.badge.empty()) entry["badge"] = std::string(word.badge);
        const std::string_view value = enum_names<Enum>[word.value];
        if (value != word.word) entry["read_as"] = std::string(value);
        all.append(entry);
    }
    return all;
}

}  // namespace

void bind_words(py::module_& module) {
    module.def("words", [] {
        py::dict all;
        all["csp_authorizations"] = words_of<AuthorizationType>();
        all["support_contracts"] = words_of<ContractType>();
        all["solutions_partner_designations"] = words_of<SolutionArea>();
        return all;
    });
}
