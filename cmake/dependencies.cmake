# Everything comes from Debian bookworm; ci/setup installs it.
option(TOLLGATE_TESTS "build the tests" ON)
option(TOLLGATE_BENCH "build tollgate_bench where its peers are installed" ON)
find_package(fmt REQUIRED)
find_package(pugixml REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(LibArchive REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_library(TOLLGATE_JEMALLOC jemalloc)  # optional: many small strings are a quarter of the work of a simulated run
find_package(Boost 1.81 REQUIRED COMPONENTS json)
if(TOLLGATE_TESTS)
  find_package(GTest REQUIRED)
endif()

add_library(asio INTERFACE)
target_link_libraries(asio INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(asio INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION)

add_library(boost_json INTERFACE)
target_link_libraries(boost_json INTERFACE Boost::json)
