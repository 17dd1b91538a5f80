// Each named mutation changes its message, breaks the framing only where it says so, and stays as small as it says.
#include "fuzz/mutate/mutate.hpp"

#include <gmock/gmock.h>
#include <set>

#include "codec/ch2/ch2.hpp"
#include "codec/ch2/http.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"
#include "fuzz/mutate/samples_test.hpp"

namespace tollgate::fuzz {
namespace {

constexpr std::array protocols{Protocol::sip, Protocol::sdp, Protocol::msrp, Protocol::cpim, Protocol::diameter, Protocol::http};

bool is_framed(Protocol protocol, std::string_view octets) {
  auto const framed = protocol == Protocol::sip    ? sip::frame(octets)
                      : protocol == Protocol::msrp ? msrp::frame(octets)
                      : protocol == Protocol::http ? ch2::frame_http(octets)
                                                   : diameter::frame(octets);
  return framed.state == Framed::State::message && framed.size == octets.size();
}

TEST(Mutations, HaveNamesOfTheirOwnAndSayWhatTheyDo) {
  for (auto const protocol : protocols) {
    std::set<std::string_view> names;
    for (auto const& mutation : mutations(protocol)) {
      EXPECT_TRUE(names.insert(mutation.name).second) << to_string(protocol) << ": " << mutation.name;
      EXPECT_FALSE(mutation.says.empty()) << mutation.name;
    }
    EXPECT_GE(names.size(), 15U) << to_string(protocol);
  }
}

TEST(Mutations, EachAppliesToSomeGoodMessageAndChangesIt) {
  for (auto const protocol : protocols)
    for (auto const& mutation : mutations(protocol)) {
      std::size_t changed = 0;
      for (auto const& message : samples(protocol))
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
          Random random(seed);
          changed += mutation.apply(message, random) != message ? 1 : 0;
        }
      EXPECT_GT(changed, 0U) << to_string(protocol) << ": " << mutation.name;
    }
}

TEST(Mutations, KeepTheFramingUnlessTheySayOtherwise) {
  for (auto const protocol : {Protocol::sip, Protocol::msrp, Protocol::diameter, Protocol::http})
    for (auto const& mutation : mutations(protocol))
      for (auto const& message : samples(protocol)) {
        ASSERT_TRUE(is_framed(protocol, message)) << printable(message);
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
          Random random(seed);
          auto const mutated = mutation.apply(message, random);
          if (mutated == message) continue;
          EXPECT_EQ(is_framed(protocol, mutated), mutation.framing == Framing::kept)
              << to_string(protocol) << ": " << mutation.name << " with seed " << seed << ": " << printable(mutated);
        }
      }
}

/// A mutation breaks one thing: what it leaves in front and behind of its place is the message's own.
TEST(Mutations, TouchLessThanHalfOfALongMessage) {
  auto const& sip = samples(Protocol::sip).front();
  for (auto const& mutation : mutations(Protocol::sip)) {
    if (mutation.name == "swap_fields" || mutation.name == "unknown_method") continue;  // two places
    Random random(1);
    auto const mutated = mutation.apply(sip, random);
    auto const front = std::ranges::mismatch(sip, mutated).in1 - sip.begin();
    auto const back = std::ranges::mismatch(sip.rbegin(), sip.rend(), mutated.rbegin(), mutated.rend()).in1 - sip.rbegin();
    EXPECT_GT(front + back, static_cast<std::ptrdiff_t>(sip.size() / 2)) << mutation.name << printable(mutated);
  }
}

TEST(Mutations, TheSameSeedGivesTheSameOctets) {
  for (auto const protocol : protocols)
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      Random once(seed);
      Random again(seed);
      EXPECT_EQ(mutate(protocol, samples(protocol).front(), once), mutate(protocol, samples(protocol).front(), again));
    }
}

TEST(Mutations, TakeAnyOctetsAndTheirOwnProducts) {
  for (auto const protocol : protocols) {
    Random random(7);
    for (std::string const start : {"", "\n", ":", "MSRP", "v=", "INVITE", "\xff\xfe"}) {
      auto message = start;
      for (int round = 0; round < 200; ++round) message = mutate(protocol, message, random).substr(0, 2000);
    }
    for (auto message : samples(protocol))
      for (int round = 0; round < 200; ++round) message = mutate(protocol, message, random).substr(0, 4000);
  }
}

TEST(CrossOver, PutsAPartOfTheSecondMessageIntoTheFirst) {
  for (auto const protocol : protocols) {
    auto const& all = samples(protocol);
    std::size_t changed = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Random random(seed);
      auto const crossed = cross_over(protocol, all.front(), all.back(), random);
      changed += crossed != all.front() ? 1 : 0;
      if (protocol == Protocol::sip || protocol == Protocol::diameter) EXPECT_TRUE(is_framed(protocol, crossed));
    }
    EXPECT_GT(changed, 0U) << to_string(protocol);
  }
}

}  // namespace
}  // namespace tollgate::fuzz
