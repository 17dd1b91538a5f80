#pragma once
/// The complaints of a check as the lines that a reader sees, for the tests of the checks.
#include <string>
#include <vector>

#include "tidy/checks.hpp"

namespace tollgate::tidy {

[[nodiscard]] inline std::vector<std::string> described(std::vector<Complaint> const& complaints) {
  std::vector<std::string> lines;
  lines.reserve(complaints.size());
  for (auto const& complaint : complaints) lines.push_back(describe(complaint));
  return lines;
}

}  // namespace tollgate::tidy
