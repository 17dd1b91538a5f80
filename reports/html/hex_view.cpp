#include "reports/html/hex_view.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "reports/escape.hpp"

namespace tollgate::reports {

namespace {

constexpr std::size_t octets_a_line = 16, hex_most = 1024;

/// Nothing for an octet that nobody blames; of several diagnostics the first.
Diagnostic const* about(std::span<Diagnostic const> found, std::size_t at) {
  auto const one = std::ranges::find_if(
      found, [at](Diagnostic const& each) { return each.offset <= at && at < each.offset + std::max<std::size_t>(each.size, 1); });
  return one == found.end() ? nullptr : &*one;
}

std::string letters(std::string_view octets) {
  std::string out;
  for (char const c : octets) out += c > ' ' && c < 0x7f ? c : '.';
  return markup(out);
}

/// "0010  00 00 01 07 40", neighbours that one diagnostic blames in one <mark>.
std::string line(std::string_view octets, std::size_t begin, std::span<Diagnostic const> found) {
  auto out = fmt::format("{:04x}  ", begin);
  auto const some = octets.substr(begin, octets_a_line);
  Diagnostic const* blamed = nullptr;
  for (std::size_t i = 0; i < some.size(); ++i) {
    auto const* const now = about(found, begin + i);
    if (now != blamed && blamed != nullptr) out += "</mark>";
    if (i > 0) out += ' ';
    if (now != blamed && now != nullptr)
      out += fmt::format(R"(<mark title="{}">{})", markup(fmt::format("{}, {}", now->rule, now->clause)), now->size == 0 ? "‸" : "");
    out += fmt::format("{:02x}", static_cast<unsigned char>(some[i]));
    blamed = now;
  }
  if (blamed != nullptr) out += "</mark>";
  return out + fmt::format("{:{}}  {}\n", "", 3 * (octets_a_line - some.size()), letters(some));
}

}  // namespace

std::string hex_view(std::string_view octets, std::span<Diagnostic const> found) {
  std::string out;
  auto const shown = octets.substr(0, hex_most);
  for (std::size_t at = 0; at < shown.size(); at += octets_a_line) out += line(shown, at, found);
  for (auto const& one : found)
    if (one.offset >= octets.size())
      out += fmt::format(R"(<mark title="{}">‸</mark> something is absent behind the last octet{})",
                         markup(fmt::format("{}, {}", one.rule, one.clause)), "\n");
  if (shown.size() < octets.size()) out += fmt::format("[{} more octets: see the trace]\n", octets.size() - shown.size());
  return out;
}

}  // namespace tollgate::reports
