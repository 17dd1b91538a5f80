// What holds for the cases of the suite, whatever they play.
#include "scenarios/suite.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace tollgate
