// What a server that is not ours shows of itself: it hangs, lets go, passes no more; and what is drawn anew for each of its lives.
#include "fuzz/play/arena.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

#include "codec/diameter/dictionary.hpp"
#include "fuzz/play/calibration.hpp"
#include "fuzz/play/fake_server_test.hpp"
#include "fuzz/play/known_good.hpp"
#include "fuzz/play/toy_server_test.hpp"
#include "fuzz/play/trial.hpp"
#include "fuzz/script/named_users.hpp"
#include "transport/sockets.hpp"

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ArenaTest : public testing::Test {
 protected:
  ArenaTest() {
    file.ixit.sut_sip = server.sip();
    file.ixit.live = 500ms;
    file.ixit.user_count = 5;  // the last one stores messages
    file.charging = charging;
  }
  Ground ground() {
    return {.clock = clock, .network = network, .file = file, .flows = flows, .seed = 1, .lasting = &lasting, .has_served = true};
  }
  /// One that serves.
  std::unique_ptr<Arena> arena() {
    auto out = std::make_unique<Arena>(ground(), file);
    EXPECT_EQ(out->becomes_ready(), "");
    return out;
  }
  Task<void> flow(Bed& bed) {
    ++plays;
    draws.push_back(bed.random().next());
    users.push_back(bed.client("alice").aor());
    if (says) bed.client("alice").sends_register();
    if (asks) bed.client("alice").sends("OPTIONS", {});
    if (!names.empty()) bed.client("alice").sends_message(names, "hello");
    if (takes > Duration::zero()) co_await pause(bed.clock(), takes);
    if (!passes || plays > passes_most) throw CaseStopped{Verdict::fail, "no push", "nothing is pushed", {}};
  }

  WallClock clock;
  SocketNetwork network{clock};
  Address charging = network.listen({"127.0.0.1", 0})->local();
  FakeServer server{network, charging};
  SutFile file;
  std::vector<BaseFlow> flows{{"push", "", [this](Bed& bed) { return flow(bed); }}};
  LastingServer lasting;
  bool passes = true, says = false, asks = false;
  std::string names;  ///< who is sent a message
  unsigned passes_most = 1000;
  Duration takes{};
  unsigned plays = 0;
  std::vector<std::uint64_t> draws;
  std::vector<std::string> users;
};

TEST_F(ArenaTest, HangsWhereItAnswersOptionsAndNoDwr) {
  auto const one = arena();
  EXPECT_TRUE(one->answers());
  server.answers_watchdog = false;
  EXPECT_FALSE(one->answers());
  EXPECT_TRUE(one->hangs());
  EXPECT_THAT(one->ended(), StartsWith("no answer to DWR at 127.0.0.1:"));
  auto const words = one->last_words();
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words.front().kind, "hang");
  EXPECT_EQ(words.front().bucket, "hang DWR");
}

TEST_F(ArenaTest, AsksByOptionsAloneWhoHasNeverAnsweredDwr) {
  server.answers_watchdog = false;
  auto where = ground();
  where.asks_watchdog = false;
  Arena one(where, file);
  EXPECT_EQ(one.becomes_ready(), "");
  EXPECT_TRUE(one.answers());
}

TEST_F(ArenaTest, IsNotAskedByDwrWhereItAnswersNoneAtFirst) {
  server.answers_watchdog = false;
  std::vector<std::string> said;
  auto const out = calibrated(ground(), [&](std::string const& what) { said.push_back(what); });
  EXPECT_FALSE(out.answers_watchdog);
  EXPECT_EQ(out.why, "");
  EXPECT_EQ(out.profiles.size(), 1U);
  EXPECT_EQ(out.known_good->base, "push");
  EXPECT_THAT(said, testing::ElementsAre(StartsWith("the server answers no DWR")));
}

/// A look at one that takes long would not end.
TEST_F(ArenaTest, IsNotAskedForAFlowThatTakesLong) {
  takes = 2100ms;
  auto const out = calibrated(ground(), [](std::string const&) {});
  EXPECT_EQ(out.profiles.size(), 1U);
  EXPECT_FALSE(out.known_good);
}

