#pragma once
/// Typed views of MSRP header fields (RFC 4975 9, RFC 4976). Each `parse_x` reads a header's value, each `x(message)`
/// the field of that message with its default.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/media_type.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/uri.hpp"

namespace tollgate::msrp {

/// Byte-Range = range-start "-" range-end "/" total; "*" is nothing (RFC 4975 9). Octets, counted from 1.
struct ByteRange {
  std::uint64_t start = 1;
  std::optional<std::uint64_t> end;
  std::optional<std::uint64_t> total;
};
/// What does not fit 64 bits is over a limit, not malformed.
[[nodiscard]] Parsed<ByteRange> parse_byte_range(std::string_view text);
[[nodiscard]] std::string write(ByteRange const& range);
/// Absent means 1-*/* (RFC 4975 7.1.1).
[[nodiscard]] Parsed<ByteRange> byte_range(Message const& message);

/// Failure-Report, default yes (RFC 4975 7.1.1)
enum class FailureReport : std::uint8_t { yes, no, partial };
[[nodiscard]] Parsed<FailureReport> parse_failure_report(std::string_view text);
[[nodiscard]] Parsed<FailureReport> failure_report(Message const& message);
/// Success-Report, default no (RFC 4975 7.1.1)
[[nodiscard]] Parsed<bool> parse_success_report(std::string_view text);
[[nodiscard]] Parsed<bool> success_report(Message const& message);
/// Status = "000" SP status-code [ SP comment ] (RFC 4975 7.1.2, 9)
[[nodiscard]] Parsed<int> parse_report_status(std::string_view text);
[[nodiscard]] Parsed<int> report_status(Message const& message);

[[nodiscard]] Parsed<std::string_view> parse_message_id(std::string_view text);
[[nodiscard]] Parsed<std::string_view> message_id(Message const& message);
[[nodiscard]] Parsed<std::vector<Uri>> to_path(Message const& message);
[[nodiscard]] Parsed<std::vector<Uri>> from_path(Message const& message);

[[nodiscard]] Parsed<MediaType> content_type(Message const& message);
[[nodiscard]] Parsed<Disposition> content_disposition(Message const& message);

/// Use-Path, which a relay answers AUTH with: the relay's URIs, leftmost first (RFC 4976 4.2).
[[nodiscard]] Parsed<std::vector<Uri>> use_path(Message const& message);
/// Expires, Min-Expires, Max-Expires: seconds (RFC 4976 4.6); nothing when absent.
[[nodiscard]] Parsed<std::uint32_t> parse_seconds(std::string_view text);
[[nodiscard]] Parsed<std::optional<std::uint32_t>> expires(Message const& message);
[[nodiscard]] Parsed<std::optional<std::uint32_t>> min_expires(Message const& message);
[[nodiscard]] Parsed<std::optional<std::uint32_t>> max_expires(Message const& message);

}  // namespace tollgate::msrp
