#pragma once
/// Words that both sides of a document share: its times and its operations.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "codec/ch2/ch2.hpp"

namespace tollgate::ch2 {

/// Seconds since 1900, as Event-Timestamp counts (RFC 6733 4.3.1), as an xs:dateTime in UTC: "2026-09-21T13:20:00Z".
[[nodiscard]] std::string date_time_of(std::uint32_t seconds);
/// Nothing for what is no xs:dateTime with a zone, or lies outside of what 32 bits count.
[[nodiscard]] std::optional<std::uint32_t> seconds_of(std::string_view date_time);

/// "reserve", "debit", "release", "refund"; "" for what is none of them.
[[nodiscard]] std::string_view document_word(Request const& request);

}  // namespace tollgate::ch2
