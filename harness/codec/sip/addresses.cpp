#include "codec/sip/addresses.hpp"

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/number.hpp"

namespace tollgate::sip {

/// The address of a text, held to `check` too.
template <class Check>
static Parsed<NameAddr> parse_checked(std::string_view text, Check check) {
  auto address = parse_name_addr(text);
  if (!address) return address;
  if (auto const good = check(*address); !good) address = std::unexpected(good.error());
  return address;
}

Parsed<NameAddr> parse_tagged(std::string_view text) {
  return parse_checked(text, [&](NameAddr const& address) -> Parsed<void> {
    for (auto const& [name, value] : address.parameters) {
      bool const is_token = value && !value->empty() && token_size(*value) == value->size();
      if (!is_token && iequals(name, "tag")) return invalid(offset_in(text, name), "tag-param", "RFC 3261 25.1", "expected a token");
    }
    return {};
  });
}

static Parsed<void> check_contact(std::string_view text, NameAddr const& address) {
  for (auto const& [name, value] : address.parameters) {
    auto const at = offset_in(text, name);
    auto const given = value.value_or(std::string_view());
    if (iequals(name, "q") && !is_qvalue(given))
      return invalid(at, "c-p-q", "RFC 3261 25.1", "expected 0 to 1 with at most three decimals");
    if (!iequals(name, "expires")) continue;
    if (auto const seconds = parse_delta_seconds(given); !seconds)
      return invalid(at, "c-p-expires", "RFC 3261 20.10", seconds.error().detail);
  }
  return {};
}

Parsed<NameAddr> parse_contact(std::string_view text) {
  if (text == "*") return NameAddr{.uri = text};
  return parse_checked(text, [&](NameAddr const& address) { return check_contact(text, address); });
}

Parsed<NameAddr> parse_route(std::string_view text) {
  return parse_checked(text, [](NameAddr const& address) -> Parsed<void> {
    if (!address.has_brackets) return invalid(0, "name-addr", "RFC 3261 20.34", "a route wants <>");
    return {};
  });
}

Parsed<NameAddr> parse_identity(std::string_view text) {
  return parse_checked(text, [&](NameAddr const& address) -> Parsed<void> {
    constexpr std::string_view clause = "RFC 3325 9.1";
    if (!address.parameters.empty())
      return invalid(offset_in(text, address.parameters.text()), "PAssertedID-value", clause, "takes no parameters");
    auto const& scheme = address.parts.scheme;
    if (!iequals(scheme, "sip") && !iequals(scheme, "sips") && !iequals(scheme, "tel"))
      return invalid(offset_in(text, scheme), "PAssertedID-value", clause, "neither sip, sips nor tel");
    return {};
  });
}

Parsed<NameAddr> parse_info(std::string_view text) {
  if (!text.starts_with('<')) return invalid(0, "LAQUOT", "RFC 3261 20.9", "expected <");
  return parse_name_addr(text);
}

Parsed<NameAddr> from(Fields fields) {
  return one(fields, Name::from, "RFC 3261 8.1.1.3", parse_tagged);
}
Parsed<NameAddr> to(Fields fields) {
  return one(fields, Name::to, "RFC 3261 8.1.1.2", parse_tagged);
}
Parsed<NameAddr> reply_to(Fields fields) {
  return one(fields, Name::reply_to, "RFC 3261 20.31", parse_name_addr);
}
Parsed<NameAddr> refer_to(Fields fields) {
  return one(fields, Name::refer_to, "RFC 3515 2.1", parse_name_addr);
}
Parsed<NameAddr> referred_by(Fields fields) {
  return one(fields, Name::referred_by, "RFC 3892 3", parse_name_addr);
}

Parsed<std::vector<NameAddr>> contacts(Fields fields) {
  auto all = every(fields, Name::contact, parse_contact);
  if (!all || all->size() < 2) return all;
  for (auto const& contact : *all)
    if (contact.uri == "*") return invalid(0, "Contact", "RFC 3261 20.10", "* stands alone");
  return all;
}
Parsed<std::vector<NameAddr>> route(Fields fields) {
  return every(fields, Name::route, parse_route);
}
Parsed<std::vector<NameAddr>> record_route(Fields fields) {
  return every(fields, Name::record_route, parse_route);
}
Parsed<std::vector<NameAddr>> path(Fields fields) {
  return every(fields, Name::path, parse_route);
}
Parsed<std::vector<NameAddr>> service_route(Fields fields) {
  return every(fields, Name::service_route, parse_route);
}
Parsed<std::vector<NameAddr>> p_asserted_identity(Fields fields) {
  return every(fields, Name::p_asserted_identity, parse_identity);
}
Parsed<std::vector<NameAddr>> p_preferred_identity(Fields fields) {
  return every(fields, Name::p_preferred_identity, parse_identity);
}

}  // namespace tollgate::sip
