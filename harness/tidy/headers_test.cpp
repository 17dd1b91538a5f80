// Headers that lack what they owe, and work left for later without an issue.
#include <gmock/gmock.h>

#include "tidy/described_test.hpp"

namespace tollgate::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> headers(std::string path, std::string text) {
  return described(check_header(Source(std::move(path), std::move(text))));
}

constexpr char const* no_pragma = "harness/base/a.hpp:1: the header lacks #pragma once";
constexpr char const* no_purpose = "harness/base/a.hpp:1: the header does not say in its first five lines what it is for";

TEST(Header, has_pragma_once_and_a_purpose) {
  EXPECT_THAT(headers("harness/base/a.hpp", "#pragma once\n/// Octets.\n"), IsEmpty());
  EXPECT_THAT(headers("harness/base/a.hpp", "// Octets.\n#pragma once\n"), IsEmpty());
  EXPECT_THAT(headers("harness/base/a.cpp", ""), IsEmpty());
}

TEST(Header, that_lacks_them_is_named) {
  EXPECT_THAT(headers("harness/base/a.hpp", ""), ElementsAre(no_pragma, no_purpose));
  EXPECT_THAT(headers("harness/base/a.hpp", "// #pragma once\n"), ElementsAre(no_pragma));
  EXPECT_THAT(headers("harness/base/a.hpp", "/// Octets.\n#pragma pack(1)\n"), ElementsAre(no_pragma));
  EXPECT_THAT(headers("harness/base/a.hpp", "#pragma once\n#include <string>\n"), ElementsAre(no_purpose));
  EXPECT_THAT(headers("harness/base/a.hpp", "#pragma once\n\n\n\n\n/// Too late.\n"), ElementsAre(no_purpose));
}

TEST(LooseEnds, name_an_issue) {
  auto const ends = [](std::string text) { return described(check_loose_ends(Source("harness/base/a.cpp", std::move(text)))); };
  EXPECT_THAT(ends("int a;  // TODO(#12): b\n// TODO #3 c\n// FIXME: #4\n"), IsEmpty());
  EXPECT_THAT(ends("int a;\nint b;  // TODO: c\n/* FIXME(me) */\n"), ElementsAre("harness/base/a.cpp:2: TODO names no issue: TODO(#12)",
                                                                                 "harness/base/a.cpp:3: FIXME names no issue: FIXME(#12)"));
  EXPECT_THAT(ends("auto a = \"TODO\"; int TODOS;  // TODOS, XXXL\n"), IsEmpty());
  EXPECT_THAT(ends("// TODO"), testing::SizeIs(1));
}

}  // namespace
}  // namespace tollgate::tidy
