#include "reports/ladder_words.hpp"

#include <algorithm>

#include "reports/escape.hpp"

namespace tollgate::reports {

static bool begins_character(char octet) {
  return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U;
}

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

std::string shortened(std::string_view text, std::size_t most) {
  auto line = one_line(text);
  if (length_of(line) <= most) return line;
  std::size_t at = 0, characters = 0;
  while (at < line.size() && (!begins_character(line[at]) || ++characters < std::max<std::size_t>(most, 1))) ++at;
  return line.substr(0, at) + "…";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t most, std::size_t lines_most) {
  auto const line = one_line(text);
  std::vector<std::string> lines{""};
  for (std::size_t at = 0; at < line.size();) {
    auto const end = std::min(line.find(' ', at), line.size());
    auto const word = line.substr(at, end - at);
    bool const fits = lines.back().empty() || length_of(lines.back()) + 1 + length_of(word) <= most;
    if (!fits && lines.size() == lines_most) {
      lines.back() += " " + line.substr(at);
      break;
    }
    if (!fits) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    at = end + 1;
  }
  for (auto& one : lines) one = shortened(one, most);
  return lines;
}

}  // namespace tollgate::reports
