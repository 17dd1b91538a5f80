#include "fuzz/script/named_users.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace tollgate::fuzz {

std::vector<unsigned> named_users(std::string_view pattern, std::string_view octets) {
  constexpr std::string_view place = "{n}";
  auto const at = pattern.find(place);
  if (at == std::string_view::npos) return {};
  auto const before = pattern.substr(pattern.find(':') + 1, at - pattern.find(':') - 1);
  auto const behind = before.empty() ? pattern.substr(at + place.size()) : std::string_view();  // a bare number would be any
  std::vector<unsigned> out;
  for (auto from = octets.find(before); from < octets.size(); from = octets.find(before, from + 1)) {
    auto const rest = octets.substr(from + before.size());
    unsigned number = 0;
    auto const [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    auto const left = rest.substr(static_cast<std::size_t>(end - rest.data()));
    if (error == std::errc() && left.starts_with(behind) && std::ranges::find(out, number) == out.end()) out.push_back(number);
  }
  return out;
}

}  // namespace tollgate::fuzz
