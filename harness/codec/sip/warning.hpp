#pragma once
/// Warning header field (RFC 3261 20.43).
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// warning-value = warn-code SP warn-agent SP warn-text
struct Warning {
  unsigned code = 0;       ///< 3DIGIT; 300 to 399 are SIP's
  std::string_view agent;  ///< hostport or pseudonym
  std::string_view text;   ///< without its quotes
};
[[nodiscard]] Parsed<Warning> parse_warning(std::string_view text);
[[nodiscard]] Parsed<std::vector<Warning>> warnings(Fields fields);

}  // namespace tollgate::sip
