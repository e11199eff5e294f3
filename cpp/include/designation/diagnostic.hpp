#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "designation/export.hpp"

namespace DESIGNATION_API designation {

/// One problem of an input, with its location.
struct Diagnostic {
    std::string code;        ///< stable: `type`, `unknown_key`, `missing_key`, `date`, `range`, ... (docs/formats.md)
    std::string pointer;     ///< JSON Pointer into the document; empty for the whole document
    std::string message;     ///< what is wrong and what would be valid
    std::string file = {};   ///< the input's name; empty if it has none
    std::size_t line = 0;    ///< from 1; 0 if the input was not text
    std::size_t column = 0;  ///< from 1, in bytes; 0 if the input was not text
    std::size_t count = 1;   ///< with the code `more`: the number of problems that are not listed

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// `file:line:column: /pointer: message [code]`.
std::string to_string(const Diagnostic& diagnostic);

using Diagnostics = std::vector<Diagnostic>;

/// An error in the user's input: all its problems, in the order of their locations.
class InputError : public std::runtime_error {
 public:
    explicit InputError(Diagnostics diagnostics);
    const Diagnostics& diagnostics() const noexcept { return diagnostics_; }

 private:
    Diagnostics diagnostics_;
};

}  // namespace designation
