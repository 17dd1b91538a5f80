#pragma once
/// Content-Type and Content-Disposition, which MSRP and CPIM take from MIME (RFC 2045 5.1, RFC 2183 2, RFC 4975 9). SIP
/// has a grammar of its own, with other tokens and white space around "/", ";" and "=": codec/sip/media_type.hpp.
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"

namespace tollgate {

/// gen-param = pname [ "=" pval ]; `value` is without quotes, "" when absent.
struct GenericParameter {
  std::string_view name;
  std::string_view value;
};

/// media-type = type "/" subtype *( ";" gen-param )
struct MediaType {
  std::string_view type;
  std::string_view subtype;
  std::vector<GenericParameter> parameters;

  /// The parameter of that name, in any case; nothing when absent.
  [[nodiscard]] std::optional<std::string_view> at(std::string_view name) const;
  /// Whether this is "type/subtype", in any case; "type/*" and "*" match as a=accept-types says (RFC 4975 8.6).
  [[nodiscard]] bool is(std::string_view range) const;
};

[[nodiscard]] Parsed<MediaType> parse_media_type(std::string_view text);
/// What stands before the parameters is "type/subtype", in any case; of what need not be a media type.
[[nodiscard]] bool names_media_type(std::string_view text, std::string_view name);

/// disposition-type *( ";" gen-param ), of which file transfer uses `filename` (RFC 2183 2, RFC 5547 6).
struct Disposition {
  std::string_view type;
  std::vector<GenericParameter> parameters;
};
[[nodiscard]] Parsed<Disposition> parse_disposition(std::string_view text);

}  // namespace tollgate
