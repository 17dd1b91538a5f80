#pragma once
/// Host and port as the SUT file and the command line write them: "127.0.0.1:5060", "[::1]:5060".
#include <cstdint>
#include <string>
#include <string_view>

#include "base/parsed.hpp"

namespace tollgate {

struct Address {
  std::string host;  ///< IPv4 or IPv6 text, without brackets
  std::uint16_t port = 0;

  [[nodiscard]] static Parsed<Address> parse(std::string_view text);
  /// `host` as a URI writes it: IPv6 in brackets.
  [[nodiscard]] static Address of_uri(std::string_view host, std::uint16_t port);
  [[nodiscard]] std::string text() const;  ///< IPv6 in brackets
  /// The host as `of_uri` takes it.
  [[nodiscard]] std::string uri_host() const;
  friend auto operator<=>(Address const&, Address const&) = default;
};

}  // namespace tollgate
