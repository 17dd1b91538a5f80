#include "codec/sip/subscription.hpp"

#include "base/text.hpp"
#include "codec/sip/number.hpp"
#include "codec/sip/qualified.hpp"

namespace tollgate::sip {

Parsed<Event> parse_event(std::string_view text) {
  auto const read = parse_qualified(text);
  if (!read) return std::unexpected(read.error());
  auto const& type = read->value;
  if (type.starts_with('.') || type.ends_with('.') || type.contains(".."))
    return invalid(0, "event-type", "RFC 6665 8.2.1", "an empty package or template");
  return Event{type, read->parameters.find("id").value_or(std::string_view()), read->parameters};
}

Parsed<std::string_view> parse_event_type(std::string_view text) {
  auto const read = parse_event(text);
  if (!read) return std::unexpected(read.error());
  if (read->type.size() < text.size()) return invalid(read->type.size(), "event-type", "RFC 6665 8.2.2", "takes no parameters");
  return read->type;
}

Parsed<Event> event(Fields fields) {
  return one(fields, Name::event, "RFC 6665 8.2.1", parse_event);
}

Parsed<SubscriptionState> parse_subscription_state(std::string_view text) {
  auto const read = parse_qualified(text);
  if (!read) return std::unexpected(read.error());
  SubscriptionState state{.state = read->value, .reason = {}, .expires = {}, .retry_after = {}};
  for (auto const& [name, value] : read->parameters) {
    auto const given = value.value_or(std::string_view());
    bool const is_expires = iequals(name, "expires");
    if (iequals(name, "reason")) state.reason = given;
    if (!is_expires && !iequals(name, "retry-after")) continue;
    auto const seconds = parse_delta_seconds(given);
    if (!seconds)
      return invalid(static_cast<std::size_t>(name.data() - text.data()), "subexp-params", "RFC 6665 8.2.3", seconds.error().detail);
    (is_expires ? state.expires : state.retry_after) = *seconds;
  }
  return state;
}

Parsed<SubscriptionState> subscription_state(Fields fields) {
  return one(fields, Name::subscription_state, "RFC 6665 8.2.3", parse_subscription_state);
}

}  // namespace tollgate::sip
