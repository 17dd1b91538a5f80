#pragma once
/// Whom an address means, where CH-2 and SIP may spell one user in two ways: as URI (RFC 3261 19.1, RFC 3966) or as the number that
/// END_USER_E164 carries (RFC 8506 8.47).
#include <string>
#include <string_view>

namespace tollgate::sip {

/// The digits of an international number: of "12015550123" or "+12015550123", of a tel URI with plus, visual separators left out
/// (RFC 3966 5.1.1), of a SIP URI with a plus before its user part (RFC 3261 19.1.6); "" where the address is none.
[[nodiscard]] std::string e164(std::string_view address);

/// What is the same in all spellings of one user.
struct UserName {
  std::string address_of_record;  ///< "" of what is no URI of a domain
  std::string digits;             ///< see `e164`
};
[[nodiscard]] UserName user_name(std::string_view address);

/// The same address-of-record (RFC 3261 10.3 step 5), or a number and a URI with the same digits. Two SIP URIs of different domains
/// are two users whatever their digits are.
[[nodiscard]] bool is_same_user(std::string_view a, std::string_view b);
[[nodiscard]] bool is_same_user(UserName const& a, UserName const& b);

}  // namespace tollgate::sip
