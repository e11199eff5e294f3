# The one library that the core is built with: nlohmann_json, headers only, never seen by those who link the core.
# The Python package of that name comes first, so that a wheel is built with the version that pyproject.toml asks for.
if(TARGET nlohmann_json::nlohmann_json)
  return()  # a project around this one has it
endif()
find_package(Python 3.10 COMPONENTS Interpreter QUIET)
if(Python_FOUND)
  execute_process(
    COMMAND ${Python_EXECUTABLE} -c "import pathlib, nlohmann_json; print(pathlib.Path(nlohmann_json.__file__).parent / 'include')"
    OUTPUT_VARIABLE nlohmann_json_include OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(nlohmann_json_include)
  add_library(nlohmann_json INTERFACE)
  add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)
  target_include_directories(nlohmann_json SYSTEM INTERFACE ${nlohmann_json_include})
else()
  find_package(nlohmann_json 3.11 CONFIG QUIET)
  if(NOT nlohmann_json_FOUND)
    message(FATAL_ERROR "nlohmann_json is needed to build: apt-get install nlohmann-json3-dev, or pip install nlohmann_json")
  endif()
endif()
