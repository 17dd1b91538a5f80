#include "fuzz/mutate/text_message.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tollgate::fuzz {

/// A line of `octets` from `at`, which moves behind it.
static std::string_view take_line(std::string_view octets, std::size_t& at) {
  auto const end = std::min(octets.find('\n', at), octets.size());
  auto line = octets.substr(at, end - at);
  at = std::min(end + 1, octets.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

TextMessage read_text_message(std::string_view octets, bool starts_with_fields) {
  TextMessage message;
  std::size_t at = 0;
  if (!starts_with_fields) message.start = take_line(octets, at);
  while (at < octets.size()) {
    auto const line = take_line(octets, at);
    if (line.empty()) {
      message.body = octets.substr(at);
      break;
    }
    bool const is_fold = line.starts_with(' ') || line.starts_with('\t');
    if (is_fold && !message.fields.empty())
      message.fields.back().append(crlf).append(line);
    else
      message.fields.emplace_back(line);
  }
  return message;
}

std::string TextMessage::write() const {
  std::string out = start;
  if (!start.empty()) out += crlf;
  for (auto const& field : fields) out.append(field).append(crlf);
  if (body) out.append(crlf).append(*body);
  return out + end;
}

std::size_t value_at(std::string_view field) {
  auto const colon = field.find(':');
  if (colon == std::string_view::npos) return field.size();
  return std::min(field.find_first_not_of(" \t", colon + 1), field.size());
}

std::string_view name_of(std::string_view field) {
  return trim(field.substr(0, field.find(':')));
}

std::optional<std::size_t> find_field(TextMessage const& message, std::string_view name, std::string_view compact) {
  for (std::size_t i = 0; i < message.fields.size(); ++i) {
    auto const own = name_of(message.fields[i]);
    if (iequals(own, name) || (!compact.empty() && iequals(own, compact))) return i;
  }
  return std::nullopt;
}

}  // namespace tollgate::fuzz
