#pragma once
/// Names of SIP header fields: the ones that have a meaning here, with their compact forms (RFC 3261 7.3.3, 20).
#include <cstdint>
#include <string_view>

namespace tollgate::sip {

enum class Name : std::uint8_t {
  unknown,
  accept,
  accept_contact,
  allow,
  authorization,
  call_id,
  contact,
  content_length,
  content_type,
  cseq,
  date,
  event,
  expires,
  from,
  max_forwards,
  min_expires,
  p_asserted_identity,
  path,
  proxy_authenticate,
  proxy_authorization,
  rack,
  record_route,
  referred_by,
  require,
  retry_after,
  route,
  rseq,
  server,
  service_route,
  subject,
  supported,
  to,
  unsupported,
  user_agent,
  via,
  warning,
  www_authenticate,
};

/// Case-insensitive, compact forms included ("v" is Via); `unknown` for every other name. Compares whole names.
[[nodiscard]] Name name_of(std::string_view spelling);
/// The long form as RFC 3261 spells it: "Call-ID"; "" for `unknown`.
[[nodiscard]] std::string_view canonical(Name name);

}  // namespace tollgate::sip
