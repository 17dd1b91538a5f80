#pragma once
/// Times: Date, Timestamp, Retry-After (RFC 3261 20.17, 20.38, 20.33).
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

/// SIP-date = wkday "," SP 2DIGIT SP month SP 4DIGIT SP 2DIGIT ":" 2DIGIT ":" 2DIGIT SP "GMT" (RFC 3261 25.1)
struct Date {
  unsigned year = 0, month = 0, day = 0;  ///< month and day from 1
  unsigned hour = 0, minute = 0, second = 0;
};
[[nodiscard]] Parsed<Date> parse_date(std::string_view text);
[[nodiscard]] Parsed<Date> date(Fields fields);

/// Timestamp = 1*DIGIT [ "." *DIGIT ] [ LWS delay ],  delay = *DIGIT [ "." *DIGIT ] (RFC 3261 20.38)
struct Timestamp {
  std::string_view time;   ///< seconds, as written
  std::string_view delay;  ///< seconds, as written; "" when absent
};
[[nodiscard]] Parsed<Timestamp> parse_timestamp(std::string_view text);
[[nodiscard]] Parsed<Timestamp> timestamp(Fields fields);

/// Retry-After = delta-seconds [ comment ] *( SEMI ( "duration" EQUAL delta-seconds / generic-param ) )
/// (RFC 3261 20.33)
struct RetryAfter {
  std::uint32_t seconds = 0;
  std::string_view comment;               ///< with its parentheses; "" when absent
  std::optional<std::uint32_t> duration;  ///< seconds
};
[[nodiscard]] Parsed<RetryAfter> parse_retry_after(std::string_view text);
[[nodiscard]] Parsed<RetryAfter> retry_after(Fields fields);

}  // namespace tollgate::sip
