/// Message-ID     = "Message-ID:" SP ident
/// Success-Report = "Success-Report:" SP ( "yes" / "no" )
/// Failure-Report = "Failure-Report:" SP ( "yes" / "no" / "partial" )
/// Status         = "Status:" SP namespace SP status-code [SP comment], namespace "000"
/// To-Path        = "To-Path:" SP MSRP-URI *( SP MSRP-URI ), From-Path likewise   (RFC 4975 9)
#include "codec/msrp/views.hpp"

#include "base/text.hpp"
#include "codec/msrp/ident.hpp"

namespace tollgate::msrp {

static constexpr std::string_view clause = "RFC 4975 9";

Parsed<FailureReport> failure_report(Message const& message) {
  auto const value = message.value("Failure-Report");
  if (!value || iequals(*value, "yes")) return FailureReport::yes;
  if (iequals(*value, "no")) return FailureReport::no;
  if (iequals(*value, "partial")) return FailureReport::partial;
  return invalid(0, "Failure-Report", clause, "neither yes, no nor partial");
}

Parsed<bool> success_report(Message const& message) {
  auto const value = message.value("Success-Report");
  if (!value || iequals(*value, "no")) return false;
  if (iequals(*value, "yes")) return true;
  return invalid(0, "Success-Report", clause, "neither yes nor no");
}

Parsed<int> report_status(Message const& message) {
  auto const value = message.value("Status");
  if (!value) return invalid(0, "Status", "RFC 4975 7.1.2", "missing");
  if (!value->starts_with("000 ")) return invalid(0, "namespace", clause, "not 000");
  constexpr std::size_t code_at = 4;
  auto const code = value->substr(code_at, 3);
  auto const digits = run_end(code, 0, is_digit);
  if (digits != 3) return invalid(code_at + digits, "status-code", clause, "not three digits");
  if (value->size() > code_at + 3 && (*value)[code_at + 3] != ' ')
    return invalid(code_at + 3, "status-code", clause, "not followed by a space");
  return (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
}

Parsed<std::string_view> message_id(Message const& message) {
  auto const value = message.value("Message-ID");
  if (!value) return invalid(0, "Message-ID", "RFC 4975 7.1.1", "missing");
  if (!is_ident(*value)) return invalid(0, "ident", clause, "not 4 to 32 ident characters");
  return *value;
}

static Parsed<std::vector<Uri>> path(Message const& message, std::string_view name) {
  auto const value = message.value(name);
  if (!value) return invalid(0, name, "RFC 4975 7.1", "missing");
  return parse_path(*value);
}

Parsed<std::vector<Uri>> to_path(Message const& message) {
  return path(message, "To-Path");
}

Parsed<std::vector<Uri>> from_path(Message const& message) {
  return path(message, "From-Path");
}

}  // namespace tollgate::msrp
