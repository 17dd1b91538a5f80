#pragma once
/// Typed views of CPIM message headers (RFC 3862 4) and of those that IMDN adds (RFC 5438 6).
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/cpim/message.hpp"

namespace tollgate::cpim {

/// NAMECHAR and TOKENCHAR (RFC 3862 3.6).
[[nodiscard]] bool is_name(std::string_view text);
[[nodiscard]] bool is_token(std::string_view text);

/// Where a backslash stands that begins no Escape: "\\" ( "u" 4HEXDIG / "b" / "t" / "n" / "r" / DQUOTE / "'" / "\\" );
/// the size where none does (RFC 3862 3.6).
[[nodiscard]] std::size_t first_no_escape(std::string_view text);

/// lang=Language-tag, or Name "=" ( Token / Number / String ) (RFC 3862 3.3, 3.6)
struct Parameter {
  std::string_view name;
  std::string_view value;  ///< as written, with its quotes
};
/// *( ";" Parameter )
[[nodiscard]] Parsed<std::vector<Parameter>> parse_parameters(std::string_view text);

/// From, To, cc: [ Formal-name ] "<" URI ">" (RFC 3862 4.1-4.3)
struct Address {
  std::string_view formal_name;  ///< as written, with its quotes; "" when absent
  std::string_view uri;
};
[[nodiscard]] Parsed<Address> parse_address(std::string_view text);

/// NS: [ Name-prefix SP ] "<" URI ">" (RFC 3862 4.6)
struct Namespace {
  std::string_view prefix;  ///< "" for headers without one
  std::string_view uri;
};
[[nodiscard]] Parsed<Namespace> parse_namespace(std::string_view text);

/// DateTime: date-time of RFC 3339 5.6 (RFC 3862 4.4)
struct DateTime {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  int offset_minutes = 0;  ///< east of UTC
};
[[nodiscard]] Parsed<DateTime> parse_date_time(std::string_view text);

/// Require: Header-name *( "," Header-name ) (RFC 3862 4.7)
[[nodiscard]] Parsed<std::vector<std::string_view>> parse_require(std::string_view text);

inline constexpr std::string_view imdn_namespace = "urn:ietf:params:imdn";

/// What a sender may ask to be told of (RFC 5438 6.2); tokens of extensions are `other`.
enum class Notification : std::uint8_t { positive_delivery, negative_delivery, processing, display, none, other };
[[nodiscard]] Parsed<std::vector<Notification>> parse_disposition_notification(std::string_view text);

[[nodiscard]] Parsed<Address> from(Message const& message);
[[nodiscard]] Parsed<std::vector<Address>> to(Message const& message);  ///< one for each To header
[[nodiscard]] Parsed<DateTime> date_time(Message const& message);

/// The prefix that the message's NS headers bind to that namespace; nothing when none does (RFC 3862 3.4).
[[nodiscard]] std::optional<std::string_view> prefix_of(Message const& message, std::string_view uri);
/// Message-ID of the IMDN namespace, whatever its prefix is (RFC 5438 6.3).
[[nodiscard]] Parsed<std::string_view> imdn_message_id(Message const& message);
/// Disposition-Notification of the IMDN namespace; empty when absent (RFC 5438 6.2).
[[nodiscard]] Parsed<std::vector<Notification>> disposition_notification(Message const& message);

}  // namespace tollgate::cpim
