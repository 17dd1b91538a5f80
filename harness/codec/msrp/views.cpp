/// Message-ID     = "Message-ID:" SP ident
/// Success-Report = "Success-Report:" SP ( "yes" / "no" )
/// Failure-Report = "Failure-Report:" SP ( "yes" / "no" / "partial" )
/// Status         = "Status:" SP namespace SP status-code [SP comment], namespace "000"
/// To-Path        = "To-Path:" SP MSRP-URI *( SP MSRP-URI ), From-Path likewise   (RFC 4975 9)
/// Use-Path likewise; Expires = "Expires:" SP 1*DIGIT, Min-Expires and Max-Expires likewise   (RFC 4976 4.2, 4.6)
#include "codec/msrp/views.hpp"

#include "base/text.hpp"
#include "codec/msrp/ident.hpp"

namespace tollgate::msrp {

static constexpr std::string_view clause = "RFC 4975 9";

Parsed<FailureReport> parse_failure_report(std::string_view text) {
  if (iequals(text, "yes")) return FailureReport::yes;
  if (iequals(text, "no")) return FailureReport::no;
  if (iequals(text, "partial")) return FailureReport::partial;
  return invalid(0, "Failure-Report", clause, "neither yes, no nor partial");
}

Parsed<FailureReport> failure_report(Message const& message) {
  return parse_failure_report(message.value("Failure-Report").value_or("yes"));
}

Parsed<bool> parse_success_report(std::string_view text) {
  if (iequals(text, "no")) return false;
  if (iequals(text, "yes")) return true;
  return invalid(0, "Success-Report", clause, "neither yes nor no");
}

Parsed<bool> success_report(Message const& message) {
  return parse_success_report(message.value("Success-Report").value_or("no"));
}

Parsed<int> parse_report_status(std::string_view text) {
  if (!text.starts_with("000 ")) return invalid(0, "namespace", clause, "not 000");
  constexpr std::size_t code_at = 4;
  auto const code = text.substr(code_at, 3);
  auto const digits = run_end(code, 0, is_digit);
  if (digits != 3) return invalid(code_at + digits, "status-code", clause, "not three digits");
  if (text.size() > code_at + 3 && text[code_at + 3] != ' ') return invalid(code_at + 3, "status-code", clause, "not followed by a space");
  return (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
}

Parsed<int> report_status(Message const& message) {
  auto const value = message.value("Status");
  if (!value) return invalid(0, "Status", "RFC 4975 7.1.2", "missing");
  return parse_report_status(*value);
}

Parsed<std::string_view> parse_message_id(std::string_view text) {
  if (!is_ident(text)) return invalid(0, "ident", clause, "not 4 to 32 ident characters");
  return text;
}

Parsed<std::string_view> message_id(Message const& message) {
  auto const value = message.value("Message-ID");
  if (!value) return invalid(0, "Message-ID", "RFC 4975 7.1.1", "missing");
  return parse_message_id(*value);
}

static Parsed<std::vector<Uri>> path(Message const& message, std::string_view name, std::string_view name_clause) {
  auto const value = message.value(name);
  if (!value) return invalid(0, name, name_clause, "missing");
  return parse_path(*value);
}

Parsed<std::vector<Uri>> to_path(Message const& message) {
  return path(message, "To-Path", "RFC 4975 7.1");
}

Parsed<std::vector<Uri>> from_path(Message const& message) {
  return path(message, "From-Path", "RFC 4975 7.1");
}

Parsed<MediaType> content_type(Message const& message) {
  auto const value = message.value("Content-Type");
  if (!value) return invalid(0, "Content-Type", "RFC 4975 7.1", "missing");
  return parse_media_type(*value);
}

Parsed<Disposition> content_disposition(Message const& message) {
  auto const value = message.value("Content-Disposition");
  if (!value) return invalid(0, "Content-Disposition", "RFC 2183 2", "missing");
  return parse_disposition(*value);
}

Parsed<std::vector<Uri>> use_path(Message const& message) {
  return path(message, "Use-Path", "RFC 4976 4.2");
}

Parsed<std::uint32_t> parse_seconds(std::string_view text) {
  constexpr std::string_view expires_clause = "RFC 4976 4.6";
  auto const end = run_end(text, 0, is_digit);
  if (text.empty() || end != text.size()) return invalid(end, "Expires", expires_clause, "not a number");
  auto const seconds = to_number<std::uint32_t>(text);
  if (!seconds) return over_limit(0, "Expires", expires_clause, "number overflows");
  return *seconds;
}

static Parsed<std::optional<std::uint32_t>> seconds_of(Message const& message, std::string_view name) {
  auto const value = message.value(name);
  if (!value) return std::nullopt;
  auto const seconds = parse_seconds(*value);
  if (!seconds) return std::unexpected(seconds.error());
  return *seconds;
}

Parsed<std::optional<std::uint32_t>> expires(Message const& message) {
  return seconds_of(message, "Expires");
}

Parsed<std::optional<std::uint32_t>> min_expires(Message const& message) {
  return seconds_of(message, "Min-Expires");
}

Parsed<std::optional<std::uint32_t>> max_expires(Message const& message) {
  return seconds_of(message, "Max-Expires");
}

}  // namespace tollgate::msrp
