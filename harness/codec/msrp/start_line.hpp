#pragma once
/// The first line of an MSRP message (RFC 4975 9: req-start, resp-start).
#include <cstddef>
#include <string_view>

#include "base/parsed.hpp"

namespace tollgate::msrp {

struct StartLine {
  std::string_view transaction_id;  ///< ident characters; `judge` says how many there may be
  std::string_view method;          ///< "" for a response
  int status = 0;                   ///< 0 for a request
  std::string_view comment;
  std::size_t size = 0;  ///< octets with the line end
};

/// From the start of a stream. `need_more` while the octets so far can still become a start line of at most
/// `octets_max`.
[[nodiscard]] Parsed<StartLine> parse_start_line(std::string_view stream, std::size_t octets_max);

}  // namespace tollgate::msrp
