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

# redrive_layer(NAME DEPENDS ...): one layer of src/ as an object library redrive_<NAME>.
function(redrive_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;LIBRARIES")
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
endfunction()

# redrive_test(LAYER LINKS ...): tests/<LAYER>/*_test.cpp as one program <LAYER>_tests.
function(redrive_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  target_include_directories(${name}_tests PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${name}_tests PRIVATE redrive_flags ${arg_LINKS} GTest::gmock_main)
  gtest_discover_tests(${name}_tests DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
endfunction()
