# cmake -D PROGRAM=<the target canary> -D OUT=<folder> -D CORPUS=<its corpus> -P find_canary.cmake
# The engine must find the planted defect in ten seconds, say so with exit code 77 and leave a file that reproduces it.
file(REMOVE_RECURSE ${OUT})
file(MAKE_DIRECTORY ${OUT}/corpus)
string(TIMESTAMP start "%s")
execute_process(COMMAND ${PROGRAM} -max_total_time=10 -seed=1 -artifact_prefix=${OUT}/ ${OUT}/corpus ${CORPUS}
  RESULT_VARIABLE result ERROR_VARIABLE said)
string(TIMESTAMP end "%s")
file(GLOB crashes ${OUT}/crash-*)
if(NOT result EQUAL 77 OR NOT crashes OR NOT said MATCHES "the canary sings")
  message(FATAL_ERROR "the canary was not found (exit code ${result}):\n${said}")
endif()
execute_process(COMMAND ${PROGRAM} ${crashes} RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
if(result EQUAL 0)
  message(FATAL_ERROR "${crashes} does not reproduce the canary")
endif()
math(EXPR seconds "${end} - ${start}")
string(REGEX MATCH "#[0-9]+" runs "${said}")
message(STATUS "the canary was found within ${seconds} s")
