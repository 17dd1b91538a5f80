#include "fuzz/support/file_place.hpp"

#include "base/text.hpp"

namespace tollgate::fuzz {

bool is_place_in(std::string_view where, std::string_view file, std::string_view text) {
  auto const parts = split(where, ':');
  if (parts.size() != 3 || parts[0] != file) return false;
  auto const line = to_number<std::size_t>(parts[1]);
  auto const column = to_number<std::size_t>(parts[2]);
  auto const lines = split(text, '\n');
  return line && column && *line >= 1 && *line <= lines.size() && *column >= 1 && *column <= lines[*line - 1].size() + 1;
}

}  // namespace tollgate::fuzz
