// Asio's own definitions, compiled once for the whole program (BOOST_ASIO_SEPARATE_COMPILATION).
#if defined(__clang__)
#pragma clang diagnostic ignored "-Weverything"
#endif
#include <boost/asio/impl/src.hpp>
