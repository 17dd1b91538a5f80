#pragma once
/// Between our addresses and Asio's. Included by udp.cpp and tcp.cpp only.
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <fmt/format.h>

#include "transport/network.hpp"

namespace tollgate {

template <class Protocol>
[[nodiscard]] typename Protocol::endpoint to_endpoint(Address const& address) {
  boost::system::error_code error;
  auto const ip = boost::asio::ip::make_address(address.host, error);
  if (error) throw NetworkError(fmt::format("{} is not an IP address", address.host));
  return {ip, address.port};
}

template <class Endpoint>
[[nodiscard]] Address to_address(Endpoint const& endpoint) {
  return {endpoint.address().to_string(), endpoint.port()};
}

}  // namespace tollgate
