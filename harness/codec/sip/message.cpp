/// A SIP message as lines, each held as it came (RFC 3261 7, 25.1).
#include "codec/sip/message.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/assert.hpp"
#include "codec/sip/layout.hpp"

namespace tollgate::sip {

Parsed<Message> Message::parse(std::string_view octets, Limits limits) {
  if (octets.size() > limits.octets) return over_limit(limits.octets, "SIP-message", "RFC 3261 7", "too many octets");
  auto const cut = [&](std::string_view rule, std::string_view detail) {
    return std::unexpected(ParseError{What::need_more, octets.size(), rule, "RFC 3261 7", detail});
  };
  Layout layout(octets);
  if (!layout.has_start_line()) return cut("start-line", "no line end");
  auto const start = parse_start_line(layout.start_line());
  if (!start) return shifted(start.error(), layout.start_begin());
  Message message;
  message.method_ = start->method;
  message.request_uri_ = start->request_uri;
  message.status_ = start->status;
  message.reason_ = start->reason;
  message.start_raw_ = octets.substr(0, layout.at());
  for (FieldLine line;;) {
    auto const begin = layout.at();
    auto const step = layout.next(line);
    if (step == Layout::Step::cut) return cut("generic-message", "no blank line");
    if (step == Layout::Step::blank_line) {
      message.blank_raw_ = octets.substr(begin, layout.at() - begin);
      message.body_ = octets.substr(layout.at());
      return message;
    }
    if (message.fields_.size() == limits.fields) return over_limit(begin, "message-header", "RFC 3261 7.3", "too many header fields");
    if (!line.has_colon) return std::unexpected(layout.missing_colon(line));
    auto const field = layout.view(line);
    message.fields_.push_back({field.name, std::string(field.spelling), std::string(field.value), std::string(field.raw)});
  }
}

Message Message::request(std::string_view method, std::string_view request_uri) {
  Message message;
  message.method_ = method;
  message.request_uri_ = request_uri;
  return message;
}

Message Message::response(int status_code, std::string_view reason_phrase) {
  TOLLGATE_ASSERT(status_code >= 100 && status_code <= 699);
  Message message;
  message.status_ = status_code;
  message.reason_ = reason_phrase;
  return message;
}

Octets Message::write() const {
  Octets out = start_raw_;
  if (out.empty() && is_request())
    out = fmt::format("{} {} SIP/2.0\r\n", method_, request_uri_);
  else if (out.empty())
    out = fmt::format("SIP/2.0 {} {}\r\n", status_, reason_);
  for (Field const& field : fields_)
    if (field.raw.empty())
      out.append(field.spelling).append(": ").append(field.value).append("\r\n");
    else
      out += field.raw;
  return out.append(blank_raw_).append(body_);
}

std::optional<std::string_view> Message::value(Name name, std::size_t nth) const {
  for (Field const& field : fields_)
    if (field.name == name && nth-- == 0) return field.value;
  return std::nullopt;
}

std::vector<std::string_view> Message::values(Name name) const {
  std::vector<std::string_view> all;
  for (Field const& field : fields_)
    if (field.name == name) all.push_back(field.value);
  return all;
}

Message& Message::add(Name name, std::string_view value) {
  TOLLGATE_ASSERT(name != Name::unknown);
  fields_.push_back({name, std::string(canonical(name)), std::string(value), {}});
  return *this;
}

Message& Message::add(std::string_view spelling, std::string_view value) {
  fields_.push_back({name_of(spelling), std::string(spelling), std::string(value), {}});
  return *this;
}

Message& Message::add_first(Name name, std::string_view value) {
  TOLLGATE_ASSERT(name != Name::unknown);
  auto const at = std::ranges::find(fields_, name, &Field::name);
  fields_.insert(at == fields_.end() ? fields_.begin() : at, {name, std::string(canonical(name)), std::string(value), {}});
  return *this;
}

Message& Message::set(Name name, std::string_view value) {
  auto const at = std::ranges::find(fields_, name, &Field::name);
  if (at == fields_.end()) return add(name, value);
  *at = {name, std::string(canonical(name)), std::string(value), {}};
  return *this;
}

Message& Message::drop(Name name) {
  std::erase_if(fields_, [name](Field const& field) { return field.name == name; });
  return *this;
}

Message& Message::set_request_uri(std::string_view uri) {
  TOLLGATE_ASSERT(is_request());
  if (!start_raw_.empty()) start_raw_.replace(start_raw_.find_first_not_of("\r\n") + method_.size() + 1, request_uri_.size(), uri);
  request_uri_ = uri;
  return *this;
}

Message& Message::set_body(std::string_view body, std::string_view content_type) {
  body_ = body;
  if (body_.empty())
    drop(Name::content_type);
  else
    set(Name::content_type, content_type);
  return set(Name::content_length, std::to_string(body_.size()));
}

}  // namespace tollgate::sip
