// What holds for the cases of the suite, whatever they play.
#include "scenarios/suite.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace tollgate {
namespace {

/// A server may end the Diameter connection on what these send, and a restart ends all of them: no other case may feel it.
TEST(Suite, WhatTakesTheConnectionRunsByItself) {
  unsigned found = 0;
  for (auto const& one : built_in_suite()) {
    auto const& id = one.info.id;
    if (!id.starts_with("DI-") && id != "RX-09" && id != "RB-16") continue;
    EXPECT_TRUE(one.alone) << id << " at " << one.info.file;
    ++found;
  }
  EXPECT_EQ(found, 12U);
}

/// At most eight of the catalogue's purposes may be less than it says (the list is in README.md, with what each says of itself).
TEST(Suite, SaysItselfWhatIsNotBuiltAsTheCatalogueHasIt) {
  std::ifstream file(TOLLGATE_SOURCE_DIR "/scenarios/README.md");
  std::string const readme(std::istreambuf_iterator<char>(file), {});
  auto const table = readme.substr(readme.find("## What is not built"));
  unsigned found = 0;
  for (auto const& one : built_in_suite()) {
    auto const& info = one.info;
    EXPECT_EQ(table.contains(fmt::format("\n| `{}` |", info.id)), !info.not_built.empty()) << info.id;
    found += info.not_built.empty() ? 0 : 1;
  }
  EXPECT_EQ(found, 8U);
}

}  // namespace
}  // namespace tollgate
