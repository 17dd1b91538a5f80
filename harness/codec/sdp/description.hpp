#pragma once
/// A session description, held line by line as received (RFC 8866 5).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"

namespace tollgate::sdp {

/// One `type=value` line; `end` is its line end as received ("\r\n", "\n" or "" for a cut last line).
struct Line {
  char type = 0;
  std::string value;
  std::string end = "\r\n";
};

struct Description {
  std::vector<Line> lines;

  /// Refuses what is not `type=value` lines in the order of RFC 8866 5 (v o s [i u e p c b] t.. [r z k a], then per
  /// media m [i c b k a]), v other than 0, an o= without six parts.
  [[nodiscard]] static Parsed<Description> parse(std::string_view text);
  [[nodiscard]] std::string write() const;
};

}  // namespace tollgate::sdp
