#include "fuzz/naive/sdp.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tollgate::fuzz::naive {

std::vector<SdpLine> sdp_lines(std::string_view text) {
  std::vector<SdpLine> lines;
  for (auto line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() >= 2) lines.push_back({line[0], std::string(line.substr(2))});
  }
  return lines;
}

std::optional<MessageMedia> first_message(std::vector<SdpLine> const& lines) {
  MessageMedia found;
  enum class At { session, other, message } at = At::session;
  for (auto const& line : lines) {
    bool const starts = line.type == 'm';
    if (starts && at == At::message) break;
    if (starts) at = line.value.starts_with("message ") ? At::message : At::other;
    if (at == At::session) found.session.push_back(line);
    if (at == At::message) found.media.push_back(line);
  }
  return found.media.empty() ? std::nullopt : std::optional(found);
}

std::optional<std::string> line_of(std::vector<SdpLine> const& lines, char type) {
  auto const found = std::ranges::find(lines, type, &SdpLine::type);
  return found == lines.end() ? std::nullopt : std::optional(found->value);
}

std::optional<std::string> attribute(std::vector<SdpLine> const& lines, std::string_view name) {
  auto const prefix = std::string(name) + ":";
  for (auto const& line : lines)
    if (line.type == 'a' && line.value.starts_with(prefix)) return line.value.substr(prefix.size());
  return std::nullopt;
}

std::optional<std::string> direction(std::vector<SdpLine> const& lines) {
  for (auto const& line : lines)
    for (auto const* const name : {"sendrecv", "sendonly", "recvonly", "inactive"})
      if (line.type == 'a' && line.value == name) return name;
  return std::nullopt;
}

std::string word(std::string_view line, std::size_t nth, char stop) {
  auto const words = split(line, ' ');
  return nth < words.size() ? std::string(words[nth].substr(0, words[nth].find(stop))) : "";
}

}  // namespace tollgate::fuzz::naive
