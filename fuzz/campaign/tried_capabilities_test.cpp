// A changed answer to a CER, played on a server of its own: what ends there is found, and told by the exchange itself.
#include "fuzz/campaign/tried_capabilities.hpp"

#include <gmock/gmock.h>

#include "fuzz/play/toy_server_test.hpp"
#include "fuzz/script/capabilities.hpp"
#include "fuzz/script/generate.hpp"
#include "transport/sockets.hpp"

namespace tollgate::fuzz {
namespace {

class Capabilities : public testing::Test {
 protected:
  Ground ground() { return {.clock = clock, .network = network, .file = file, .flows = flows, .has_served = true}; }
  static Script changed(std::string const& change) { return {.base = "push", .changes = {*parse_change(change)}, .number = 500}; }

  WallClock clock;
  SocketNetwork network{clock};
  SutFile file{.launch = {"perl", "-e", toy_server, "{charging}"}, .ready = "READY", .says_address = true, .charging = {"127.0.0.1", 0}};
  unsigned plays = 0;
  std::vector<BaseFlow> flows{{"push", "", [this](Bed&) -> Task<void> {
                                 ++plays;
                                 co_return;
                               }}};
};

TEST_F(Capabilities, EndAServerThatDoesNotBearThem) {
  auto const found = tried_capabilities(ground(), changed("ch2 0 mutate raw.twice_in_one 1"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().problem.kind, "crash");
  EXPECT_EQ(found.front().problem.bucket, "exit 3");
  EXPECT_EQ(plays, 0U);
  auto const seen = try_out(ground(), found.front().scripts);
  ASSERT_EQ(seen.played.size(), 1U);
  auto const& exchange = seen.played.front().result.trace.events();
  ASSERT_EQ(exchange.size(), 2U);
  EXPECT_EQ(exchange.front().meaning.name, "CER");
  EXPECT_EQ(exchange.back().octets, seen.capabilities);
}

TEST_F(Capabilities, AreBorneAndAFlowIsPlayed) {
  EXPECT_TRUE(tried_capabilities(ground(), changed("ch2 0 mutate diameter.drop_avp 1")).empty());
  EXPECT_EQ(plays, 1U);
}

TEST_F(Capabilities, AreChangedInOneCaseOfAThousand) {
  Generator const generator(1, {{.base = "push", .sent = {4, 2, 2}}}, {}, {.capabilities = true});
  unsigned changed = 0;
  for (std::uint64_t number = 1; number <= 3000; ++number) {
    auto const script = generator.make(number);
    auto const* const change = change_of_capabilities(std::span(&script, 1));
    if (change == nullptr) continue;
    ++changed;
    EXPECT_EQ(number % 1000, 500U);
    EXPECT_EQ(*parse_change(to_text(*change)), *change);
  }
  EXPECT_EQ(changed, 3U);
}

}  // namespace
}  // namespace tollgate::fuzz