TEST_F(ArenaTest, PassesNoMoreWhereThreeUnchangedFlowsInARowDoNot) {
  auto const one = arena();
  KnownGood const push({.base = "push"});
  EXPECT_FALSE(push.fails(*one));
  EXPECT_EQ(plays, 1U) << "one that passes is enough";
  passes = false;
  auto const problem = push.fails(*one);
  ASSERT_TRUE(problem);
  EXPECT_EQ(plays, 4U);
  EXPECT_EQ(problem->kind, "hang");
  EXPECT_EQ(problem->says, "the unchanged flow push passes no more: nothing is pushed");
  EXPECT_EQ(known_good_of(problem->bucket), "push");
  EXPECT_TRUE(is_its_own_word(*problem));
}

/// Who waits for nothing may come to a good end without a push.
TEST_F(ArenaTest, PassesNoMoreWhereNothingCrossesAChannel) {
  auto const one = arena();
  auto const problem = KnownGood({.base = "push", .sent = {0, 1, 0}}).fails(*one);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->says, "the unchanged flow push passes no more: nothing crosses MSRP");
}

/// What it is found by is looked for again.
TEST_F(ArenaTest, IsSeenToPassNoMoreBehindWhatIsPlayedAgain) {
  auto const how = looking_for({.kind = "hang", .bucket = "hang unchanged push"}, 1);
  Script const ends_it{.base = "push", .changes = {*parse_change("sip 9 drop")}, .number = 1};
  EXPECT_FALSE(try_out(ground(), std::span(&ends_it, 1), how).has("hang unchanged push"));
  passes_most = 2;
  plays = 0;
  EXPECT_TRUE(try_out(ground(), std::span(&ends_it, 1), how).has("hang unchanged push"));
  EXPECT_EQ(plays, 5U) << "once before it, three times behind it";
}

TEST_F(ArenaTest, IsNoFlowsFaultWhereTheServerAnswersNothing) {
  auto const one = arena();
  passes = server.answers_options = false;
  EXPECT_FALSE(KnownGood({.base = "push"}).fails(*one));
  EXPECT_THAT(one->ended(), StartsWith("no answer to 3 OPTIONS"));
}

/// A supervisor may have it back before anybody asks.
TEST_F(ArenaTest, EndsWhereItLetsGoAndNobodyIsThere) {
  auto const one = arena();
  server.dies();
  one->wait([&] { return !one->ended().empty(); }, 2s);
  EXPECT_THAT(one->ended(), StartsWith("the server let go of its CH-2 connection, and nobody was at 127.0.0.1:"));
  auto const words = one->last_words();
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words.front().kind, "crash");
}

TEST_F(ArenaTest, DrawsAnewInEachLifeOfAServerThatRunsAlready) {
  for (int i = 0; i < 4; ++i) {
    auto const one = arena();
    one->start({.base = "push", .changes = {}, .number = 1});
    one->wait([&] { return one->under_way() == 0; }, 5s);
  }
  ASSERT_EQ(draws.size(), 4U);
  EXPECT_EQ(std::set(draws.begin(), draws.end()).size(), 4U);
  EXPECT_EQ(std::set(users.begin(), users.end()).size(), 4U) << "with whom nothing has been left";
}

TEST_F(ArenaTest, IsNoCaseWhereNoUserIsFree) {
  auto const one = arena();
  takes = 300ms;
  std::vector<std::uint64_t> played, unplayed;
  one->on_played = [&](Played const& flow) { played.push_back(flow.script.number); };
  one->on_unplayed = [&](Script const& script) { unplayed.push_back(script.number); };
  for (std::uint64_t i = 1; i <= 5; ++i) {
    EXPECT_EQ(one->has_users_for(1), i <= 4);
    one->start({.base = "push", .changes = {*parse_change("sip 9 drop")}, .number = i});
  }
  EXPECT_FALSE(lasting.has_worn_users);
  one->wait([&] { return one->under_way() == 0; }, 10s);
  EXPECT_THAT(played, testing::UnorderedElementsAre(1, 2, 3, 4));
  EXPECT_THAT(unplayed, testing::ElementsAre(5));
  EXPECT_TRUE(one->has_users_for(1)) << "nothing was left with them";
}

