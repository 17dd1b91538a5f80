#include "codec/ch2/http.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

namespace tollgate::ch2 {

namespace http = boost::beast::http;

namespace {

/// What stands wrong, by Beast's error.
ParseError error_of(boost::system::error_code const& error, std::size_t offset) {
  auto const is = [&](http::error which) { return error == http::make_error_code(which); };
  if (is(http::error::header_limit)) return {What::limit, offset, "header", "RFC 9112 2.1", "longer than 8 KiB"};
  if (is(http::error::body_limit)) return {What::limit, offset, "body", "RFC 9112 6.2", "longer than 64 KiB"};
  if (is(http::error::bad_content_length) || is(http::error::multiple_content_length))
    return {What::invalid, offset, "Content-Length", "RFC 9110 8.6", "no length, or two"};
  if (is(http::error::bad_transfer_encoding))
    return {What::invalid, offset, "Transfer-Encoding", "RFC 9112 6.1", "unknown, or beside a length"};
  if (is(http::error::bad_chunk) || is(http::error::bad_chunk_extension))
    return {What::invalid, offset, "chunk", "RFC 9112 7.1", "malformed"};
  if (is(http::error::bad_version)) return {What::invalid, offset, "HTTP-version", "RFC 9112 2.3", "not HTTP/1.0 or HTTP/1.1"};
  if (is(http::error::bad_method)) return {What::invalid, offset, "method", "RFC 9110 9.1", "no token"};
  if (is(http::error::bad_target)) return {What::invalid, offset, "request-target", "RFC 9112 3.2", "malformed"};
  if (is(http::error::bad_status)) return {What::invalid, offset, "status-code", "RFC 9112 4", "not three digits"};
  if (is(http::error::bad_field) || is(http::error::bad_value) || is(http::error::bad_obs_fold))
    return {What::invalid, offset, "field-line", "RFC 9112 5", "malformed"};
  if (is(http::error::bad_line_ending)) return {What::invalid, offset, "CRLF", "RFC 9112 2.2", "another line ending"};
  return {What::invalid, offset, "HTTP-message", "RFC 9112 2.1", "malformed"};
}

template <bool is_request>
class Reader {
 public:
  Reader() {
    parser_.eager(true);
    parser_.header_limit(http_header_octets_max);
    parser_.body_limit(http_body_octets_max);
  }
  explicit Reader(std::string_view stream) : Reader() { go_on(stream); }

  /// `stream`: what it has been given before, with what has come since.
  void go_on(std::string_view stream) {
    if (error_) return;
    try {
      read(stream);
    } catch (std::length_error const&) {  // of a field beyond what Beast can hold, which no limit of its parser sees in a trailer
      error_ = {What::limit, size_, "header", "RFC 9112 7.1.2", "a trailer field is too long"};
    }
    bool const is_complete = parser_.is_done() && !error_;
    if ((is_complete ? size_ : stream.size()) > http_octets_max && !error_)
      error_ = {What::limit, http_octets_max, "body", "RFC 9112 7.1", "its chunks add too much"};
  }

  /// Octets that have been read.
  [[nodiscard]] std::size_t size() const { return size_; }

  /// The header is there, and not all behind it. HTTP/1.0 knows no 100 (RFC 9110 10.1.1).
  [[nodiscard]] bool awaits_continue() {
    constexpr unsigned http_1_1 = 11;
    bool const is_waiting = !error_ && parser_.is_header_done() && !parser_.is_done();
    return is_waiting && parser_.get().version() >= http_1_1 && boost::beast::iequals(parser_.get()[http::field::expect], "100-continue");
  }

  [[nodiscard]] Framed framed() {
    if (error_) return Framed::bad(*error_);
    if (parser_.is_done()) return Framed::message(size_);
    // A response that ends with its connection: the one that follows could not be told from it.
    if (parser_.is_header_done() && parser_.need_eof())
      return Framed::bad({What::invalid, size_, "Content-Length", "RFC 9112 6.3", "neither a length nor chunks"});
    return Framed::more();
  }

  [[nodiscard]] HttpMessage take() {
    auto message = parser_.release();
    HttpMessage out{.is_request = is_request, .keeps_alive = message.keep_alive()};
    if constexpr (is_request) {
      out.method = std::string(message.method_string());
      out.target = std::string(message.target());
      constexpr unsigned http_1_1 = 11;
      auto const hosts = message.count(http::field::host);
      out.has_host = hosts == 1 || (hosts == 0 && message.version() < http_1_1);
    } else {
      out.status = message.result_int();
    }
    std::string_view const type(message[http::field::content_type]);
    out.content_type = lower(trim(type.substr(0, type.find(';'))));
    std::string_view const encoding(message[http::field::content_encoding]);
    if (!trim(encoding).empty() && lower(trim(encoding)) != "identity") out.content_encoding = std::string(trim(encoding));
    out.body = std::move(message.body());
    return out;
  }

