# The same package from an install prefix and from the wheel, where everything lies inside the Python package.
include(CMakePackageConfigHelpers)
if(SKBUILD)
  set(include_dir include)
  set(lib_dir lib)
  set(share_dir share/designation)
else()
  set(include_dir ${CMAKE_INSTALL_INCLUDEDIR})
  set(lib_dir ${CMAKE_INSTALL_LIBDIR})
  set(share_dir ${CMAKE_INSTALL_DATADIR}/designation)
endif()
set(config_dir ${lib_dir}/cmake/designation)

install(TARGETS designation EXPORT designation ARCHIVE DESTINATION ${lib_dir} LIBRARY DESTINATION ${lib_dir}
        FILE_SET HEADERS DESTINATION ${include_dir})
install(EXPORT designation NAMESPACE designation:: FILE designation-targets.cmake DESTINATION ${config_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/designation-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/designation-config.cmake
        ${CMAKE_CURRENT_BINARY_DIR}/designation-config-version.cmake DESTINATION ${config_dir})
file(RELATIVE_PATH up /${lib_dir}/pkgconfig /)
# A static library also needs the C++ runtime, which a C compiler does not link by itself. Portfolios use threads.
set(runtime -pthread)
foreach(library ${CMAKE_CXX_IMPLICIT_LINK_LIBRARIES})
  if(library MATCHES "^(stdc\\+\\+|c\\+\\+|c\\+\\+abi|m)$")
    string(APPEND runtime " -l${library}")
  endif()
endforeach()
configure_file(${PROJECT_SOURCE_DIR}/cmake/designation.pc.in ${CMAKE_CURRENT_BINARY_DIR}/designation.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/designation.pc DESTINATION ${lib_dir}/pkgconfig)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/cpp/rulebooks
        DESTINATION ${share_dir} FILES_MATCHING PATTERN "*.json")
if(SKBUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # The wheel is small: names that only this archive uses go.
  install(CODE "execute_process(COMMAND ${CMAKE_STRIP} --strip-unneeded
                \${CMAKE_INSTALL_PREFIX}/${lib_dir}/libdesignation.a COMMAND_ERROR_IS_FATAL ANY)")
endif()
if(SKBUILD)
  # The conformance cases lie beside the module, so that `designation selftest` finds them in a wheel and in an editable
  # install. The named ones become one file, since 150 small files take four times as much of the wheel.
  file(GLOB named CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/conformance/named/*.json)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${named})
  set(cases "")
  foreach(case ${named})
    file(READ ${case} text)
    string(APPEND cases ",\n${text}")
  endforeach()
  string(SUBSTRING "${cases}" 1 -1 cases)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/named.json "{\"cases\": [${cases}]}\n")
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/named.json ${PROJECT_SOURCE_DIR}/tests/conformance/generated.json
          DESTINATION conformance)
endif()
