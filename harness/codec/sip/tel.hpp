#pragma once
/// tel URIs (RFC 3966 3): tel:+1-201-555-0123, tel:7042;phone-context=example.com.
#include <string>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

/// telephone-uri = "tel:" ( "+" *phonedigit DIGIT *phonedigit / local-number-digits context ) *par
struct TelUri {
  std::string_view number;  ///< as written, with its visual separators, "+" included
  bool is_global = false;
  Parameters parameters;  ///< ext, isub, phone-context and others

  /// Without visual separators: what two equal numbers have in common (RFC 3966 5).
  [[nodiscard]] std::string digits() const;
};

[[nodiscard]] Parsed<TelUri> parse_tel(std::string_view uri);

}  // namespace tollgate::sip
