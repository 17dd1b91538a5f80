#include "actors/sipp/plainly.hpp"

#include "codec/sip/name.hpp"

namespace tollgate::sipp {

/// The white space that may stand before its colon is gone, and a name that is known is written in full.
static std::string field(std::string_view line) {
  auto const colon = line.find(':');
  if (colon == std::string_view::npos) return std::string(line);
  auto const spelling = trim(line.substr(0, colon));
  auto const name = sip::canonical(sip::name_of(spelling));
  return std::string(name.empty() ? spelling : name).append(line.substr(colon));
}

Octets plainly(Octets const& message) {
  auto const end = std::min(message.find("\r\n\r\n"), message.size());
  Octets out;
  for (auto line : split(std::string_view(message).substr(0, end), '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    bool const is_start = out.empty(), goes_on = !is_start && (line.starts_with(' ') || line.starts_with('\t'));
    if (goes_on)
      out.append(" ").append(trim(line));
    else
      out.append(is_start ? std::string(line) : "\r\n" + field(line));
  }
  return out.append(message.substr(end));
}

}  // namespace tollgate::sipp
