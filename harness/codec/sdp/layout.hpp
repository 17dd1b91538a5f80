#pragma once
/// How a session description is laid out in lines and in which order they stand (RFC 8866 5, 9): the one reading of
/// that grammar, on which `Index`, `Description` and `judge` all stand.
#include <cstddef>
#include <string_view>

#include "base/marks.hpp"
#include "base/parsed.hpp"

namespace tollgate::sdp {

/// A piece of the text and its offset there.
struct Piece {
  std::string_view text;
  std::size_t offset = 0;
};

/// One `type=value` line.
struct LineView {
  char type = 0;
  Piece value;
  std::string_view end;  ///< its line end as received: "\r\n", "\n" or "" for a cut last line
};

class Layout {
 public:
  explicit Layout(std::string_view text) : text_(text), line_ends_(text), has_nul_(text.contains('\0')) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  /// The next line. Refuses what is no line, one that cannot stand there (v o s [i u e p c b] t.. [r z k a], then per
  /// media m [i c b k a]), v other than 0, an o= without six parts; one may go on behind it.
  [[nodiscard]] Parsed<void> next(LineView& line);
  /// Refuses a text that has ended before its mandatory lines.
  [[nodiscard]] Parsed<void> finish() const;

 private:
  /// Takes the line at `at_`, which moves behind it whatever it is.
  [[nodiscard]] Parsed<void> cut(LineView& line);
  /// The line type that must come first, as a rule; "" when none is missing.
  [[nodiscard]] std::string_view missing() const;
  /// The rule that a line of `type` breaks at this place, or "" after moving there.
  [[nodiscard]] std::string_view step(char type);

  std::string_view text_;
  Marks<'\n', '\r'> line_ends_;
  bool has_nul_;
  std::size_t at_ = 0;
  // Where in a description we are.
  bool in_media_ = false;
  std::size_t next_mandatory_ = 0;  ///< of the session's
  std::size_t last_ = 0;            ///< rank of the line type seen last
};

}  // namespace tollgate::sdp
