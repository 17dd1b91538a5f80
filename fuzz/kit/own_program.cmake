# cmake -D CI_FUZZ=<ci/fuzz> -D PROGRAM=<a vendor target> [-D CANARY=<the target canary, of an engine> -D CORPUS=<its corpus>]
#       -D OUT=<folder> -P own_program.cmake
# ci/fuzz takes a program that it did not build: gives it our seeds, and says what it found and how to do it again.
file(REMOVE_RECURSE ${OUT})
execute_process(COMMAND ${CI_FUZZ} --program ${PROGRAM} --time 2s --out ${OUT} RESULT_VARIABLE result OUTPUT_VARIABLE said
  ERROR_VARIABLE complained)
if(NOT result EQUAL 0 OR NOT said MATCHES "nothing found")
  message(FATAL_ERROR "ci/fuzz --program ${PROGRAM} ended with ${result}:\n${said}${complained}")
endif()
get_filename_component(name ${PROGRAM} NAME)
file(READ ${OUT}/${name}.log log)
if(NOT log MATCHES "sip_write_parse_identity")
  message(FATAL_ERROR "${name} was not given our seeds:\n${log}")
endif()
execute_process(COMMAND ${CI_FUZZ} --program ${PROGRAM} --protocol none --out ${OUT} RESULT_VARIABLE result ERROR_VARIABLE said)
if(NOT result EQUAL 64 OR NOT said MATCHES "there is no folder")
  message(FATAL_ERROR "a protocol that is none ended with ${result}:\n${said}")
endif()
if(CANARY)
  execute_process(COMMAND ${CI_FUZZ} --program ${CANARY} --protocol msrp --corpus ${CORPUS} --time 20s --out ${OUT}
    RESULT_VARIABLE result OUTPUT_VARIABLE said)
  if(NOT result EQUAL 77 OR NOT said MATCHES "the canary sings" OR NOT said MATCHES "reproduce: [^\n]*canary [^\n]*crash-")
    message(FATAL_ERROR "ci/fuzz did not report the canary (exit code ${result}):\n${said}")
  endif()
endif()
