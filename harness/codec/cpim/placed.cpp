#include "codec/cpim/placed.hpp"

#include <algorithm>

namespace tollgate::cpim {

std::size_t Placed::value_at() const {
  std::size_t const line_end = header.raw.ends_with("\r\n") ? 2 : 1;
  return offset + header.raw.size() - line_end - header.value.size();
}

std::pair<std::size_t, std::string_view> Placed::parameters() const {
  auto const begin = header.name.size() + 1;
  auto text = std::string_view(header.raw).substr(begin, value_at() - offset - begin);
  if (text.ends_with(' ')) text.remove_suffix(1);
  return {offset + begin, text};
}

std::size_t line_size(std::string_view octets, std::size_t at) {
  auto const rest = octets.substr(std::min(at, octets.size()));
  return std::min(rest.find_first_of("\r\n"), rest.size());
}

void judge_line_end(std::string_view raw, std::size_t offset, Deviations& found) {
  if (!raw.ends_with("\r\n")) found.note({offset + raw.size() - 1, 1, "CRLF", "RFC 3862 3.6", Strength::must, "LF alone"}, Outcome::either);
}

}  // namespace tollgate::cpim
