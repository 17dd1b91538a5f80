#pragma once
/// The result of reading something that a peer, a file or a user wrote: a value, or where and why it could not be read.
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace tollgate {

enum class What : std::uint8_t {
  need_more,  ///< the octets so far are good; feed more
  mismatch,   ///< another alternative of the grammar may fit
  invalid,    ///< no continuation can make this right
  limit,      ///< well-formed perhaps, but over a stated limit
};

/// Why octets could not be read. `rule` and `clause` point at literals, so an error never allocates.
struct ParseError {
  What what = What::invalid;
  std::size_t offset = 0;   ///< octets from the start of the text that was given
  std::string_view rule;    ///< grammar rule, as the standard spells it: "CSeq", "end-line"
  std::string_view clause;  ///< where the standard says so: "RFC 3261 20.16"
  std::string_view detail;  ///< what was found, in a few words: "number overflows"
};

template <class T>
using Parsed = std::expected<T, ParseError>;

[[nodiscard]] constexpr std::unexpected<ParseError> invalid(std::size_t offset, std::string_view rule, std::string_view clause,
                                                            std::string_view detail = {}) {
  return std::unexpected(ParseError{What::invalid, offset, rule, clause, detail});
}
[[nodiscard]] constexpr std::unexpected<ParseError> over_limit(std::size_t offset, std::string_view rule, std::string_view clause,
                                                               std::string_view detail = {}) {
  return std::unexpected(ParseError{What::limit, offset, rule, clause, detail});
}
/// The same error, seen from a text that holds the failed one at `base`.
[[nodiscard]] constexpr std::unexpected<ParseError> shifted(ParseError error, std::size_t base) {
  error.offset += base;
  return std::unexpected(error);
}

/// One line: `invalid CSeq at octet 17: number overflows (RFC 3261 20.16)`.
[[nodiscard]] std::string describe(ParseError const& error);

/// What a framer says of the start of a stream.
struct Framed {
  enum class State : std::uint8_t { need_more, message, invalid } state = State::need_more;
  std::size_t size = 0;  ///< octets of the message when `state` is `message`
  ParseError error;      ///< when `state` is `invalid`

  [[nodiscard]] static Framed more() { return {}; }
  [[nodiscard]] static Framed message(std::size_t size) { return {State::message, size, {}}; }
  [[nodiscard]] static Framed bad(ParseError error) { return {State::invalid, 0, error}; }
};

}  // namespace tollgate
