# Headers that nearly every file reads, compiled once for the code and once for the tests. clang-tidy does without: alone
# (ci/tidy --changed) each file must include what it uses.
option(TOLLGATE_PRECOMPILED "read the commonest headers from a precompiled file" ON)
if(CMAKE_CXX_CLANG_TIDY)
  set(TOLLGATE_PRECOMPILED OFF)
endif()

set(common_headers <algorithm> <array> <charconv> <chrono> <coroutine> <cstddef> <cstdint> <deque> <expected> <functional>
  <initializer_list> <limits> <list> <map> <memory> <numeric> <optional> <ranges> <set> <span> <stdexcept> <string> <string_view>
  <utility> <variant> <vector> <fmt/format.h> <fmt/ranges.h>)

file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/precompiled.cpp CONTENT "// Nothing but the headers before it.\n")

# Where sanitizers look on, only what fuzzing runs a thousand times a second is optimised: the rest spends longer in the compiler
# than in its tests.
set(TOLLGATE_QUICK OFF)
if(CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT TOLLGATE_FUZZ)
  set(TOLLGATE_QUICK ON)
endif()
add_library(tollgate_quick_flags INTERFACE)
if(TOLLGATE_QUICK)
  # What AddressSanitizer sees as well, or x86 allows; the fuzz targets are built with all of it.
  target_compile_options(tollgate_quick_flags INTERFACE -O0 -fno-sanitize=null,alignment,object-size,vptr)
endif()

# The tests are compiled without optimisation: they run once, what they test runs often.
add_library(tollgate_test_flags INTERFACE)
target_compile_options(tollgate_test_flags INTERFACE -O0)
target_link_libraries(tollgate_test_flags INTERFACE tollgate_flags tollgate_quick_flags)

if(TOLLGATE_PRECOMPILED)
  add_library(tollgate_precompiled OBJECT ${CMAKE_BINARY_DIR}/generated/precompiled.cpp)
  target_link_libraries(tollgate_precompiled PRIVATE tollgate_flags fmt::fmt)
  target_precompile_headers(tollgate_precompiled PRIVATE ${common_headers})
  add_library(tollgate_quick_precompiled OBJECT ${CMAKE_BINARY_DIR}/generated/precompiled.cpp)
  target_link_libraries(tollgate_quick_precompiled PRIVATE tollgate_flags tollgate_quick_flags fmt::fmt)
  target_precompile_headers(tollgate_quick_precompiled PRIVATE ${common_headers})
  if(TOLLGATE_TESTS)
    add_library(tollgate_test_precompiled OBJECT ${CMAKE_BINARY_DIR}/generated/precompiled.cpp)
    target_link_libraries(tollgate_test_precompiled PRIVATE tollgate_test_flags fmt::fmt GTest::gmock)
    target_precompile_headers(tollgate_test_precompiled PRIVATE ${common_headers} <filesystem> <fstream> <gmock/gmock.h> <gtest/gtest.h>)
  endif()
endif()

# tollgate_precompiled(<target> [test|quick]): that target's C++ files read them; "quick" ones are not optimised where that is
# quicker.
function(tollgate_precompiled target)
  set(which tollgate_precompiled)
  if("quick" IN_LIST ARGN)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:tollgate_quick_flags>)
    set(which tollgate_quick_precompiled)
  elseif("test" IN_LIST ARGN)
    set(which tollgate_test_precompiled)
  endif()
  if(TOLLGATE_PRECOMPILED)
    target_precompile_headers(${target} REUSE_FROM ${which})
  endif()
endfunction()
