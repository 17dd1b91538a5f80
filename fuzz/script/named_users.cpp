#include "fuzz/script/named_users.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "codec/sip/characters.hpp"

namespace tollgate::fuzz {

std::vector<unsigned> named_users(std::string_view pattern, std::string_view octets) {
  constexpr std::string_view place = "{n}";
  auto const at = pattern.find(place), colon = pattern.find(':');
  if (at == std::string_view::npos) return {};
  auto before = pattern.substr(colon + 1, at - colon - 1), behind = std::string_view();
  if (before.empty()) behind = pattern.substr(at + place.size());  // a bare number would be any
  if (before.empty() && behind.empty()) before = pattern.substr(0, at);
  std::vector<unsigned> out;
  for (auto from = octets.find(before); from < octets.size(); from = octets.find(before, from + 1)) {
    bool const is_within = before.empty() && from > 0 && sip::digit_set.contains(octets[from - 1]);
    auto const rest = is_within ? std::string_view() : octets.substr(from + before.size());
    unsigned number = 0;
    auto const [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    auto const left = rest.substr(static_cast<std::size_t>(end - rest.data()));
    if (error == std::errc() && left.starts_with(behind) && std::ranges::find(out, number) == out.end()) out.push_back(number);
  }
  return out;
}

}  // namespace tollgate::fuzz
