# The scenario files of a folder as one C++ source: that function of scenarios/scenario_files.hpp. A file that is added or renamed
# is found by the next build, and one that is changed is compiled in anew.
function(tollgate_scenario_files target folder function)
  file(GLOB_RECURSE files RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.xml)
  list(SORT files)
  set(arrays "")
  set(rows "")
  set(number 0)
  foreach(file ${files})
    math(EXPR number "${number} + 1")
    string(APPEND arrays "constexpr char file_${number}[] = {\n#embed \"${CMAKE_SOURCE_DIR}/${file}\"\n};\n")
    string(APPEND rows "    {\"${file}\", {file_${number}, sizeof file_${number}}},\n")
  endforeach()
  set(source ${CMAKE_BINARY_DIR}/generated/${target}_${function}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"// Made by cmake/scenario_files.cmake.
#include \"scenarios/scenario_files.hpp\"
#pragma clang diagnostic ignored \"-Wc23-extensions\"
namespace tollgate {
namespace {
@arrays@constexpr ScenarioFile all[] = {
@rows@};
}  // namespace
std::span<ScenarioFile const> ${function}() { return all; }
}  // namespace tollgate
")
  set(${function}_source ${source} PARENT_SCOPE)
endfunction()
