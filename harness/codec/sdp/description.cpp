#include "codec/sdp/description.hpp"

#include "codec/sdp/layout.hpp"

namespace tollgate::sdp {

static constexpr std::size_t lines_max = 1024;

Parsed<Description> Description::parse(std::string_view text) {
  Description description;
  Layout layout(text);
  for (LineView line; !layout.at_end();) {
    if (auto const read = layout.next(line); !read) return std::unexpected(read.error());
    if (description.lines.size() == lines_max)
      return over_limit(line.value.offset - 2, "session-description", "RFC 8866 9", "too many lines");
    description.lines.push_back({line.type, std::string(line.value.text), std::string(line.end)});
  }
  if (auto const whole = layout.finish(); !whole) return std::unexpected(whole.error());
  return description;
}

std::string Description::write() const {
  std::string text;
  for (auto const& line : lines) text.append(1, line.type).append("=").append(line.value).append(line.end);
  return text;
}

}  // namespace tollgate::sdp
