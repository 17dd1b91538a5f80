#include "fuzz/script/change.hpp"

#include <gmock/gmock.h>
#include <map>
#include <set>

#include "codec/diameter/message.hpp"
#include "fuzz/script/foreign_address.hpp"
#include "fuzz/script/mutations.hpp"
#include "fuzz/script/script.hpp"

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;

TEST(Change, IsALineThatReadsBack) {
  for (std::string const line :
       {"sip 3 mutate sip.long_value 8123", "ch2 1 drop", "msrp 1 repeat 2", "sip 2 late 300", "msrp 1 cut 7", "msrp 2 close",
        "msrp 2 reset", "ch2 1 foreign", "msrp 1 also BYE", "msrp 1 also BYE 30", "msrp 1 again msrp.path 7",
        "ch2 0 mutate diameter.drop_avp 7", "sip 2 without Via", "ch2 1 without 443", "sip 2 without 120+40"}) {
    auto const change = parse_change(line);
    ASSERT_TRUE(change) << change.error();
    EXPECT_EQ(to_text(*change), line);
  }
}

TEST(Change, SaysWhatIsWrongWithALine) {
  struct Wrong {
    std::string line, says;
  };
  for (auto const& [line, says] : std::vector<Wrong>{{"sip 3", "a change is channel, number, act"},
                                                     {"http 3 drop", "the channel is sip, msrp or ch2"},
                                                     {"sip x drop", "from 1"},
                                                     {"sip 0 drop", "from 1"},
                                                     {"ch2 0 drop", "only mutated"},
                                                     {"sip 1 burn", "the third word is mutate"},
                                                     {"sip 1 mutate sip.nothing 1", "no such mutation"},
                                                     {"sip 1 again sip.nothing 1", "no such mutation"},
                                                     {"sip 1 drop 2", "takes 0 words"},
                                                     {"sip 1 cut 0", "an octet or more"},
                                                     {"sip 1 repeat 51", "50 is the most"},
                                                     {"sip 1 also DANCE", "REGISTER DEREGISTER"},
                                                     {"sip 1 also BYE 60001", "60000 is the most"},
                                                     {"sip 1 without 3+0", "a part is"},
                                                     {"sip 1 late soon", "the last word is a number"}}) {
    auto const change = parse_change(line);
    ASSERT_FALSE(change) << line;
    EXPECT_THAT(change.error(), HasSubstr(says));
  }
}

/// On a fresh server a case draws what it drew on the last one; played twice on one server, it begins no dialog twice.
TEST(Script, DrawsTheSameForTheSameNumber) {
  constexpr std::uint64_t seed = 7, number = 2658;
  auto const first = [](Random random) { return random.token(16); };
  EXPECT_EQ(first(random_of_case(seed, number, 0)), first(random_of_case(seed, number, 0)));
  std::set<std::string> different;
  for (std::uint64_t nth = 0; nth < 8; ++nth)
    for (std::uint64_t other = 0; other < 8; ++other) different.insert(first(random_of_case(seed, number + other, nth)));
  EXPECT_EQ(different.size(), 64U);
}

TEST(Mutations, AreNamedOnceAndKeepToTheirLayer) {
  std::string const ok =
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nContent-Type: application/sdp\r\nContent-Length: 23\r\n\r\n"
      "v=0\r\no=- 1 1 IN IP4 h\r\n";
  for (auto const channel : {trace::Channel::sip, trace::Channel::msrp, trace::Channel::ch2})
    for (auto const* one : mutations_on(channel)) EXPECT_EQ(find_mutation(one->name), one);
  Random random(1);
  auto const changed = mutated(*find_mutation("sdp.wrong_version"), ok, random);
  EXPECT_THAT(changed, HasSubstr("v=1\r\n"));
  EXPECT_THAT(changed, HasSubstr("Content-Length: 23\r\n"));
  EXPECT_EQ(mutated(*find_mutation("cpim.drop_field"), ok, random), ok);  // there is none in it
}

