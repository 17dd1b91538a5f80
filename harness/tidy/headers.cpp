// What every header owes its reader, and work left for later.
#include <algorithm>
#include <fmt/format.h>

#include "tidy/checks.hpp"

namespace tollgate::tidy {

static constexpr std::size_t purpose_within_lines = 5;

static bool has_pragma_once(std::string_view code) {
  for (auto const at : all_words(code, "pragma")) {
    auto const next = skip_space(code, at + std::string_view("pragma").size());
    if (find_word(code, "once", next) == next) return true;
  }
  return false;
}

static bool says_its_purpose(Source const& source) {
  auto const first = skip_space(source.comments, 0);
  return first < source.comments.size() && source.line_of(first) <= purpose_within_lines;
}

std::vector<Complaint> check_header(Source const& source) {
  std::vector<Complaint> complaints;
  if (!source.is_header()) return complaints;
  if (!has_pragma_once(source.code)) complaints.push_back(source.complaint(0, "the header lacks #pragma once"));
  if (!says_its_purpose(source))
    complaints.push_back(source.complaint(0, "the header does not say in its first five lines what it is for"));
  return complaints;
}

std::vector<Complaint> check_loose_ends(Source const& source) {
  std::vector<Complaint> complaints;
  std::string_view const comments = source.comments;
  for (std::string_view const mark : {"TODO", "FIXME", "XXX"}) {
    for (auto const at : all_words(comments, mark)) {
      auto rest = comments.substr(at + mark.size());
      rest.remove_prefix(std::min(rest.find_first_not_of(" (:"), rest.size()));
      bool const names_issue = rest.size() > 1 && rest[0] == '#' && rest[1] >= '0' && rest[1] <= '9';
      if (!names_issue) complaints.push_back(source.complaint(at, fmt::format("{} names no issue: {}(#12)", mark, mark)));
    }
  }
  return in_order(std::move(complaints));
}

}  // namespace tollgate::tidy
