#include "codec/sip/qualified.hpp"

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/number.hpp"

namespace tollgate::sip {

Parsed<Qualified> parse_qualified(std::string_view text) {
  auto const size = token_size(text);
  if (size == 0) return invalid(0, "token", "RFC 3261 25.1", "expected a token");
  auto const parameters = parse_parameters(text.substr(size));
  if (!parameters) return shifted(parameters.error(), size);
  return Qualified{text.substr(0, size), *parameters};
}

Parsed<Qualified> content_disposition(Fields fields) {
  return one(fields, Name::content_disposition, "RFC 3261 20.11", parse_qualified);
}
Parsed<std::vector<Qualified>> qualified(Fields fields, Name name) {
  return every(fields, name, parse_qualified);
}

Parsed<Reason> parse_reason(std::string_view text) {
  auto const read = parse_qualified(text);
  if (!read) return std::unexpected(read.error());
  Reason reason{.protocol = read->value, .cause = {}, .text = {}};
  for (auto const& [name, value] : read->parameters) {
    auto const given = value.value_or(std::string_view());
    if (iequals(name, "cause")) {
      reason.cause = to_number<std::uint32_t>(given);
      if (!reason.cause) return invalid(offset_in(text, name), "cause", "RFC 3326 2", "expected a number");
    } else if (iequals(name, "text")) {
      if (!given.starts_with('"')) return invalid(offset_in(text, name), "reason-text", "RFC 3326 2", "wants quotes");
      reason.text = unquoted(given);
    }
  }
  return reason;
}

Parsed<std::vector<Reason>> reasons(Fields fields) {
  return every(fields, Name::reason, parse_reason);
}

Parsed<SessionExpires> parse_session_expires(std::string_view text) {
  constexpr std::string_view clause = "RFC 4028 4";
  auto const read = parse_qualified(text);
  if (!read) return std::unexpected(read.error());
  auto const seconds = parse_delta_seconds(read->value);
  if (!seconds) return std::unexpected(seconds.error());
  auto const refresher = read->parameters.find("refresher");
  if (refresher && !iequals(*refresher, "uas") && !iequals(*refresher, "uac"))
    return invalid(offset_in(text, refresher->empty() ? read->parameters.text() : *refresher), "refresher-param", clause,
                   "neither uas nor uac");
  return SessionExpires{*seconds, refresher.value_or(std::string_view())};
}

Parsed<SessionExpires> session_expires(Fields fields) {
  return one(fields, Name::session_expires, "RFC 4028 4", parse_session_expires);
}
Parsed<SessionExpires> min_se(Fields fields) {
  return one(fields, Name::min_se, "RFC 4028 5", parse_session_expires);
}

}  // namespace tollgate::sip
