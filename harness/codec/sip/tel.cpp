#include "codec/sip/tel.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3966 3";
static constexpr CharSet separator_set{"-.()"};
static constexpr CharSet phonedigit_set = digit_set | "-.()";
static constexpr CharSet phonedigit_hex_set = hex_set | "-.()*#";

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
  if (!is_global && !parameters->has("phone-context"))
    return invalid(end, "context", "RFC 3966 5.1.5", "a local number wants a phone-context");
  return TelUri{uri.substr(number_at, end - number_at), is_global, *parameters};
}

}  // namespace tollgate::sip
