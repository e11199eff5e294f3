# Writes a C++ source that holds the rulebooks' texts: cmake -DOUTPUT=... -DFOLDER=... -P embed.cmake
file(GLOB rulebooks ${FOLDER}/*.json)
set(cases "")
foreach(rulebook ${rulebooks})
  get_filename_component(edition ${rulebook} NAME_WLE)
  file(READ ${rulebook} text)
  string(APPEND cases "    if (edition == \"${edition}\") return R\"rulebook(${text})rulebook\";\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"designation/editions.hpp\"

namespace designation {

std::string_view builtin_rulebook_text(std::string_view edition) noexcept {
${cases}    return {};
}

}  // namespace designation
")