/// A flow that sends what another has sent changes nothing of it: the other would have to answer for that.
TEST_F(ArenaTest, LeavesAnotherFlowsMessageAsItIs) {
  auto const one = arena();
  says = true;
  std::vector<std::vector<Octets>> sent;  // of each flow
  one->on_played = [&](Played const& flow) {
    auto& of_flow = sent.emplace_back();
    for (auto const& event : flow.result.trace.events())
      if (event.kind == trace::Kind::message) of_flow.push_back(event.octets);
  };
  for (auto const& changes : {std::vector<Change>(), {*parse_change("sip 1 foreign"), *parse_change("sip 1 mutate sip.drop_field 7")}}) {
    one->start({.base = "push", .changes = changes, .number = 1});
    one->wait([&] { return one->under_way() == 0; }, 10s);
  }
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_THAT(sent.back().front(), StartsWith("REGISTER "));
  EXPECT_THAT(sent.front(), testing::Contains(sent.back().front()));
}

/// What a changed message has left with him, his own flow would find.
TEST_F(ArenaTest, GivesNoFlowAUserWhomAChangedMessageHasNamed) {
  constexpr unsigned many = 300, flows_most = 20, changes = 60;
  file.ixit.user_count = many;
  auto const one = arena();
  asks = true;
  std::set<unsigned> named;
  one->on_played = [&](Played const& flow) {
    for (auto const& event : flow.result.trace.events())
      for (auto const number : named_users(file.ixit.user_pattern, event.octets))
        if (number > 0 && number < many) named.insert(number);
    for (auto const own : named_users(file.ixit.user_pattern, users.back())) named.erase(own);
  };
  for (std::uint64_t i = 1; i <= flows_most && named.empty(); ++i) {
    Script script{.base = "push", .changes = {}, .number = i};
    for (std::uint64_t n = 1; n <= changes; ++n)
      script.changes.push_back({.nth = 1, .act = Change::Act::mutate, .what = "raw.other_number", .number = (i * changes) + n});
    one->start(std::move(script));
    one->wait([&] { return one->under_way() == 0; }, 10s);
  }
  EXPECT_THAT(named, testing::Not(testing::IsEmpty()));
  EXPECT_TRUE(one->has_users_for(many - 1 - named.size()));
  EXPECT_FALSE(one->has_users_for(many - named.size()));
}

/// Nobody has to catch the signal that asks for it.
TEST_F(ArenaTest, EndsAsItIsAsked) {
  std::string deaf = toy_server;
  auto const catches = deaf.find("$SIG{TERM}");
  deaf.erase(catches, deaf.find('\n', catches) - catches);
  for (auto const& command :
       {std::vector<std::string>{"perl", "-e", deaf, "{charging}"}, {"/bin/sh", "-c", "perl -e \"$0\" $1; exit $?", deaf, "{charging}"}}) {
    SutFile launched{.launch = command, .ready = "READY", .says_address = true, .charging = {"127.0.0.1", 0}};
    Arena one({.clock = clock, .network = network, .file = launched, .flows = flows, .seed = 1}, launched);
    ASSERT_EQ(one.becomes_ready(), "");
    EXPECT_TRUE(one.ends().empty());
  }
}

/// Of a subscriber of nobody's flow, no monitor sees it.
TEST_F(ArenaTest, ChargesAnotherUserWhereNobodyHasNamedHim) {
  Script const script{.base = "push", .changes = {*parse_change("sip 9 drop")}, .number = 1};
  says = true;
  takes = 100ms;
  server.charges = "sip:victim@ims.example";
  auto const out = try_out(ground(), std::span(&script, 1), {});
  ASSERT_EQ(out.problems.size(), 1U);
  EXPECT_EQ(out.problems.front().kind, "wrong-user");
  EXPECT_EQ(out.problems.front().bucket, "stray reserve_units");
  EXPECT_THAT(out.problems.front().says, StartsWith("'sip:victim@ims.example' is charged, by reserve_units, "));
  std::vector<std::string> crossed;
  for (auto const& event : out.played.back().result.trace.events())
    if (event.channel == trace::Channel::ch2) crossed.push_back(event.meaning.label());
  EXPECT_THAT(crossed, testing::ElementsAre("reserve_units", "2001 reserve_units")) << "whoever plays it again sees it";
  EXPECT_TRUE(try_out(ground(), std::span(&script, 1), looking_for({.kind = "wrong-user", .bucket = "stray reserve_units"}, 1))
                  .has("stray reserve_units"));
}

