#pragma once
/// Addresses in From, To, Contact, Route, Record-Route, P-Asserted-Identity (RFC 3261 20.10, 25.1 name-addr,
/// addr-spec).
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

class Message;

/// ( name-addr / addr-spec ) *( SEMI params ). Without angle brackets, parameters belong to the header field.
struct NameAddr {
  std::string_view display_name;  ///< as written, with its quotes; "" when absent
  std::string_view uri;
  Parameters parameters;

  [[nodiscard]] std::string_view tag() const;  ///< "" when absent
};

[[nodiscard]] Parsed<NameAddr> parse_name_addr(std::string_view text);
/// Cuts a comma list outside quotes and angle brackets: Contact, Route, Via (RFC 3261 7.3.1).
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text);

[[nodiscard]] Parsed<NameAddr> from(Message const& message);
[[nodiscard]] Parsed<NameAddr> to(Message const& message);
/// Every contact of every Contact field, in order. "*" gives one with the uri "*".
[[nodiscard]] Parsed<std::vector<NameAddr>> contacts(Message const& message);
/// Every address of every Record-Route field, in order.
[[nodiscard]] Parsed<std::vector<NameAddr>> record_route(Message const& message);

}  // namespace tollgate::sip
