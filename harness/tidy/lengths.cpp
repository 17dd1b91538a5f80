// A file is one concept and a function fits a screen: the limits of the house style.
#include <algorithm>
#include <fmt/format.h>

#include "tidy/checks.hpp"
#include "tidy/scopes.hpp"

namespace tollgate::tidy {

std::vector<Complaint> check_file_length(Source const& source) {
  bool const open_end = !source.text.empty() && source.text.back() != '\n';
  auto const lines = static_cast<std::size_t>(std::ranges::count(source.text, '\n')) + (open_end ? 1 : 0);
  if (lines <= file_lines_max) return {};
  return {{.file = source.path,
           .line = file_lines_max + 1,
           .what = fmt::format("the file has {} lines, {} at most: it holds two concepts", lines, file_lines_max)}};
}

std::vector<Complaint> check_function_lengths(Source const& source) {
  std::vector<Complaint> complaints;
  for (auto const& function : functions_in(source.code)) {
    auto const lines = source.line_of(function.end) - source.line_of(function.begin) + 1;
    if (lines <= function_lines_max) continue;
    complaints.push_back(
        source.complaint(function.begin, fmt::format("{} has {} lines, {} at most", function.name, lines, function_lines_max)));
  }
  return complaints;
}

}  // namespace tollgate::tidy
