# Headers that nearly every file reads, compiled once for the code and once for the tests. clang-tidy reads the files as they
# are (preset tidy), so that each includes what it uses.
option(TOLLGATE_PRECOMPILED "read the commonest headers from a precompiled file" ON)
if(CMAKE_CXX_CLANG_TIDY)
  set(TOLLGATE_PRECOMPILED OFF)
endif()

set(common_headers <algorithm> <array> <coroutine> <cstddef> <cstdint> <expected> <functional> <map> <memory> <optional> <set>
  <span> <string> <string_view> <utility> <variant> <vector> <fmt/format.h> <fmt/ranges.h>)

file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/precompiled.cpp CONTENT "// Nothing but the headers before it.\n")

# The tests are compiled without optimisation: they run once, what they test runs often.
add_library(tollgate_test_flags INTERFACE)
target_compile_options(tollgate_test_flags INTERFACE -O0)
target_link_libraries(tollgate_test_flags INTERFACE tollgate_flags)

if(TOLLGATE_PRECOMPILED)
  add_library(tollgate_precompiled OBJECT ${CMAKE_BINARY_DIR}/generated/precompiled.cpp)
  target_link_libraries(tollgate_precompiled PRIVATE tollgate_flags fmt::fmt)
  target_precompile_headers(tollgate_precompiled PRIVATE ${common_headers})
  if(TOLLGATE_TESTS)
    add_library(tollgate_test_precompiled OBJECT ${CMAKE_BINARY_DIR}/generated/precompiled.cpp)
    target_link_libraries(tollgate_test_precompiled PRIVATE tollgate_test_flags fmt::fmt GTest::gmock)
    target_precompile_headers(tollgate_test_precompiled PRIVATE ${common_headers} <filesystem> <fstream> <gmock/gmock.h> <gtest/gtest.h>)
  endif()
endif()

# tollgate_precompiled(<target> [test]): that target's C++ files read them.
function(tollgate_precompiled target)
  if(TOLLGATE_PRECOMPILED)
    if("test" IN_LIST ARGN)
      target_precompile_headers(${target} REUSE_FROM tollgate_test_precompiled)
    else()
      target_precompile_headers(${target} REUSE_FROM tollgate_precompiled)
    endif()
  endif()
endfunction()
