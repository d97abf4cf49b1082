# Everything is found installed; nothing is downloaded while configuring. scripts/setup installs it.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(simdjson 3.0 REQUIRED)
find_package(pugixml REQUIRED)

# Boost is used for its headers only (Asio, Beast, System); REDRIVE_BOOST_INCLUDE_DIR points at
# another set of headers than the installed one.
set(REDRIVE_BOOST_INCLUDE_DIR "" CACHE PATH "Folder that contains boost/version.hpp (default: the installed one)")
add_library(redrive_boost INTERFACE)
if(REDRIVE_BOOST_INCLUDE_DIR)
  target_include_directories(redrive_boost SYSTEM INTERFACE "$<BUILD_INTERFACE:${REDRIVE_BOOST_INCLUDE_DIR}>")
else()
  find_package(Boost 1.81 REQUIRED)
  target_link_libraries(redrive_boost INTERFACE Boost::headers)
endif()

if(REDRIVE_BUILD_PROGRAMS)
  find_package(CLI11 REQUIRED)
  find_package(fmt REQUIRED)
endif()
if(REDRIVE_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
