# Builds and runs consumer/ against redrive, found in the given WAY: package or subdirectory.
function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "failed: ${result}")
  endif()
endfunction()

set(prefix "${SCRATCH_DIR}/${WAY}/prefix")
set(consumer_build "${SCRATCH_DIR}/${WAY}/build")
file(REMOVE_RECURSE "${prefix}" "${consumer_build}")

if(WAY STREQUAL "package")
  run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${prefix}")
  set(where "-DCMAKE_PREFIX_PATH=${prefix}")
else()
  # With the flags of the outer build, a compiler cache answers what that build compiled.
  set(where "-DFETCHCONTENT_SOURCE_DIR_REDRIVE=${SOURCE_DIR}" "-DREDRIVE_WERROR=${WERROR}")
endif()

run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}/consumer" -B "${consumer_build}" -G "${GENERATOR}"
    "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${CXX_COMPILER_LAUNCHER}"
    "-DREDRIVE_BOOST_INCLUDE_DIR=${BOOST_INCLUDE_DIR}" "-DWAY=${WAY}" ${where})
run("${CMAKE_COMMAND}" --build "${consumer_build}" --parallel)
run("${consumer_build}/consumer")

foreach(program redrive redrive-sim)
  if(EXISTS "${prefix}/bin/${program}")
    run("${prefix}/bin/${program}" --help)
  endif()
endforeach()
