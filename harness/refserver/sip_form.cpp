#include "refserver/sip_form.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace tollgate::refserver {

/// Of the fields that the server writes.
static constexpr std::array compact{
    std::pair{"Via", "v"},
    std::pair{"From", "f"},
    std::pair{"To", "t"},
    std::pair{"Call-ID", "i"},
    std::pair{"Contact", "m"},
    std::pair{"Content-Type", "c"},
    std::pair{"Content-Length", "l"},
    std::pair{"Supported", "k"},
    std::pair{"Accept-Contact", "a"},
};

/// The message as fields, each a name and the rest of its line.
using Field = std::pair<std::string_view, std::string_view>;

/// Backwards by name: the fields of one name follow each other as they did (RFC 3261 7.3.1).
static std::vector<Field> backwards(std::vector<Field> const& fields) {
  std::vector<Field> out;
  for (auto last = fields.rbegin(); last != fields.rend(); ++last) {
    auto const is_same = [last](Field const& one) { return iequals(one.first, last->first); };
    if (std::ranges::any_of(out, is_same)) continue;
    std::ranges::copy_if(fields, std::back_inserter(out), is_same);
  }
  return out;
}

Octets in_form(std::string_view message, SipForm const& form) {
  if (form == SipForm{}) return Octets(message);
  constexpr std::string_view line_end = "\r\n", head_end = "\r\n\r\n";
  auto const head = message.find(head_end);
  auto const start = message.find(line_end);
  if (head == std::string_view::npos) return Octets(message);
  std::vector<Field> fields;
  for (auto at = start + line_end.size(); at < head + line_end.size();) {
    auto const end = message.find(line_end, at);
    auto const line = message.substr(at, end - at);
    auto const colon = line.find(':');
    if (colon == std::string_view::npos) return Octets(message);
    fields.emplace_back(line.substr(0, colon), line.substr(colon));
    at = end + line_end.size();
  }
  if (form.other_order) fields = backwards(fields);
  Octets out(message.substr(0, start + line_end.size()));
  for (auto const& [name, rest] : fields) {
    auto const letter = std::ranges::find_if(compact, [&name](auto const& one) { return iequals(one.first, name); });
    out += form.compact_names && letter != compact.end() ? std::string_view(letter->second) : name;
    out += rest;
    out += line_end;
  }
  out += message.substr(head + line_end.size());
  return out;
}

}  // namespace tollgate::refserver
