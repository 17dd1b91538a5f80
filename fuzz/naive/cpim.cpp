#include "fuzz/naive/cpim.hpp"

#include <algorithm>

namespace tollgate::fuzz::naive {

/// Behind the parameters: the first space that no String holds.
static std::string_view behind_parameters(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted && text[i] == '\\')
      ++i;
    else if (!quoted && text[i] == ' ')
      return text.substr(i);
  }
  return {};
}

/// One block from `at`, which moves behind its blank line.
static std::vector<Field> block(std::string_view octets, std::size_t& at, bool has_parameters) {
  std::vector<Field> fields;
  for (;;) {
    auto const end = std::min(octets.find('\n', at), octets.size() - 1);
    auto line = octets.substr(at, end - at);
    at = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return fields;
    if (line[0] == ' ' || line[0] == '\t') {
      if (!fields.empty()) fields.back().value += line;
      continue;
    }
    auto const colon = std::min(line.find(':'), line.size());
    auto value = line.substr(std::min(colon + 1, line.size()));
    if (has_parameters && value.starts_with(';')) value = behind_parameters(value);
    if (value.starts_with(' ')) value.remove_prefix(1);
    fields.push_back({std::string(line.substr(0, colon)), std::string(value)});
  }
}

CpimText cpim(std::string_view octets) {
  CpimText out;
  std::size_t at = 0;
  out.headers = block(octets, at, true);
  out.content_headers = block(octets, at, false);
  out.content = octets.substr(at);
  return out;
}

}  // namespace tollgate::fuzz::naive
