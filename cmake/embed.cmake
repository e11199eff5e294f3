# Writes a C++ source that holds the rulebooks' texts: cmake -DOUTPUT=... -DFOLDER=... -P embed.cmake
# An edition is a file in the folder; the editions are in the order of their names.
file(GLOB rulebooks ${FOLDER}/*.json)
set(names "")
set(cases "")
foreach(rulebook ${rulebooks})
  get_filename_component(edition ${rulebook} NAME_WLE)
  file(READ ${rulebook} text)
  string(APPEND names "\n    \"${edition}\",")
  string(APPEND cases "    if (edition == \"${edition}\") return R\"rulebook(${text})rulebook\";\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"designation/editions.hpp\"

namespace designation {

std::span<const std::string_view> editions() noexcept {
  static constexpr std::string_view names[]{${names}
  };
  return names;
}

std::string_view builtin_rulebook_text(std::string_view edition) noexcept {
${cases}    return {};
}

}  // namespace designation
")
