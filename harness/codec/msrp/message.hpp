#pragma once
/// An MSRP message, one chunk on the wire, held exactly as received (RFC 4975 7.1, 9).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "base/text.hpp"

namespace tollgate::msrp {

/// `raw` is the line as received with its line end, empty when we made or changed it.
struct Field {
  std::string name;
  std::string value;
  std::string raw;
};

struct Limits {
  std::size_t start_line = 1024;          ///< octets
  std::size_t header = 16 * 1024;         ///< octets of all header lines
  std::size_t fields = 64;                ///< at most `Index::lines_max`
  std::size_t octets = 16 * 1024 * 1024;  ///< octets of one chunk
};

class Message {
 public:
  /// Exactly one message, as `frame` cut it.
  [[nodiscard]] static Parsed<Message> parse(std::string_view octets, Limits limits = {});
  [[nodiscard]] static Message request(std::string_view transaction_id, std::string_view method);
  [[nodiscard]] static Message response(std::string_view transaction_id, int status_code, std::string_view comment = {});
  [[nodiscard]] Octets write() const;

  [[nodiscard]] std::string_view start_line() const { return start_raw_; }  ///< with its line end
  [[nodiscard]] std::string_view transaction_id() const { return transaction_id_; }
  [[nodiscard]] bool is_request() const { return status_ == 0; }
  [[nodiscard]] std::string_view method() const { return method_; }  ///< "SEND", "REPORT", "AUTH"; "" for a response
  [[nodiscard]] int status() const { return status_; }               ///< 3DIGIT, 0 for a request
  [[nodiscard]] std::string_view comment() const { return comment_; }
  [[nodiscard]] std::vector<Field> const& fields() const { return fields_; }
  /// First field of that name (RFC 4975 9: names are case-insensitive by ABNF).
  [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;
  [[nodiscard]] bool has_body() const { return body_.has_value(); }
  [[nodiscard]] std::string_view body() const { return body_ ? std::string_view(*body_) : std::string_view(); }
  [[nodiscard]] char flag() const { return flag_; }  ///< continuation flag: '$', '+' or '#'

  // Edits. Each drops the raw octets of what it touches and nothing else.
  Message& add(std::string_view name, std::string_view value);
  Message& set(std::string_view name, std::string_view value);  ///< changes the first such field or adds one
  Message& drop(std::string_view name);                         ///< every field of that name
  Message& set_body(std::string_view body);  ///< Content-Type must be the last field by then (RFC 4975 7.1)
  Message& set_flag(char flag);
  Message& set_transaction_id(std::string_view transaction_id);  ///< in the start line and the end-line

 private:
  std::string start_raw_;
  std::string transaction_id_;
  std::string method_;
  int status_ = 0;
  std::string comment_;
  std::vector<Field> fields_;
  std::optional<std::string> body_;
  char flag_ = '$';
};

/// Cuts the next message from a stream: from "MSRP" to the end-line of its own transaction id (RFC 4975 7.1).
[[nodiscard]] Framed frame(std::string_view stream, Limits limits = {});

}  // namespace tollgate::msrp
