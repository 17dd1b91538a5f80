#include "codec/sip/subscriber.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate::sip {

/// ITU-T E.164: fifteen digits at most.
static bool is_number(std::string_view digits) {
  constexpr std::size_t most = 15;
  return !digits.empty() && digits.size() <= most && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

static std::optional<Uri> domain_uri(std::string_view address) {
  auto const uri = parse_uri(address);
  return uri && uri->opaque.empty() ? std::optional(*uri) : std::nullopt;
}

std::string e164(std::string_view address) {
  auto const uri = parse_uri(address);
  bool const is_tel = uri && iequals(uri->scheme, "tel");
  if (uri && !is_tel && !uri->opaque.empty()) return "";
  std::string number(!uri ? address : is_tel ? uri->opaque : uri->user);
  number = number.substr(0, number.find(';'));
  if (uri) std::erase_if(number, [](char c) { return std::string_view("-.()").contains(c); });
  bool const is_global = number.starts_with('+');
  auto const digits = std::string_view(number).substr(is_global ? 1 : 0);
  return is_number(digits) && (is_global || !uri) ? std::string(digits) : "";
}

UserName user_name(std::string_view address) {
  auto const uri = domain_uri(address);
  return {.address_of_record = uri ? uri->address_of_record() : "", .digits = e164(address)};
}

bool is_same_user(UserName const& a, UserName const& b) {
  bool const have_domains = !a.address_of_record.empty() && !b.address_of_record.empty();
  if (have_domains) return a.address_of_record == b.address_of_record;
  return !a.digits.empty() && a.digits == b.digits;
}

bool is_same_user(std::string_view a, std::string_view b) {
  return a == b || is_same_user(user_name(a), user_name(b));
}

}  // namespace tollgate::sip