/// A name that a mutation has made is a name, and what was left with other users, or sent before, is charged late.
TEST_F(ArenaTest, ChargesNobodyElseWhomAMessageNamesOrWhoWasThereBefore) {
  Script const script{.base = "push", .changes = {*parse_change("sip 9 drop")}, .number = 1};
  says = true;
  takes = 100ms;
  for (auto const& [charged, named, flags] :
       {std::tuple("sip:victim@ims.example", "sip:Vi%63tim@else.example", 0), std::tuple("sip:user4711@ims.example", "", 0),
        std::tuple("", "", 0), std::tuple("sip:victim@ims.example", "", int{diameter::flag_retransmitted})}) {
    server.charges = charged;
    server.ccr_flags = static_cast<std::uint8_t>(flags);
    names = named;
    EXPECT_TRUE(try_out(ground(), std::span(&script, 1), {}).problems.empty()) << charged << ' ' << named;
  }
}

TEST_F(ArenaTest, LooksAtEachChargeOnce) {
  auto const one = arena();
  says = true;
  takes = 100ms;
  server.charges = "sip:victim@ims.example";
  std::vector<Played> played;
  one->on_played = [&](Played const& flow) { played.push_back(flow); };
  auto const plays_one = [&] {
    one->start({.base = "push", .changes = {}, .number = 1});
    one->wait([&] { return one->under_way() == 0; }, 5s);
  };
  plays_one();
  EXPECT_EQ(one->charges_for_nobody(played).size(), 1U);
  plays_one();
  EXPECT_EQ(one->charges_for_nobody(played).size(), 0U) << "that step has been told";
}

/// What a life has left with them the next one finds.
TEST_F(ArenaTest, HasWornUsersWhereNobodyEmptiesAServerThatRunsAlready) {
  takes = 10s;
  auto one = arena();
  for (std::uint64_t i = 1; i <= 4; ++i) one->start({.base = "push", .changes = {}, .number = i});
  one.reset();
  auto const next = arena();
  EXPECT_FALSE(next->has_users_for(1));
  next->wears_users();
  EXPECT_TRUE(next->has_users_for(1));
  EXPECT_TRUE(lasting.has_worn_users);
}

TEST_F(ArenaTest, IsGoneWhereItIsNotOursAndAnswersNoMore) {
  server.answers_options = false;
  Arena one(ground(), file);
  EXPECT_THAT(one.becomes_ready(), StartsWith("no answer to OPTIONS"));
  EXPECT_THAT(lasting.gone, StartsWith("no answer to OPTIONS"));
  Script const script{.base = "push"};
  EXPECT_EQ(try_out(ground(), std::span(&script, 1), {}).unready, lasting.gone) << "at once";
}

TEST_F(ArenaTest, IsLaunchedAgainLaterAndLaterWhereItHasServed) {
  auto const log = std::filesystem::temp_directory_path() / ("launches-" + std::to_string(getpid()));
  std::filesystem::remove(log);
  file.launch = {"/bin/sh", "-c", "echo launched >> " + log.string() + "; exit 1"};
  file.ready = "READY";
  auto const launches = [&] {
    std::ifstream in(log);
    return std::ranges::count(std::string(std::istreambuf_iterator<char>(in), {}), '\n');
  };
  auto where = ground();
  where.has_served = false;
  EXPECT_THAT(Arena(where, file).becomes_ready(), HasSubstr("exit 1"));
  EXPECT_EQ(launches(), 1);
  auto const from = clock.now();
  EXPECT_THAT(Arena(ground(), file).becomes_ready(), HasSubstr("exit 1"));
  EXPECT_EQ(launches(), 5);
  EXPECT_GE(clock.now() - from, 7s);
  std::filesystem::remove(log);
}

}  // namespace
}  // namespace tollgate::fuzz
