#pragma once
/// The parts of a multipart body (RFC 2046 5.1.1).
#include <string_view>
#include <vector>

namespace tollgate {

struct BodyPart {
  std::string_view head;  ///< header fields, each with its line end; empty where there are none
  std::string_view body;

  /// The value of that header field, in any case of its name, without white space around it; "" where there is none. A folded value
  /// ends with its first line.
  [[nodiscard]] std::string_view value(std::string_view name) const;
};

/// In order, views into `body`. A part that no delimiter ends, ends with the body; what stands before the first delimiter or behind the
/// closing one is no part.
[[nodiscard]] std::vector<BodyPart> parts_of(std::string_view body, std::string_view boundary);

}  // namespace tollgate
