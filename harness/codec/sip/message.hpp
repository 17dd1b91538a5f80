#pragma once
/// A SIP message, held exactly as received: an ordered list of fields and a body (RFC 3261 7).
/// Any message with a start line and a blank line can be held and written back octet by octet; the typed views of
/// `views.hpp` may refuse what a field says.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "base/text.hpp"
#include "codec/sip/layout.hpp"
#include "codec/sip/name.hpp"

namespace tollgate::sip {

/// One header field. `raw` is the whole line with its folding and line end as received, empty when we made the field
/// or changed it; writing uses `raw` where it stands.
struct Field {
  Name name = Name::unknown;
  std::string spelling;  ///< the name as written: "v", "VIA"
  std::string value;     ///< without leading and trailing white space; folding kept
  std::string raw;
};

class Message {
 public:
  /// A whole message: what one datagram holds, or what `frame` cut from a stream.
  [[nodiscard]] static Parsed<Message> parse(std::string_view octets, Limits limits = {});
  [[nodiscard]] static Message request(std::string_view method, std::string_view request_uri);
  [[nodiscard]] static Message response(int status_code, std::string_view reason_phrase);

  /// Byte-identical to what was parsed as long as nothing was changed.
  [[nodiscard]] Octets write() const;

  [[nodiscard]] bool is_request() const { return status_ == 0; }
  [[nodiscard]] std::string_view method() const { return method_; }            ///< "" for a response
  [[nodiscard]] std::string_view request_uri() const { return request_uri_; }  ///< "" for a response
  [[nodiscard]] int status() const { return status_; }                         ///< 100..699, 0 for a request
  [[nodiscard]] std::string_view reason() const { return reason_; }
  [[nodiscard]] std::vector<Field> const& fields() const { return fields_; }
  [[nodiscard]] std::string const& body() const { return body_; }

  /// Value of the `nth` field with that name, counted from 0 in message order.
  [[nodiscard]] std::optional<std::string_view> value(Name name, std::size_t nth = 0) const;
  [[nodiscard]] std::vector<std::string_view> values(Name name) const;

  // Edits. Each drops the raw octets of what it touches and nothing else.
  Message& add(Name name, std::string_view value);  ///< behind the last field; `name` is not unknown
  Message& add(std::string_view spelling, std::string_view value);
  Message& add_first(Name name, std::string_view value);  ///< before the first such field, or before all
  Message& set(Name name, std::string_view value);  ///< changes the first such field, now in its long form, or adds one
  Message& drop(Name name);                         ///< every field of that name
  Message& set_request_uri(std::string_view uri);
  /// Sets body, Content-Type (dropped when the body is empty) and Content-Length.
  Message& set_body(std::string_view body, std::string_view content_type);

 private:
  std::string start_raw_;  ///< what stood before the first field, as received; empty when made
  std::string method_;
  std::string request_uri_;
  int status_ = 0;
  std::string reason_;
  std::vector<Field> fields_;
  std::string blank_raw_ = "\r\n";
  std::string body_;
};

/// Cuts the next message from a stream (RFC 3261 18.3: Content-Length is mandatory there). CRLFs before the start line
/// (RFC 3261 7.5, RFC 5626 keep-alives) belong to the message that follows.
[[nodiscard]] Framed frame(std::string_view stream, Limits limits = {});
/// What the one who has made a connection sends to keep it alive, and what the other answers at once (RFC 5626 3.5.1, 4.4.1).
inline constexpr std::string_view keep_alive_ping = "\r\n\r\n", keep_alive_pong = "\r\n";
/// Whether a stream holds CRLFs and nothing else: they keep it alive, and no message need follow (RFC 3261 7.5,
/// RFC 5626 3.5.1).
[[nodiscard]] bool is_keep_alive(std::string_view stream);

}  // namespace tollgate::sip
