#include "codec/sip/media_type.hpp"

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/number.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 25.1";

bool MediaType::is(std::string_view other_type, std::string_view other_subtype) const {
  return iequals(type, other_type) && iequals(subtype, other_subtype);
}

bool MediaType::covers(std::string_view other_type, std::string_view other_subtype) const {
  return (type == "*" || iequals(type, other_type)) && (subtype == "*" || iequals(subtype, other_subtype));
}

/// "type / subtype" and parameters of any kind.
static Parsed<MediaType> parse_range(std::string_view text) {
  MediaType media;
  auto const type = token_size(text);
  if (type == 0) return invalid(0, "m-type", clause, "expected a token");
  media.type = text.substr(0, type);
  auto at = type + space_size(text, type);
  if (at >= text.size() || text[at] != '/') return invalid(at, "media-type", clause, "expected /");
  ++at;
  at += space_size(text, at);
  auto const subtype = token_size(text, at);
  if (subtype == 0) return invalid(at, "m-subtype", clause, "expected a token");
  media.subtype = text.substr(at, subtype);
  at += subtype;
  auto const parameters = parse_parameters(text.substr(at));
  if (!parameters) return shifted(parameters.error(), at);
  media.parameters = *parameters;
  return media;
}

Parsed<MediaType> parse_media_type(std::string_view text) {
  auto const media = parse_range(text);
  if (!media) return media;
  for (auto const& [name, value] : media->parameters)
    if (!value) return invalid(offset_in(text, name), "m-parameter", clause, "expected a value");
  return media;
}

Parsed<MediaType> parse_accept_range(std::string_view text) {
  auto const media = parse_range(text);
  if (!media) return media;
  if (media->type == "*" && media->subtype != "*") return invalid(0, "media-range", clause, "* only before /*");
  for (auto const& [name, value] : media->parameters)
    if (iequals(name, "q") && !is_qvalue(value.value_or("")))
      return invalid(offset_in(text, name), "qvalue", clause, "expected 0 to 1 with at most three decimals");
  return media;
}

Parsed<std::string_view> parse_mime_version(std::string_view text) {
  auto const major = digit_set.run(text);
  bool const is_good = major > 0 && text.substr(major).starts_with('.') && major + 1 < text.size() &&
                       major + 1 + digit_set.run(text, major + 1) == text.size();
  if (!is_good) return invalid(0, "MIME-Version", "RFC 3261 20.24", "expected two numbers and a dot");
  return text;
}

Parsed<MediaType> content_type(Fields fields) {
  return one(fields, Name::content_type, "RFC 3261 20.15", parse_media_type);
}
Parsed<std::vector<MediaType>> accept(Fields fields) {
  return every(fields, Name::accept, +[](std::string_view text) { return text.empty() ? Parsed<MediaType>() : parse_accept_range(text); });
}
Parsed<std::string_view> mime_version(Fields fields) {
  return one(fields, Name::mime_version, "RFC 3261 20.24", parse_mime_version);
}

}  // namespace tollgate::sip
