#pragma once
/// Message/CPIM (RFC 3862 2): message headers, a blank line, the encapsulated MIME part with headers of its own.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "base/text.hpp"

namespace tollgate::cpim {

/// `value` is without the parameters of RFC 3862 3.3 (`Subject:;lang=fr Bonjour`) and unfolded; `raw` is the line as
/// received with its line end, parameters and folds, empty when we made it.
struct Header {
  std::string name;
  std::string value;
  std::string raw;
};

struct Message {
  std::vector<Header> headers;          ///< From, To, DateTime, NS, imdn.Message-ID (RFC 3862 3)
  std::vector<Header> content_headers;  ///< Content-Type, Content-ID of the encapsulated part
  std::string content;
  std::string headers_end = "\r\n";          ///< the blank line, as received: CRLF or LF
  std::string content_headers_end = "\r\n";  ///< likewise

  /// LF alone ends a line as well as CRLF. `need_more` where a blank line is still missing.
  [[nodiscard]] static Parsed<Message> parse(std::string_view octets);
  [[nodiscard]] Octets write() const;

  [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;  ///< case-sensitive, RFC 3862 2.3
  [[nodiscard]] std::optional<std::string_view> content_value(std::string_view name) const;  ///< MIME: any case
};

}  // namespace tollgate::cpim
