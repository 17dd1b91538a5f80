#pragma once
/// An address with parameters, as From, To, Contact, Route and their kin carry it (RFC 3261 20.10, 25.1).
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/parameters.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate::sip {

/// ( name-addr / addr-spec ) *( SEMI params ). Without angle brackets, parameters belong to the header field.
struct NameAddr {
  std::string_view display_name;  ///< as written, with its quotes; "" when absent
  std::string_view uri;           ///< as written
  Uri parts;                      ///< the same, read; without anything for the "*" of a Contact
  Parameters parameters;
  bool has_brackets = false;

  [[nodiscard]] std::string_view tag() const;  ///< "" when absent
};

[[nodiscard]] Parsed<NameAddr> parse_name_addr(std::string_view text);

}  // namespace tollgate::sip
