/// headers       = To-Path CRLF From-Path CRLF 1*( header CRLF )
/// content-stuff = *( Other-Mime-header CRLF ) Content-Type 2CRLF data CRLF
/// msrp-response = resp-start headers end-line, with flag "$"   (RFC 4975 9, 7.1, 7.2)
#include "codec/msrp/strict.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "codec/msrp/ident.hpp"
#include "codec/msrp/views.hpp"

namespace tollgate::msrp {

namespace {

using Breach = std::optional<ParseError>;

Breach breach(std::size_t offset, std::string_view rule, std::string_view clause, std::string_view detail) {
  return ParseError{What::invalid, offset, rule, clause, detail};
}

std::size_t written_size(Field const& field) {
  constexpr std::size_t marks = 4;  // ": " and CRLF
  return field.raw.empty() ? field.name.size() + field.value.size() + marks : field.raw.size();
}

/// Where field `index` starts in the written message; where the header section ends for one past the last.
std::size_t offset_of(Message const& message, std::size_t index) {
  auto offset = message.start_line().size();
  for (std::size_t i = 0; i < index; ++i) offset += written_size(message.fields()[i]);
  return offset;
}

/// The written message must be cut where it ends: finds end-lines in a body, wrong flags and broken start lines.
Breach framing(Message const& message) {
  constexpr auto no_limit = std::numeric_limits<std::size_t>::max();
  auto const octets = message.write();
  auto const framed = frame(octets, {no_limit, no_limit, no_limit, no_limit});
  if (framed.state == Framed::State::invalid) return framed.error;
  if (framed.state == Framed::State::need_more)
    return breach(octets.size(), "end-line", "RFC 4975 9", "does not end the message");
  if (framed.size != octets.size()) return breach(framed.size, "end-line", "RFC 4975 7.1", "end-line before the end");
  return std::nullopt;
}

Breach transaction_id(Message const& message) {
  if (is_ident(message.transaction_id())) return std::nullopt;
  return breach(5, "transact-id", "RFC 4975 9", "not 4 to 32 ident characters");
}

Breach field_form(Field const& field, std::size_t offset) {
  if (!is_token(field.name) || is_digit(field.name.front()))
    return breach(offset, "hname", "RFC 4975 9", "not a header name");
  auto const value_at = offset + field.name.size();
  if (!field.raw.empty() && !std::string_view(field.raw).substr(field.name.size()).starts_with(": "))
    return breach(value_at, "header", "RFC 4975 9", "no space after the colon");
  auto const is_control = [](char c) { return c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f); };
  auto const control = std::ranges::find_if(field.value, is_control);
  if (control == field.value.end()) return std::nullopt;
  auto const in_value = static_cast<std::size_t>(control - field.value.begin());
  return breach(value_at + 2 + in_value, "utf8text", "RFC 4975 9", "control character");
}

Breach fields(Message const& message) {
  auto offset = message.start_line().size();
  for (auto const& field : message.fields()) {
    if (auto found = field_form(field, offset)) return found;
    offset += written_size(field);
  }
  return std::nullopt;
}

bool is_named(Message const& message, std::size_t index, std::string_view name) {
  return index < message.fields().size() && iequals(message.fields()[index].name, name);
}

Breach path_order(Message const& message) {
  if (!is_named(message, 0, "To-Path"))
    return breach(offset_of(message, 0), "To-Path", "RFC 4975 7.1", "not the first header field");
  if (!is_named(message, 1, "From-Path"))
    return breach(offset_of(message, 1), "From-Path", "RFC 4975 7.1", "not the second header field");
  for (std::size_t i = 2; i < message.fields().size(); ++i)
    for (std::string_view const name : {"To-Path", "From-Path"})
      if (is_named(message, i, name)) return breach(offset_of(message, i), name, "RFC 4975 9", "more than once");
  return std::nullopt;
}

Breach content(Message const& message) {
  auto const& all = message.fields();
  for (std::size_t i = 0; i < all.size(); ++i) {
    bool const is_type = iequals(all[i].name, "Content-Type");
    if (!message.has_body() && (is_type || iequals(std::string_view(all[i].name).substr(0, 8), "Content-")))
      return breach(offset_of(message, i), is_type ? "Content-Type" : "Other-Mime-header", "RFC 4975 7.1", "no body");
    if (is_type && i + 1 != all.size())
      return breach(offset_of(message, i), "Content-Type", "RFC 4975 7.1", "not the last header field");
  }
  if (message.has_body() && !message.value("Content-Type"))
    return breach(offset_of(message, all.size()), "Content-Type", "RFC 4975 7.1", "body without a type");
  return std::nullopt;
}

Breach response(Message const& message) {
  if (message.is_request()) return std::nullopt;
  if (message.has_body())
    return breach(offset_of(message, message.fields().size()), "msrp-response", "RFC 4975 9", "body");
  if (message.flag() == '$') return std::nullopt;
  return breach(message.write().size() - 3, "continuation-flag", "RFC 4975 7.2", "a response ends with $");
}

/// The error of a view, moved from the value of `name` to the written message.
template <class T>
Breach in_field(Message const& message, std::string_view name, Parsed<T> const& view) {
  if (view) return std::nullopt;
  std::size_t index = 0;
  while (index < message.fields().size() && !is_named(message, index, name)) ++index;
  auto const value = index < message.fields().size() ? name.size() + 2 : 0;
  return shifted(view.error(), offset_of(message, index) + value).error();
}

Breach values(Message const& message) {
  if (auto found = in_field(message, "To-Path", to_path(message))) return found;
  if (auto found = in_field(message, "From-Path", from_path(message))) return found;
  if (auto found = in_field(message, "Byte-Range", byte_range(message))) return found;
  if (auto found = in_field(message, "Success-Report", success_report(message))) return found;
  if (auto found = in_field(message, "Failure-Report", failure_report(message))) return found;
  bool const is_report = message.method() == "REPORT";
  if (is_report || message.value("Status")) return in_field(message, "Status", report_status(message));
  return std::nullopt;
}

Breach wanted(Message const& message) {
  bool const is_report = message.method() == "REPORT";
  auto const end = offset_of(message, message.fields().size());
  if ((is_report || message.method() == "SEND") && !message.value("Message-ID"))
    return breach(end, "Message-ID", is_report ? "RFC 4975 7.1.2" : "RFC 4975 7.1.1", "missing");
  if (is_report && !message.value("Byte-Range")) return breach(end, "Byte-Range", "RFC 4975 7.1.2", "missing");
  return std::nullopt;
}

}  // namespace

Breach strict(Message const& message) {
  for (auto const rule : {framing, transaction_id, fields, path_order, content, response, values, wanted})
    if (auto found = rule(message)) return found;
  return std::nullopt;
}

}  // namespace tollgate::msrp
