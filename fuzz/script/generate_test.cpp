#include "fuzz/script/generate.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

Generator generator(std::uint64_t seed, Channels channels = {}) {
  return {seed, {{.base = "push", .sent = {4, 2, 2}}, {.base = "push-tcp", .sent = {4, 2, 2}}}, channels, {}};
}

TEST(Generator, MakesTheSameCasesOfTheSameSeed) {
  auto const one = generator(7), same = generator(7), other = generator(8);
  unsigned differ = 0;
  for (std::uint64_t number = 1; number <= 200; ++number) {
    auto const script = one.make(number);
    EXPECT_EQ(script, same.make(number));
    EXPECT_FALSE(script.changes.empty());
    EXPECT_EQ(one.make(number + 1, &script), same.make(number + 1, &script));
    differ += script == other.make(number) ? 0 : 1;
  }
  EXPECT_GT(differ, 190U);
}

TEST(Generator, ChangesOnlyWhatItIsTold) {
  auto const only = generator(1, {.sip = false, .msrp = true, .ch2 = false});
  for (std::uint64_t number = 1; number <= 300; ++number)
    for (auto const& change : only.make(number).changes) {
      EXPECT_EQ(change.channel, trace::Channel::msrp);
      EXPECT_LE(change.nth, 2U);
      EXPECT_TRUE(parse_change(to_text(change))) << to_text(change);
    }
}

TEST(Generator, ChangesHttpByItsOwnGrammar) {
  auto const http = generator(1, {.sip = false, .msrp = false, .ch2 = true, .binding = ch2::Binding::http});
  unsigned of_http = 0;
  for (std::uint64_t number = 1; number <= 300; ++number)
    for (auto const& change : http.make(number).changes) {
      EXPECT_FALSE(change.what.starts_with("diameter.")) << change.what;
      of_http += change.what.starts_with("http.") ? 1 : 0;
    }
  EXPECT_GT(of_http, 100U);
}

}  // namespace
}  // namespace tollgate::fuzz
