# The target tidy: clang-tidy over the sources of the library and the module. It compiles nothing, and looks again only
# at what changed; a header counts for all.
find_program(DESIGNATION_CLANG_TIDY clang-tidy REQUIRED)
file(GLOB_RECURSE sources CONFIGURE_DEPENDS cpp/src/*.cpp bindings/*.cpp)
file(GLOB_RECURSE headers CONFIGURE_DEPENDS cpp/*.hpp bindings/*.hpp)
set(done "")
foreach(source ${sources})
  file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR} ${source})
  set(stamp ${PROJECT_BINARY_DIR}/tidy/${name}.done)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${DESIGNATION_CLANG_TIDY} --quiet -p ${PROJECT_BINARY_DIR} ${source}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${source} ${headers} ${PROJECT_SOURCE_DIR}/.clang-tidy
    COMMENT "clang-tidy ${name}"
    VERBATIM)
  list(APPEND done ${stamp})
endforeach()
add_custom_target(tidy DEPENDS ${done})