 private:
  void read(std::string_view stream) {
    boost::system::error_code error;
    while (!parser_.is_done() && !error_ && size_ < stream.size()) {
      auto const taken = parser_.put(boost::asio::buffer(stream.data() + size_, stream.size() - size_), error);
      size_ += taken;
      if (error == http::make_error_code(http::error::need_more)) return;
      if (error) {
        error_ = error_of(error, size_);
        return;
      }
    }
    if (parser_.is_header_done() && !std::exchange(looked_at_coding_, true)) look_at_coding();
  }

  /// Beast reads on past codings that it does not undo, and takes a message for one without a body that has another coding alone.
  void look_at_coding() {
    for (auto const& field : parser_.get())
      if (field.name() == http::field::transfer_encoding && !boost::beast::iequals(trim(std::string_view(field.value())), "chunked"))
        error_ = {What::invalid, size_, "transfer-coding", "RFC 9112 6.1", "another than chunked"};
  }

  http::parser<is_request, http::string_body> parser_;
  std::size_t size_ = 0;
  bool looked_at_coding_ = false;
  std::optional<ParseError> error_;
};

template <bool is_request>
Parsed<HttpMessage> parse(std::string_view octets) {
  Reader<is_request> reader(octets);
  auto const framed = reader.framed();
  if (framed.state == Framed::State::invalid) return std::unexpected(framed.error);
  if (framed.state == Framed::State::need_more) return invalid(octets.size(), "HTTP-message", "RFC 9112 2.1", "ends too early");
  if (framed.size != octets.size()) return invalid(framed.size, "HTTP-message", "RFC 9112 2.1", "more octets than the message has");
  return reader.take();
}

bool begins_response(std::string_view octets) {
  return octets.starts_with("HTTP/");
}

}  // namespace

struct HttpRequests::Reading {
  Reader<true> reader;
};

HttpRequests::HttpRequests() : reading_(std::make_unique<Reading>()) {}
HttpRequests::~HttpRequests() = default;

std::optional<StreamBuffer::Cut> HttpRequests::next() {
  while (reading_->reader.size() == 0 && rest().starts_with("\r\n")) at_ += 2;  // before a request line (RFC 9112 2.2)
  auto const rest = this->rest();
  bool const is_cut_empty_line = rest == "\r" && reading_->reader.size() == 0;
  if (!rest.empty() && !is_cut_empty_line) {
    offered_ += rest.size() - reading_->reader.size();
    reading_->reader.go_on(rest);
  }
  auto const framed = rest.empty() || is_cut_empty_line ? Framed::more() : reading_->reader.framed();
  if (framed.state == Framed::State::need_more) {
    buffer_.erase(0, at_);
    at_ = 0;
    return std::nullopt;
  }
  bool const is_message = framed.state == Framed::State::message;
  static constexpr ParseError response{What::invalid, 0, "method", "RFC 9112 3", "a response where a request stands"};
  StreamBuffer::Cut cut{Octets(is_message ? rest.substr(0, framed.size) : rest), std::nullopt};
  if (!is_message) cut.error = begins_response(rest) ? response : framed.error;
  at_ += cut.octets.size();
  reading_ = std::make_unique<Reading>();
  return cut;
}

bool HttpRequests::awaits_continue() const {
  return reading_->reader.awaits_continue();
}

Framed frame_http(std::string_view stream) {
  if (begins_response(stream)) return Reader<false>(stream).framed();
  return Reader<true>(stream).framed();
}

Parsed<HttpMessage> parse_http(std::string_view octets) {
  return begins_response(octets) ? parse<false>(octets) : parse<true>(octets);
}

unsigned status_of(ParseError const& error) {
  constexpr unsigned bad_request = 400, too_large = 413, header_too_large = 431, not_implemented = 501, version_unsupported = 505;
  if (error.what == What::limit) return error.rule == "body" ? too_large : header_too_large;
  if (error.rule == "transfer-coding") return not_implemented;
  return error.rule == "HTTP-version" ? version_unsupported : bad_request;
}

bool is_http(std::string_view octets) {
  return !octets.empty() && octets.front() >= 'A' && octets.front() <= 'Z';
}

Octets write_post(std::string_view target, std::string_view host, std::string_view body, bool keeps_alive) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", target, host, content_type,
                     body.size(), keeps_alive ? "" : "Connection: close\r\n", body);
}

/// "Date: Sun, 06 Nov 1994 08:49:37 GMT", a line (RFC 9110 5.6.7).
static std::string date_line(std::int64_t at) {
  return fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(static_cast<std::time_t>(at)));
}

Octets write_response(unsigned status, std::string_view body, bool keeps_alive, std::optional<std::int64_t> at) {
  auto const reason = http::obsolete_reason(http::int_to_status(status));
  constexpr unsigned method_not_allowed = 405;
  std::string_view const allow = status == method_not_allowed ? "Allow: POST\r\n" : "";  // RFC 9110 15.5.6
  return fmt::format("HTTP/1.1 {} {}\r\n{}{}Content-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", status, std::string_view(reason),
                     at ? date_line(*at) : "", allow, content_type, body.size(), keeps_alive ? "" : "Connection: close\r\n", body);
}

}  // namespace tollgate::ch2