/// A peer's identifiers are other ones each time.
TEST(Mutations, DrawTheSameWhateverTheIdentifiersOfAMessage) {
  auto const message_with = [](std::uint32_t identifier) {
    diameter::Message message;
    message.header = {.command = 272, .application = 4, .hop_by_hop = identifier, .end_to_end = identifier + 1};
    message.avps = {{.code = 268, .flags = diameter::flag_mandatory, .data = std::string("\0\0\x07\xd1", 4)}};
    return message.write();
  };
  constexpr std::uint32_t digits = 0x31323334, letters = 0xfafbfcfd;
  constexpr std::size_t head = 12, identifiers = 8;
  unsigned kept = 0;
  for (auto const* const mutation : mutations_on(trace::Channel::ch2))
    for (std::uint64_t number = 0; number < 20; ++number) {
      Change const change{.channel = trace::Channel::ch2, .what = mutation->name, .number = number};
      auto const one = mutated(change, message_with(digits)), other = mutated(change, message_with(letters));
      ASSERT_EQ(one.has_value(), other.has_value()) << to_text(change);
      if (!one || one->size() < head + identifiers) continue;
      ASSERT_EQ(one->size(), other->size()) << to_text(change);
      EXPECT_EQ(one->substr(0, head), other->substr(0, head)) << to_text(change);
      EXPECT_EQ(one->substr(head + identifiers), other->substr(head + identifiers)) << to_text(change);
      kept += one->substr(head, identifiers) == message_with(digits).substr(head, identifiers) ? 1 : 0;
    }
  EXPECT_GT(kept, 100U) << "what is not changed stays";
}

/// Its ports, branches and paths are longer or shorter each time.
TEST(Mutations, FindTheSamePlaceWhateverAPeerWrites) {
  auto const message_with = [](std::string const& port, std::string const& path) {
    return "MSRP " + path + " SEND\r\nTo-Path: msrp://127.0.0.1:" + port + "/" + path +
           ";tcp\r\nByte-Range: 1-5/5\r\n\r\nhello\r\n-------" + path + "$\r\n";
  };
  std::map<std::string, unsigned> changed;
  for (std::string const name : {"raw.other_number", "raw.put_octet", "raw.flip_bit"})
    for (std::uint64_t number = 0; number < 200; ++number) {
      Change const change{.channel = trace::Channel::msrp, .what = name, .number = number};
      auto const range_in = [&](std::string const& message) {
        auto const octets = mutated(change, message).value_or(message);
        auto const at = octets.find("Range: ");
        return at == std::string::npos ? octets : octets.substr(at, octets.find("\r\n", at) - at);
      };
      auto const one = range_in(message_with("9", "a1b2c3d4")), other = range_in(message_with("50123", "zz9zz8zz77zz6zz5"));
      if (!one.starts_with("Range: ")) continue;
      EXPECT_EQ(one, other) << to_text(change);
      changed[name] += one == "Range: 1-5/5" ? 0 : 1;
    }
  EXPECT_EQ(changed.size(), 3U);
  for (auto const& [name, times] : changed) EXPECT_GT(times, 5U) << name;
}

TEST(ForeignAddress, IsOneOfAnotherMachine) {
  EXPECT_TRUE(leads_away("Contact: <sip:a@127.0.0.1:5060>", "Contact: <sip:a@255.0.0.1:5060>"));
  EXPECT_FALSE(leads_away("Contact: <sip:a@127.0.0.1:5060>", "Contact: <sip:a@127.0.0.256:1>"));
  EXPECT_FALSE(leads_away("c=IN IP4 10.0.0.7", "c=IN IP4 10.0.0.7\r\nc=IN IP4 10.0.0.7"));
  EXPECT_FALSE(leads_away("SIP/2.0 200 OK", "SIP/2.1 200 OK"));
}

}  // namespace
}  // namespace tollgate::fuzz
