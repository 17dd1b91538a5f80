#pragma once
/// Where the parts of one MSRP message lie in the octets that hold it; `frame` and `Message::parse` both stand on it.
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/start_line.hpp"

namespace tollgate::msrp {

struct Layout {
  StartLine start;
  std::string_view headers;              ///< every header line, with line ends
  std::optional<std::string_view> body;  ///< between the blank line and the CRLF before the end-line
  char flag = '$';
  std::size_t size = 0;  ///< octets of the whole message
};

/// The first message of `stream`; `need_more` while it is not complete. Reads every octet a constant number of times.
[[nodiscard]] Parsed<Layout> parse_layout(std::string_view stream, Limits const& limits);

}  // namespace tollgate::msrp
