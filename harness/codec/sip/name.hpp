#pragma once
/// Names of SIP header fields: the ones that have a meaning here, with their compact forms (RFC 3261 7.3.3, 20).
#include <cstdint>
#include <string_view>

namespace tollgate::sip {

enum class Name : std::uint8_t {
  unknown,
  accept,
  accept_contact,
  accept_encoding,
  accept_language,
  alert_info,
  allow,
  allow_events,
  authentication_info,
  authorization,
  call_id,
  call_info,
  contact,
  content_disposition,
  content_encoding,
  content_language,
  content_length,
  content_type,
  cseq,
  date,
  error_info,
  event,
  expires,
  from,
  in_reply_to,
  max_forwards,
  mime_version,
  min_expires,
  min_se,
  organization,
  p_asserted_identity,
  p_preferred_identity,
  path,
  priority,
  privacy,
  proxy_authenticate,
  proxy_authorization,
  proxy_require,
  rack,
  reason,
  record_route,
  refer_to,
  referred_by,
  reject_contact,
  reply_to,
  request_disposition,
  require,
  retry_after,
  route,
  rseq,
  server,
  service_route,
  session_expires,
  sip_etag,
  sip_if_match,
  subject,
  subscription_state,
  supported,
  timestamp,
  to,
  unsupported,
  user_agent,
  via,
  warning,
  www_authenticate,
};

/// How many names there are, `unknown` among them.
inline constexpr std::size_t name_count = static_cast<std::size_t>(Name::www_authenticate) + 1;

/// Case-insensitive, compact forms included ("v" is Via); `unknown` for every other name. Compares whole names.
[[nodiscard]] Name name_of(std::string_view spelling);
/// The long form as its RFC spells it: "Call-ID"; "" for `unknown`.
[[nodiscard]] std::string_view canonical(Name name);

}  // namespace tollgate::sip
