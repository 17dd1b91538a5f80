#include "fuzz/campaign/change.hpp"

#include <gmock/gmock.h>
#include <set>

#include "codec/diameter/message.hpp"
#include "fuzz/campaign/foreign_address.hpp"
#include "fuzz/campaign/generate.hpp"
#include "fuzz/campaign/mutations.hpp"
#include "fuzz/campaign/repro_file.hpp"

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

TEST(ForeignAddress, IsOneOfAnotherMachine) {
  EXPECT_TRUE(leads_away("Contact: <sip:a@127.0.0.1:5060>", "Contact: <sip:a@255.0.0.1:5060>"));
  EXPECT_FALSE(leads_away("Contact: <sip:a@127.0.0.1:5060>", "Contact: <sip:a@127.0.0.256:1>"));
  EXPECT_FALSE(leads_away("c=IN IP4 10.0.0.7", "c=IN IP4 10.0.0.7\r\nc=IN IP4 10.0.0.7"));
  EXPECT_FALSE(leads_away("SIP/2.0 200 OK", "SIP/2.1 200 OK"));
}

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

TEST(ReproFile, ReadsBack) {
  ReproFile out{.kind = "crash",
                .bucket = "heap-buffer-overflow f < g \"\\\x01",
                .says = "it ended",
                .seed = UINT64_MAX,
                .faults = {"D01", "D02"},
                .sut = "acme.toml",
                .imserver = "build/defects/bin/imserver",
                .timeout_scale = 0.1,
                .ways = {.sip = trace::Transport::tcp, .binding = ch2::Binding::http, .ch2 = trace::Transport::tls, .ip = 6},
                .rounds = 20,
                .flows = {{.base = "push", .changes = {*parse_change("sip 1 drop"), *parse_change("ch2 1 foreign")}, .number = 3},
                          {.base = "push-tcp", .changes = {}, .number = 4}}};
  auto const back = read_repro("repro.toml", to_toml(out));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(to_toml(*back), to_toml(out));
  EXPECT_EQ(back->flows, out.flows);
  EXPECT_EQ(back->bucket, out.bucket);
  EXPECT_EQ(back->ways, out.ways);
  EXPECT_EQ(back->rounds, out.rounds);
}

TEST(ReproFile, SaysWhereItIsWrong) {
  EXPECT_THAT(read_repro("r.toml", "[problem]\n").error().text(), HasSubstr("no [[flow]]"));
  EXPECT_THAT(read_repro("r.toml", "[[flow]]\nbase = \"push\"\nchanges = [\"sip 1 burn\"]\n").error().text(), HasSubstr("r.toml:3:"));
  EXPECT_THAT(read_repro("r.toml", "[[flow]]\nbase = \"push\"\n[server]\ntimeout_scale = \"soon\"\n").error().text(), HasSubstr("factor"));
  EXPECT_THAT(read_repro("r.toml", "[[flow]]\nbase = \"push\"\n[server]\nsip = \"ipx\"\n").error().text(), HasSubstr("--sip"));
  EXPECT_THAT(read_repro("r.toml", "[problem]\nrounds = 0\n").error().text(), HasSubstr("r.toml:2:"));
  EXPECT_THAT(read_repro("r.toml", "[[flow]]\nbase = \"push\"\ncolour = 1\n").error().text(), HasSubstr("colour"));
}

}  // namespace
}  // namespace tollgate::fuzz
