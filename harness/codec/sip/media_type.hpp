#pragma once
/// Media types of bodies: Content-Type, Accept, MIME-Version (RFC 3261 20.15, 20.1, 20.24).
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

/// media-type = m-type SLASH m-subtype *( SEMI m-parameter )
struct MediaType {
  std::string_view type;
  std::string_view subtype;
  Parameters parameters;

  [[nodiscard]] bool is(std::string_view other_type, std::string_view other_subtype) const;
  /// Whether this one, read as the media-range of an Accept, covers `other`: "*/*" and "text/*" do.
  [[nodiscard]] bool covers(std::string_view other_type, std::string_view other_subtype) const;
};

[[nodiscard]] Parsed<MediaType> parse_media_type(std::string_view text);
/// accept-range = media-range *( SEMI ( q / generic-param ) )
[[nodiscard]] Parsed<MediaType> parse_accept_range(std::string_view text);
/// 1*DIGIT "." 1*DIGIT: the whole text.
[[nodiscard]] Parsed<std::string_view> parse_mime_version(std::string_view text);

[[nodiscard]] Parsed<MediaType> content_type(Fields fields);
/// An empty Accept, which covers nothing, gives an empty type.
[[nodiscard]] Parsed<std::vector<MediaType>> accept(Fields fields);
[[nodiscard]] Parsed<std::string_view> mime_version(Fields fields);

}  // namespace tollgate::sip
