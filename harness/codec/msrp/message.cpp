/// Holds an MSRP message as its lines, so that writing an unchanged one gives back every octet.
///   header = hname ":" SP hval CRLF   (RFC 4975 9, ext-header)
/// Only what cannot be split into lines with a name is refused here; order and values are for `judge` and the views.
#include "codec/msrp/message.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/assert.hpp"
#include "codec/msrp/index.hpp"

namespace tollgate::msrp {

static constexpr std::string_view crlf = "\r\n";

static Parsed<Field> parse_field(Index const& index, Line const& line) {
  auto const raw = index.octets().substr(line.begin, line.end - line.begin + crlf.size());
  auto const text = raw.substr(0, raw.size() - crlf.size());
  if (auto const stray = text.find_first_of(crlf); stray != std::string_view::npos)
    return invalid(line.begin + stray, "header", "RFC 4975 9", "bare CR or LF");
  if (line.colon == line.end) return invalid(line.end, "header", "RFC 4975 9", "no colon");
  if (line.colon == line.begin) return invalid(line.begin, "hname", "RFC 4975 9", "no name");
  return Field{std::string(index.name(line)), std::string(index.value(line)), std::string(raw)};
}

Parsed<Message> Message::parse(std::string_view octets, Limits limits) {
  auto const index = Index::parse(octets, limits);
  if (!index) return std::unexpected(index.error());
  auto const size = index->octets().size();
  if (size != octets.size()) return invalid(size, "end-line", "RFC 4975 9", "octets after the end-line");

  Message message;
  auto const& start = index->start();
  message.start_raw_ = octets.substr(0, start.size);
  message.transaction_id_ = start.transaction_id;
  message.method_ = start.method;
  message.status_ = start.status;
  message.comment_ = start.comment;
  message.fields_.reserve(index->lines().size());
  for (auto const& line : index->lines()) {
    auto field = parse_field(*index, line);
    if (!field) return std::unexpected(field.error());
    message.fields_.push_back(std::move(*field));
  }
  if (index->has_body()) message.body_ = index->body();
  message.flag_ = index->flag();
  return message;
}

Message Message::request(std::string_view transaction_id, std::string_view method) {
  Message message;
  message.transaction_id_ = transaction_id;
  message.method_ = method;
  message.start_raw_ = fmt::format("MSRP {} {}\r\n", transaction_id, method);
  return message;
}

Message Message::response(std::string_view transaction_id, int status_code, std::string_view comment) {
  TOLLGATE_ASSERT(status_code > 0);  // 0 is how a request says that it is one
  Message message;
  message.transaction_id_ = transaction_id;
  message.status_ = status_code;
  message.comment_ = comment;
  message.start_raw_ = comment.empty() ? fmt::format("MSRP {} {:03}\r\n", transaction_id, status_code)
                                       : fmt::format("MSRP {} {:03} {}\r\n", transaction_id, status_code, comment);
  return message;
}

Octets Message::write() const {
  Octets out = start_raw_;
  for (auto const& field : fields_) {
    if (field.raw.empty())
      out.append(field.name).append(": ").append(field.value).append(crlf);
    else
      out.append(field.raw);
  }
  if (body_) out.append(crlf).append(*body_).append(crlf);
  out.append("-------").append(transaction_id_).append(1, flag_).append(crlf);
  return out;
}

std::optional<std::string_view> Message::value(std::string_view name) const {
  auto const field = std::ranges::find_if(fields_, [&](Field const& f) { return iequals(f.name, name); });
  if (field == fields_.end()) return std::nullopt;
  return field->value;
}

Message& Message::add(std::string_view name, std::string_view value) {
  fields_.push_back({std::string(name), std::string(value), {}});
  return *this;
}

Message& Message::set(std::string_view name, std::string_view value) {
  Field made{std::string(name), std::string(value), {}};
  auto const first = std::ranges::find_if(fields_, [&](Field const& f) { return iequals(f.name, made.name); });
  if (first == fields_.end()) {
    fields_.push_back(std::move(made));
    return *this;
  }
  *first = std::move(made);
  return *this;
}

Message& Message::drop(std::string_view name) {
  std::string const dropped(name);
  std::erase_if(fields_, [&](Field const& f) { return iequals(f.name, dropped); });
  return *this;
}

Message& Message::set_body(std::string_view body) {
  body_ = std::string(body);
  return *this;
}

Message& Message::set_transaction_id(std::string_view transaction_id) {
  constexpr std::size_t before = 5;  // "MSRP "
  start_raw_.replace(before, transaction_id_.size(), transaction_id);
  transaction_id_ = transaction_id;
  return *this;
}

Message& Message::set_flag(char flag) {
  flag_ = flag;
  return *this;
}

}  // namespace tollgate::msrp
