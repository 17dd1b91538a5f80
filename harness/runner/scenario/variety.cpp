#include "runner/scenario/variety.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tollgate {

double seen_bits(std::set<std::string> const& values) {
  std::size_t longest = 0;
  for (auto const& value : values) longest = std::max(longest, value.size());
  double bits = 0;
  for (std::size_t place = 0; place < longest; ++place) {
    std::set<char> seen;
    for (auto const& value : values) seen.insert(place < value.size() ? value[place] : '\0');
    bits += std::log2(static_cast<double>(seen.size()));
  }
  return bits;
}

}  // namespace tollgate
