#pragma once
/// Event and Subscription-State (RFC 6665 8.2).
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

/// Event = event-type *( SEMI ( "id" EQUAL token / generic-param ) ) (RFC 6665 8.2.1)
struct Event {
  std::string_view type;  ///< package and templates: "presence.winfo"
  std::string_view id;    ///< "" when absent
  Parameters parameters;
};
[[nodiscard]] Parsed<Event> parse_event(std::string_view text);
/// One element of Allow-Events, which has no parameters (RFC 6665 8.2.2).
[[nodiscard]] Parsed<std::string_view> parse_event_type(std::string_view text);
[[nodiscard]] Parsed<Event> event(Fields fields);

/// Subscription-State = substate-value *( SEMI subexp-params ) (RFC 6665 8.2.3)
struct SubscriptionState {
  std::string_view state;                    ///< "active", "pending", "terminated" or an extension
  std::string_view reason;                   ///< "" when absent
  std::optional<std::uint32_t> expires;      ///< seconds
  std::optional<std::uint32_t> retry_after;  ///< seconds
};
[[nodiscard]] Parsed<SubscriptionState> parse_subscription_state(std::string_view text);
[[nodiscard]] Parsed<SubscriptionState> subscription_state(Fields fields);

}  // namespace tollgate::sip
