# Files of a library or program are compiled in groups (together.awk says which can be): what they include is read once for all of them, which
# halves a build, and takes four fifths from a run of clang-tidy, which matches its checks against all that a file includes.
# SKIP_UNITY_BUILD_INCLUSION keeps a file alone. The preset `defects` and `ci/tidy --changed` compile each file by itself.
function(tollgate_compile_together directory)
  get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    get_target_property(folder ${target} SOURCE_DIR)
    list(TRANSFORM sources PREPEND ${folder}/ REGEX "^[^/]")
    list(FILTER sources EXCLUDE REGEX "^${CMAKE_BINARY_DIR}")
    if(NOT sources)
      continue()
    endif()
    execute_process(COMMAND awk -f ${CMAKE_SOURCE_DIR}/cmake/together.awk ${sources} OUTPUT_VARIABLE groups
      COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "[^\n]+" groups "${groups}")
    foreach(group IN LISTS groups)
      string(REGEX MATCH "^([0-9]+) (.+)$" _ "${group}")
      set_source_files_properties(${CMAKE_MATCH_2} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${CMAKE_MATCH_1})
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  endforeach()
  get_property(subdirectories DIRECTORY ${directory} PROPERTY SUBDIRECTORIES)
  foreach(subdirectory IN LISTS subdirectories)
    tollgate_compile_together(${subdirectory})
  endforeach()
endfunction()

option(TOLLGATE_TOGETHER "compile the files of a folder in groups" OFF)
if(TOLLGATE_TOGETHER)
  target_compile_options(tollgate_flags INTERFACE -Wno-shadow)  # a local name hides nothing of another file; the preset defects looks
  tollgate_compile_together(${CMAKE_SOURCE_DIR})
endif()
