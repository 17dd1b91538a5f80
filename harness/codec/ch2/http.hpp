#pragma once
/// HTTP/1.1 messages that carry CH-2 documents (RFC 9110, RFC 9112): read by Boost.Beast, held as they came.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/parsed.hpp"
#include "base/text.hpp"
#include "codec/stream_buffer.hpp"

namespace tollgate::ch2 {

inline constexpr std::string_view default_target = "/ch2", content_type = "application/xml";
inline constexpr std::size_t http_header_octets_max = 8 << 10, http_body_octets_max = 64 << 10;
/// Of a message with all that chunks add to it: sizes, extensions, trailers.
inline constexpr std::size_t http_octets_max = 2 * http_body_octets_max;

struct HttpMessage {
  bool is_request = false;
  std::string method;        ///< of a request
  std::string target;        ///< of a request
  unsigned status = 0;       ///< of a response
  std::string content_type;  ///< without parameters, in small letters
  std::string content_encoding;  ///< "" for none, as for "identity" (RFC 9110 8.4)
  bool has_host = false;     ///< of a request: one, or none in HTTP/1.0 (RFC 9112 3.2)
  bool keeps_alive = true;   ///< the connection, after this one (RFC 9112 9.3)
  std::string body;          ///< without its chunks
};

/// A request begins with no "HTTP/". Over a limit is `What::limit`, rule "header" or "body".
[[nodiscard]] Framed frame_http(std::string_view stream);
/// Exactly one message, as `frame_http` cut it.
[[nodiscard]] Parsed<HttpMessage> parse_http(std::string_view octets);
/// The HTTP status for what `frame_http` or `parse_http` refuses: 400, 413 for the body, 431 for the header, 501 for a
/// transfer coding, 505 for the version.
[[nodiscard]] unsigned status_of(ParseError const& error);
/// The octets are HTTP, not Diameter, whose first octet is its version 1.
[[nodiscard]] bool is_http(std::string_view octets);

/// The requests of a connection, however they come in pieces: what has been read is not read again.
class HttpRequests {
 public:
  HttpRequests();
  ~HttpRequests();

  void append(std::string_view octets) { buffer_ += octets; }
  /// As `StreamBuffer` has it.
  [[nodiscard]] std::optional<StreamBuffer::Cut> next();
  [[nodiscard]] bool is_empty() const { return at_ == buffer_.size(); }
  [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(at_); }
  /// Of the next one the header is there, and who sends it waits for 100 before the rest (RFC 9110 10.1.1).
  [[nodiscard]] bool awaits_continue() const;
  /// To the parser so far: some twice, which it could not take before more came.
  [[nodiscard]] std::size_t octets_offered() const { return offered_; }

 private:
  struct Reading;
  std::unique_ptr<Reading> reading_;  ///< of the next one
  Octets buffer_;
  std::size_t at_ = 0;  ///< its start
  std::size_t offered_ = 0;
};

[[nodiscard]] Octets write_post(std::string_view target, std::string_view host, std::string_view body, bool keeps_alive = true);
/// `at`: seconds since 1970, for Date, which who has a clock sends (RFC 9110 6.6.1); nothing who has none.
[[nodiscard]] Octets write_response(unsigned status, std::string_view body, bool keeps_alive = true,
                                    std::optional<std::int64_t> at = std::nullopt);

}  // namespace tollgate::ch2
