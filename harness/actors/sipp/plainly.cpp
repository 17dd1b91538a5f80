#include "actors/sipp/plainly.hpp"

namespace tollgate::sipp {

Octets plainly(Octets const& message) {
  auto const end = std::min(message.find("\r\n\r\n"), message.size());
  std::string head;
  for (auto const line : split(std::string_view(message).substr(0, end), '\n')) {
    auto const text = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    bool const goes_on = !head.empty() && (text.starts_with(' ') || text.starts_with('\t'));
    if (goes_on)
      head.append(" ").append(trim(text));
    else
      head.append(head.empty() ? "" : "\r\n").append(text);
  }
  Octets out;
  for (auto const line : split(std::string_view(head), '\n')) {
    auto const colon = line.find(':');
    auto const name = trim(line.substr(0, std::min(colon, line.size())));
    bool const is_field = !out.empty() && colon != std::string_view::npos;
    out.append(out.empty() ? "" : "\n");
    if (is_field)
      out.append(name).append(line.substr(colon));
    else
      out.append(line);
  }
  return out.append(message.substr(end));
}

}  // namespace tollgate::sipp
