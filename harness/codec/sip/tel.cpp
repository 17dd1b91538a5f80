#include "codec/sip/tel.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/host_port.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3966 3";
static constexpr CharSet separator_set{"-.()"};
static constexpr CharSet phonedigit_set = digit_set | "-.()";
static constexpr CharSet phonedigit_hex_set = hex_set | "-.()*#";

static constexpr CharSet pname_set = alphanum_set | "-";

/// phonedigits with a digit among them
static bool has_phonedigits(std::string_view text) {
  return phonedigit_set.run(text) == text.size() && std::ranges::any_of(text, is_digit);
}

/// domainname = *( domainlabel "." ) toplabel [ "." ]
static bool is_domainname(std::string_view text) {
  auto const host = parse_host_port(text);
  return host && !host->port && is_alphanum(text[0]) && std::ranges::any_of(text, is_alpha);
}

/// parameter = ";" pname ["=" pvalue ],  extension = ";ext=" 1*phonedigit,  context = ";phone-context=" descriptor,
/// descriptor = domainname / global-number-digits,  isdn-subaddress = ";isub=" 1*uric
static Parsed<void> check_parameters(std::string_view uri, Parameters const& parameters) {
  for (auto const& [name, value] : parameters) {
    auto const given = value.value_or(std::string_view());
    auto const bad = [&](std::string_view rule, std::string_view detail) {
      return invalid(offset_in(uri, given.empty() ? name : given), rule, clause, detail);
    };
    if (auto const good = pname_set.run(name); good < name.size())
      return invalid(offset_in(uri, name) + good, "pname", clause, "expected letters, digits and -");
    if (iequals(name, "ext") && (given.empty() || phonedigit_set.run(given) < given.size())) return bad("extension", "expected digits");
    if (iequals(name, "isub") && given.empty()) return bad("isdn-subaddress", "expected a value");
    bool const is_global = given.starts_with('+') && has_phonedigits(given.substr(1));
    if (iequals(name, "phone-context") && !is_global && !is_domainname(given))
      return bad("descriptor", "neither a domain name nor a global number");
  }
  return {};
}

std::string TelUri::digits() const {
  std::string out;
  std::ranges::copy_if(number, std::back_inserter(out), [](char c) { return !separator_set.contains(c); });
  return out;
}

Parsed<TelUri> parse_tel(std::string_view uri) {
  constexpr std::string_view scheme = "tel:";
  if (!iequals(uri.substr(0, scheme.size()), scheme)) return invalid(0, "telephone-uri", clause, "expected tel:");
  auto const number_at = scheme.size();
  bool const is_global = uri.substr(number_at).starts_with('+');
  auto const digits_at = number_at + (is_global ? 1 : 0);
  auto const size = is_global ? phonedigit_set.run(uri, digits_at) : phonedigit_hex_set.run(uri, digits_at);
  auto const digits = uri.substr(digits_at, size);
  bool const has_digit = std::ranges::any_of(digits, [](char c) { return !separator_set.contains(c); });
  if (!has_digit) return invalid(digits_at, is_global ? "global-number" : "local-number", clause, "expected a digit");
  auto const end = digits_at + size;
  auto const parameters = parse_parameters(uri.substr(end), ParametersOf::uri);
  if (!parameters) return shifted(parameters.error(), end);
  if (auto const good = check_parameters(uri, *parameters); !good) return std::unexpected(good.error());
  if (!is_global && !parameters->has("phone-context"))
    return invalid(end, "context", "RFC 3966 5.1.5", "a local number wants a phone-context");
  return TelUri{uri.substr(number_at, end - number_at), is_global, *parameters};
}

}  // namespace tollgate::sip
