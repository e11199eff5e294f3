# The one library that the core is built with: nlohmann_json, headers only, never seen by those who link the core.
# The Python package of that name comes first, so that a wheel is built with the version that pyproject.toml asks for.
# Next comes an installed package; without either, the release archive is downloaded and its digest is checked.
option(DESIGNATION_FETCH_JSON "Download nlohmann_json if this machine does not have it" ON)
set(DESIGNATION_JSON_URL https://github.com/nlohmann/json/releases/download/v3.12.0/json.tar.xz
    CACHE STRING "The archive of nlohmann_json, a URL or a file")
set(DESIGNATION_JSON_SHA256 42f6e95cad6ec532fd372391373363b62a14af6d771056dbfc86160e6dfff7aa
    CACHE STRING "The SHA-256 digest of that archive")
mark_as_advanced(DESIGNATION_JSON_URL DESIGNATION_JSON_SHA256)

if(TARGET nlohmann_json::nlohmann_json)
  return()  # a project around this one has it
endif()
find_package(Python 3.11 COMPONENTS Interpreter QUIET)
if(Python_FOUND)
  execute_process(
    COMMAND ${Python_EXECUTABLE} -c "import pathlib, nlohmann_json; print(pathlib.Path(nlohmann_json.__file__).parent / 'include')"
    OUTPUT_VARIABLE nlohmann_json_include OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT nlohmann_json_include)
  find_package(nlohmann_json 3.11 CONFIG QUIET)
  if(nlohmann_json_FOUND)
    return()
  endif()
  if(NOT DESIGNATION_FETCH_JSON)
    message(FATAL_ERROR "nlohmann_json is needed to build: apt-get install nlohmann-json3-dev, or pip install "
                        "nlohmann_json, or -DDESIGNATION_FETCH_JSON=ON, which downloads it")
  endif()
  include(FetchContent)
  # Only the headers are needed, so the folder whose CMakeLists.txt would be processed is one that does not exist.
  FetchContent_Declare(nlohmann_json URL ${DESIGNATION_JSON_URL} URL_HASH SHA256=${DESIGNATION_JSON_SHA256}
                       DOWNLOAD_EXTRACT_TIMESTAMP OFF SOURCE_SUBDIR none)
  FetchContent_MakeAvailable(nlohmann_json)
  set(nlohmann_json_include ${nlohmann_json_SOURCE_DIR}/include)
endif()
add_library(nlohmann_json INTERFACE)
add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)
target_include_directories(nlohmann_json SYSTEM INTERFACE ${nlohmann_json_include})
