#include "reports/catalogue_digest.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "reports/hash.hpp"

namespace tollgate::reports {

std::string catalogue_digest(std::span<Case const> suite) {
  std::vector<std::string> lines;
  for (auto const& one : suite)
    lines.push_back(fmt::format("{}\t{}\t{}\t{}\t{}\n", one.info.id, one.info.clause, one.info.strength, one.info.kind, one.info.purpose));
  std::ranges::sort(lines);
  return sha256(fmt::format("{}", fmt::join(lines, "")));
}

}  // namespace tollgate::reports
