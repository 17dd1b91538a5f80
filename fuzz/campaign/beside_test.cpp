// A suspicion is made sure in a thread of its own, on servers of its own, and its end waits for no more than the trial that it is in.
#include "fuzz/campaign/beside.hpp"

#include <gmock/gmock.h>

#include "fuzz/play/toy_server_test.hpp"
#include "transport/sockets.hpp"

namespace tollgate::fuzz {
namespace {

class BesideTest : public testing::Test {
 protected:
  Ground ground() { return {.clock = clock, .network = network, .file = file, .flows = flows}; }
  static Suspicion suspicion() {
    return {.problem = {.kind = "crash", .bucket = "exit 3", .says = "", .report = {}},
            .scripts = {{.base = "push", .changes = {}}, {.base = "push", .changes = {*parse_change("ch2 0 mutate raw.twice_in_one 1")}}}};
  }
  std::optional<Beside::Done> done(Beside& beside) {
    std::optional<Beside::Done> out;
    clock.run_until([&, until = clock.now() + 60s] {
      out = beside.takes();
      return out || clock.now() > until;
    });
    return out;
  }

  WallClock clock;
  SocketNetwork network{clock};
  SutFile file{.launch = {"perl", "-e", toy_server, "{charging}"}, .ready = "READY", .says_address = true, .charging = {"127.0.0.1", 0}};
  std::vector<BaseFlow> flows{{"push", "", [](Bed&) -> Task<void> { co_return; }}};
};

TEST_F(BesideTest, MakesSureWhileOthersGoOn) {
  ASSERT_TRUE(Beside::can_be_with(file));
  Beside beside(ground());
  EXPECT_FALSE(beside.is_busy());
  beside.begins(suspicion(), Search::brief, Duration::max());
  EXPECT_TRUE(beside.is_busy());
  EXPECT_EQ(beside.bucket(), "exit 3");
  auto const come = done(beside);
  ASSERT_TRUE(come);
  EXPECT_EQ(come->suspicion.problem.bucket, "exit 3");
  EXPECT_EQ(come->confirmation.reproduced, 5U);
  EXPECT_EQ(come->confirmation.flows.size(), 1U);
  EXPECT_FALSE(beside.is_busy());
  EXPECT_EQ(beside.bucket(), "");
}

TEST_F(BesideTest, EndsBehindTheTrialThatItIsIn) {
  Beside beside(ground());
  beside.begins(suspicion(), Search::thorough, Duration::max());
  auto const come = beside.ends();
  ASSERT_TRUE(come);
  EXPECT_LT(come->confirmation.reproduced, 5U);
}

/// Two servers cannot be at the address that a SUT file names.
TEST_F(BesideTest, IsNotThereWhereTheAddressIsGiven) {
  file.says_address = false;
  EXPECT_FALSE(Beside::can_be_with(file));
}

}  // namespace
}  // namespace tollgate::fuzz
