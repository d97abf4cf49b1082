# What redrive's own targets share: language level, warnings, sanitizers.
add_library(redrive_flags INTERFACE)
target_compile_features(redrive_flags INTERFACE cxx_std_20)
target_compile_options(redrive_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(REDRIVE_WERROR)
  target_compile_options(redrive_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees an overlap in `"text" + std::string` that is not there (GCC bug 105651).
  target_compile_options(redrive_flags INTERFACE -Wno-restrict -Wno-mismatched-new-delete)
endif()
if(REDRIVE_SANITIZE)
  target_compile_options(redrive_flags INTERFACE -fsanitize=${REDRIVE_SANITIZE} -fno-sanitize-recover=all
                                                 -fno-omit-frame-pointer)
  target_link_options(redrive_flags INTERFACE -fsanitize=${REDRIVE_SANITIZE})
  if(REDRIVE_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # Its check of function types marks every function, and Clang before 17 cannot mark a coroutine.
    target_compile_options(redrive_flags INTERFACE -fno-sanitize=function)
  endif()
  if(REDRIVE_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC warns that TSan does not model fences; Asio has one, and -Werror would stop there.
    target_compile_options(redrive_flags INTERFACE -Wno-tsan)
  endif()
endif()

# redrive_unity(TARGET): where coroutines make files expensive, several are compiled as one.
function(redrive_unity target)
  if(REDRIVE_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 7)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # A coroutine with a local type of its file looks like a header's to GCC when its file is included.
      target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
endfunction()

# redrive_layer(NAME [UNITY] [LIBRARIES ...]): one layer of src/ as an object library redrive_<NAME>.
function(redrive_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "UNITY" "" "LIBRARIES")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(NOT sources)
    # A layer that is headers only so far still is a target that others can name.
    set(sources "${PROJECT_BINARY_DIR}/empty.cpp")
    file(CONFIGURE OUTPUT "${sources}" CONTENT "")
  endif()
  add_library(redrive_${name} OBJECT ${sources})
  target_include_directories(redrive_${name} PUBLIC "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(redrive_${name} PUBLIC redrive_boost PRIVATE redrive_flags ${arg_LIBRARIES})
  set_target_properties(redrive_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  if(arg_UNITY)
    redrive_unity(redrive_${name})
  endif()
endfunction()

# redrive_test(LAYER [UNITY] LINKS ...): tests/<LAYER>/*_test.cpp as one program <LAYER>_tests.
function(redrive_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "UNITY" "" "LINKS")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  target_include_directories(${name}_tests PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${name}_tests PRIVATE redrive_flags ${arg_LINKS} GTest::gmock_main)
  # What is tested is built as it is shipped; the tests themselves need not be fast, but soon there.
  target_compile_options(${name}_tests PRIVATE -O0)
  if(arg_UNITY)
    redrive_unity(${name}_tests)
  endif()
  # No test asks a metadata service that the machine may have.
  gtest_discover_tests(${name}_tests DISCOVERY_MODE PRE_TEST NO_PRETTY_VALUES
                       PROPERTIES TIMEOUT 300 ENVIRONMENT AWS_EC2_METADATA_DISABLED=true)
endfunction()
