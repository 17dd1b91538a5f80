# One compiler for everything: clang 19 (house rule; g++ 12 miscompiles temporaries in co_await).
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "tollgate is built with clang 19 or later; run ci/setup and use a preset: cmake --preset release")
endif()
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
  # What ccache wants before it keeps objects that read a precompiled header; it need not preprocess what ninja has the dependencies of.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1 ${CCACHE})
endif()

add_library(tollgate_flags INTERFACE)
target_compile_options(tollgate_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  -Wno-missing-designated-field-initializers  # fields with defaults are left out on purpose
  -fno-omit-frame-pointer)
target_include_directories(tollgate_flags INTERFACE ${CMAKE_SOURCE_DIR}/harness ${CMAKE_SOURCE_DIR})
find_program(LLD_19 ld.lld-19)
add_link_options(-fuse-ld=$<IF:$<BOOL:${LLD_19}>,lld-19,lld>)

set(TOLLGATE_SANITIZE "" CACHE STRING "value of -fsanitize= for every target, for example address,undefined")
if(TOLLGATE_SANITIZE)
  add_compile_options(-fsanitize=${TOLLGATE_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TOLLGATE_SANITIZE})
endif()

# Fuzz targets are libFuzzer executables, and everything that they may reach counts its edges. A continuous fuzzing
# service says by these two how it wants them; elsewhere the preset `fuzz` does.
option(TOLLGATE_FUZZ "build the fuzz targets with an engine" OFF)
set(TOLLGATE_FUZZ_ENGINE "-fsanitize=fuzzer" CACHE STRING "what a fuzz target is linked with: a flag or a library")
set(TOLLGATE_FUZZ_FLAGS "-fsanitize=fuzzer-no-link" CACHE STRING "what the code under a fuzz target is compiled with")
if(TOLLGATE_FUZZ AND TOLLGATE_FUZZ_FLAGS)
  add_compile_options(${TOLLGATE_FUZZ_FLAGS})
  add_link_options(${TOLLGATE_FUZZ_FLAGS})
endif()
