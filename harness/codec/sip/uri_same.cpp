/// Equivalence of SIP URIs (RFC 3261 19.1.4): user and password by case, the rest without; every header must be in
/// both; user, ttl, method, maddr and transport must be in both or in none, other parameters only agree where both have
/// them.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codec/sip/escapes.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate::sip {

static bool parameters_agree(Parameters const& a, Parameters const& b) {
  constexpr std::array<std::string_view, 5> never_ignored{"user", "ttl", "method", "maddr", "transport"};
  for (auto const& parameter : a) {
    auto const other = b.find(parameter.name);
    auto const is_it = [&](std::string_view name) { return iequals(parameter.name, name); };
    bool const agrees =
        other ? iequals(unescape(*other), unescape(parameter.value.value_or(""))) : std::ranges::none_of(never_ignored, is_it);
    if (!agrees) return false;
  }
  return true;
}

/// The headers in an order of their own, names in lower case.
static std::vector<std::string> sorted_headers(std::string_view headers) {
  std::vector<std::string> all;
  for (auto const header : split(headers, '&')) {
    auto const equal = std::min(header.find('='), header.size());
    all.push_back(lower(unescape(header.substr(0, equal))) + unescape(header.substr(equal)));
  }
  std::ranges::sort(all);
  return all;
}

bool same(Uri const& a, Uri const& b) {
  return iequals(a.scheme, b.scheme) && a.opaque == b.opaque && unescape(a.user) == unescape(b.user) &&
         unescape(a.password) == unescape(b.password) && iequals(a.host, b.host) && a.port == b.port &&
         parameters_agree(a.parameters, b.parameters) && parameters_agree(b.parameters, a.parameters) &&
         sorted_headers(a.headers) == sorted_headers(b.headers);
}

}  // namespace tollgate::sip
