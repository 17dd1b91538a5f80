# What a fuzz target links with, and how ctest runs it.
add_library(tollgate_fuzz_engine INTERFACE)
if(TOLLGATE_FUZZ)
  target_link_libraries(tollgate_fuzz_engine INTERFACE ${TOLLGATE_FUZZ_ENGINE})
else()
  add_library(tollgate_fuzz_replay STATIC ${CMAKE_CURRENT_LIST_DIR}/replay/replay_main.cpp)
  target_link_libraries(tollgate_fuzz_replay PRIVATE tollgate_flags)
  target_link_libraries(tollgate_fuzz_engine INTERFACE tollgate_fuzz_replay)
endif()

# A change of the compiled file list of a corpus needs no new configuration: run_corpus.cmake looks itself.
function(tollgate_replays name target)
  add_test(NAME ${name}
    COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${target}> -D TARGET=${target} -D FUZZ=${CMAKE_SOURCE_DIR}/fuzz
            -P ${CMAKE_SOURCE_DIR}/fuzz/replay/run_corpus.cmake)
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()

function(tollgate_fuzz_target source)
  get_filename_component(target ${source} NAME_WE)
  add_executable(${target} ${source})
  target_link_libraries(${target} PRIVATE tollgate::fuzz_support tollgate::fuzz_mutate tollgate::fuzz_naive
    tollgate::fuzz_disorder tollgate::scenarios tollgate_fuzz_engine)
  tollgate_precompiled(${target} quick)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin/fuzz)
  if(target MATCHES "^(sip|sdp|msrp|cpim|diameter)_")
    target_compile_definitions(${target} PRIVATE TOLLGATE_FUZZ_PROTOCOL=${CMAKE_MATCH_1})
    target_sources(${target} PRIVATE engine/custom_mutator.cpp)
    if(NOT target MATCHES "_stream_")
      target_sources(${target} PRIVATE engine/custom_cross_over.cpp)
    endif()
  endif()
  add_dependencies(fuzz_targets ${target})
  tollgate_replays(fuzz.${target} ${target})
endfunction()
