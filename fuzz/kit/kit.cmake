# tollgate_vendor_target(<name> PROTOCOL sip|sdp|msrp|cpim|diameter SOURCES <file>... LIBRARIES <library>...)
# A fuzz target of a vendor's parser: the sources define tollgate_target_init and tollgate_target_parse
# (fuzz/kit/tollgate_fuzz.h). ctest runs it over our corpus of that protocol, as kit.<name>.
include_guard(GLOBAL)
if(NOT CMAKE_C_COMPILER)
  string(REPLACE "clang++" "clang" CMAKE_C_COMPILER ${CMAKE_CXX_COMPILER})  # the one of the same make
endif()
enable_language(C)

add_library(tollgate_kit STATIC ${CMAKE_CURRENT_LIST_DIR}/mutate.cpp)
target_link_libraries(tollgate_kit PUBLIC tollgate::fuzz_mutate tollgate::fuzz_support)

set(TOLLGATE_KIT ${CMAKE_CURRENT_LIST_DIR})

function(tollgate_kit_program target protocol)
  set(numbers sip sdp msrp cpim diameter)
  list(FIND numbers ${protocol} number)
  math(EXPR number "${number} + 1")
  add_executable(${target} ${ARGN})
  target_compile_definitions(${target} PRIVATE TOLLGATE_TARGET_PROTOCOL=${number})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE tollgate_kit tollgate_fuzz_engine)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin/kit)
endfunction()

function(tollgate_vendor_target name)
  cmake_parse_arguments(arg "" "PROTOCOL" "SOURCES;LIBRARIES" ${ARGN})
  tollgate_kit_program(${name}_${arg_PROTOCOL} ${arg_PROTOCOL} ${TOLLGATE_KIT}/vendor_target.cpp ${arg_SOURCES})
  target_link_libraries(${name}_${arg_PROTOCOL} PRIVATE ${arg_LIBRARIES})
  add_test(NAME kit.${name}
    COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${name}_${arg_PROTOCOL}>
            -D TARGET=${arg_PROTOCOL}_write_parse_identity -D FUZZ=${CMAKE_SOURCE_DIR}/fuzz
            -P ${CMAKE_SOURCE_DIR}/fuzz/replay/run_corpus.cmake)
endfunction()
