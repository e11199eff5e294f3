# Writes a C++ source that holds the rulebooks' texts and the words of a partner's schema:
# cmake -DOUTPUT=... -DFOLDER=... -P embed.cmake
# An edition is a file in FOLDER/support-services; the editions are in the order of their names. A word is an entry of
# oneOf in FOLDER/schema/partner.schema.json.
file(GLOB rulebooks ${FOLDER}/support-services/*.json)
set(names "")
set(cases "")
foreach(rulebook ${rulebooks})
  get_filename_component(edition ${rulebook} NAME_WLE)
  file(READ ${rulebook} text)
  string(APPEND names "\n    \"${edition}\",")
  string(APPEND cases "    if (edition == \"${edition}\") return R\"rulebook(${text})rulebook\";\n")
endforeach()

file(READ ${FOLDER}/schema/partner.schema.json schema)
set(words "")
function(embed_words enum record member)
  set(entries "")
  set(at $defs ${record} properties ${member} oneOf)
  string(JSON count LENGTH "${schema}" ${at})
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    foreach(key const title description x-badge x-read-as)
      string(JSON text ERROR_VARIABLE missing GET "${schema}" ${at} ${i} ${key})
      if(missing)
        set(text "")
      endif()
      set(${key} "${text}")
    endforeach()
    if(x-read-as STREQUAL "")
      set(x-read-as "${const}")
    endif()
    string(APPEND entries "        {\"${const}\", \"${title}\", \"${description}\", \"${x-badge}\",\n"
                          "         index_of<${enum}>(\"${x-read-as}\")},\n")
  endforeach()
  set(words "${words}
template <>
std::span<const Word> words<${enum}>() noexcept {
    static constexpr Word all[]{
${entries}    };
    return all;
}
" PARENT_SCOPE)
endfunction()
embed_words(AuthorizationType authorization type)
embed_words(ContractType support_contract type)
embed_words(SolutionArea solutions_partner_designation area)

file(WRITE ${OUTPUT} "#include \"designation/editions.hpp\"
#include \"designation/words.hpp\"

namespace designation {

namespace {

/// Return the index of a value; the source does not compile if there is no such value.
template <class Enum>
consteval std::uint8_t index_of(std::string_view name) {
    return static_cast<std::uint8_t>(from_name<Enum>(name).value());
}

}  // namespace

std::span<const std::string_view> editions() noexcept {
  static constexpr std::string_view names[]{${names}
  };
  return names;
}

std::string_view builtin_rulebook_text(std::string_view edition) noexcept {
${cases}    return {};
}
${words}
}  // namespace designation
")
