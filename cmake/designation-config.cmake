# find_package(designation CONFIG): the target designation::designation, without components and without other packages.
if(designation_FIND_COMPONENTS)
  set(designation_FOUND FALSE)
  set(designation_NOT_FOUND_MESSAGE "designation has no components, and ${designation_FIND_COMPONENTS} was asked for")
  return()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/designation-targets.cmake)
