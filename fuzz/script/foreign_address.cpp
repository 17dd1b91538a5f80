#include "fuzz/script/foreign_address.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace tollgate::fuzz {

/// What looks like dotted decimal: runs of digits and dots with three dots.
static std::set<std::string_view> addresses_in(std::string_view text) {
  std::set<std::string_view> out;
  constexpr std::string_view of_address = "0123456789.";
  for (std::size_t at = text.find_first_of(of_address); at != std::string_view::npos; at = text.find_first_of(of_address, at)) {
    auto const end = std::min(text.find_first_not_of(of_address, at), text.size());
    auto const run = text.substr(at, end - at);
    if (std::ranges::count(run, '.') == 3) out.insert(run);
    at = end;
  }
  return out;
}

bool leads_away(std::string_view original, std::string_view changed) {
  auto const known = addresses_in(original);
  return std::ranges::any_of(addresses_in(changed), [&](auto address) { return !known.contains(address) && !address.starts_with("127."); });
}

}  // namespace tollgate::fuzz
