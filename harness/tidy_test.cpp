// Holds the whole tree to the checks of harness/tidy: each complaint is a failure at its file and line.
#include <concepts>
#include <gtest/gtest.h>
#include <set>

#include "tidy/checks.hpp"
#include "tidy/tree.hpp"

namespace tollgate::tidy {
namespace {

std::vector<Source> const& tree() {
  static std::vector<Source> const sources = read_tree(TOLLGATE_SOURCE_DIR);
  return sources;
}

template <std::invocable<Source const&> Check>
void expect_clean(Check check) {
  for (auto const& source : tree()) {
    for (auto const& complaint : check(source))
      ADD_FAILURE_AT(complaint.file.c_str(), static_cast<int>(complaint.line)) << describe(complaint);
  }
}

TEST(Tree, is_found) {
  std::set<std::string> paths;
  for (auto const& source : tree()) paths.insert(source.path);
  EXPECT_GT(paths.size(), 50U);
  EXPECT_TRUE(paths.contains("harness/tidy_test.cpp"));
  EXPECT_TRUE(paths.contains("harness/base/parsed.hpp"));
  EXPECT_TRUE(paths.contains("scenarios/suite.hpp"));
}

TEST(Tree, includes_follow_the_layers) {
  expect_clean(check_includes);
}
TEST(Tree, files_are_one_concept) {
  expect_clean(check_file_length);
}
TEST(Tree, functions_fit_a_screen) {
  expect_clean(check_function_lengths);
}
TEST(Tree, no_exception_is_swallowed) {
  expect_clean(check_swallowed_exceptions);
}
TEST(Tree, headers_say_what_they_are_for) {
  expect_clean(check_header);
}
TEST(Tree, work_left_for_later_names_an_issue) {
  expect_clean(check_loose_ends);
}
TEST(Tree, no_banned_name_is_used) {
  expect_clean([](Source const& source) { return check_banned_names(source, permits()); });
}

/// A permit that nothing needs any more would let the name back in unseen.
TEST(Tree, every_permit_is_needed) {
  for (auto const& permit : permits()) {
    bool needed = false;
    for (auto const& source : tree()) {
      if (source.path != permit.file) continue;
      for (auto const& complaint : check_banned_names(source, {})) needed = needed || complaint.what.starts_with(permit.name);
    }
    EXPECT_TRUE(needed) << permit.file << " does not use " << permit.name << "; drop the permit in harness/tidy/banned.cpp";
    EXPECT_FALSE(permit.reason.empty()) << permit.file;
  }
}

}  // namespace
}  // namespace tollgate::tidy
