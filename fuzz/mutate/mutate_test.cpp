// Each named mutation changes its message, breaks the framing only where it says so, and stays as small as it says.
#include "fuzz/mutate/mutate.hpp"

#include <gmock/gmock.h>
#include <set>

#include "codec/ch2/ch2.hpp"
#include "codec/ch2/http.hpp"
#include "codec/diameter/walk.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"
#include "fuzz/mutate/raw_avps.hpp"
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
          EXPECT_EQ(is_framed(protocol, mutated), mutation.framing != Framing::broken)
              << to_string(protocol) << ": " << mutation.name << " with seed " << seed << ": " << printable(mutated);
        }
      }
}

/// What stands behind the second blank line of a message/cpim, if it has one.
std::optional<std::string_view> cpim_content(std::string_view octets) {
  for (int blank_lines = 0; blank_lines < 2;) {
    auto const end = octets.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    blank_lines += octets.substr(0, end) == "\r" || end == 0 ? 1 : 0;
    octets.remove_prefix(end + 1);
  }
  return octets;
}

/// Calls `see(message, mutated, mutation)` for what each mutation of the protocol makes of each sample.
template <class See>
void for_each_mutated(Protocol protocol, See see) {
  for (auto const& mutation : mutations(protocol))
    for (auto const& message : samples(protocol))
      for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Random random(seed);
        auto const mutated = mutation.apply(message, random);
        if (mutated == message) continue;
        SCOPED_TRACE(std::string(mutation.name) + " with seed " + std::to_string(seed) + ": " + printable(mutated));
        see(message, mutated, mutation);
      }
}

/// A message/cpim stands in a message that says how long it is: its framing is where its content begins.
TEST(Mutations, LeaveTheContentOfCpimWhereItIsUnlessTheySayOtherwise) {
  for_each_mutated(Protocol::cpim, [](std::string_view message, std::string_view mutated, Mutation const& mutation) {
    EXPECT_EQ(cpim_content(mutated) == cpim_content(message), mutation.framing == Framing::kept);
  });
}

/// How many lines of `from`, each as often as it stands there, are not in `in`. The length that depends on the rest does
/// not count.
std::size_t lines_not_in(std::string_view from, std::string_view in) {
  std::multiset<std::string_view> left;
  for (auto const line : split(in, '\n')) left.insert(trim(line));
  std::size_t count = 0;
  for (auto const line : split(from, '\n')) {
    auto const found = left.find(trim(line));
    if (found != left.end())
      left.erase(found);
    else if (!line.starts_with("Content-Length:"))
      ++count;
  }
  return count;
}

/// One header field or line, or two where two change places or have to agree (method, transaction id).
TEST(Mutations, OfLinesBreakOneThing) {
  for (auto const protocol : {Protocol::sip, Protocol::sdp, Protocol::msrp, Protocol::cpim})
    for_each_mutated(protocol, [](std::string_view message, std::string_view mutated, Mutation const& mutation) {
      constexpr std::size_t part = 5, deepest = 8, times_most = 63;
      EXPECT_LE(lines_not_in(message, mutated), 2U);
      EXPECT_LE(lines_not_in(mutated, message), mutation.name == "parts_in_parts" ? part * deepest + 2
                                                : mutation.name == "many_lines"   ? times_most
                                                                                  : 4U);
    });
}

/// The AVPs of the message and of every group in it can be told apart; the nesting goes deeper than readers may go.
bool has_readable_avps(std::string_view octets) {
  auto const walked = diameter::walk(octets, diameter::Dictionary::standard(), [](auto const&, auto const*, std::size_t) {},
                                     {.depth = diameter::walk_depth_max});
  return walked || walked.error().what == What::limit;
}

TEST(Mutations, RepairTheLengthsOfGroupsUnlessTheySayOtherwise) {
  std::set<std::string_view> broke;
  for_each_mutated(Protocol::diameter, [&](std::string_view message, std::string_view mutated, Mutation const& mutation) {
    ASSERT_TRUE(has_readable_avps(message));
    if (mutation.framing == Framing::broken) return;
    bool const is_readable = has_readable_avps(mutated);
    if (mutation.framing == Framing::kept) EXPECT_TRUE(is_readable);
    if (!is_readable) broke.insert(mutation.name);
  });
  for (auto const& mutation : mutations(Protocol::diameter))
    if (mutation.framing == Framing::broken_inside) EXPECT_TRUE(broke.contains(mutation.name)) << mutation.name << " breaks nothing";
}

/// All but one AVP of the top are there as they were. Where an AVP Length lies, what follows reads as anything.
TEST(Mutations, OfDiameterTouchOneAvpOrTheHeader) {
  for_each_mutated(Protocol::diameter, [](std::string_view message, std::string_view mutated, Mutation const& mutation) {
    if (mutation.framing == Framing::broken) return;
    auto const before = read_raw_message(message);
    auto const after = read_raw_message(mutated);
    if (!after) return;  // an AVP Length at the top lies
    bool const has_other_header = before->header.substr(4) != after->header.substr(4);
    std::multiset<std::string> left;
    for (auto const& avp : before->avps) left.insert(write_raw_avps({avp}));
    for (auto const& avp : after->avps)
      if (auto const found = left.find(write_raw_avps({avp})); found != left.end()) left.erase(found);
    if (mutation.framing == Framing::kept) EXPECT_LE(left.size(), 1U);
    EXPECT_TRUE(left.empty() || !has_other_header);
  });
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
      if (protocol == Protocol::diameter) EXPECT_TRUE(has_readable_avps(crossed));
    }
    EXPECT_GT(changed, 0U) << to_string(protocol);
  }
}

}  // namespace
}  // namespace tollgate::fuzz
