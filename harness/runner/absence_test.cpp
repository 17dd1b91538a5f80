#include "runner/absence.hpp"

#include <gtest/gtest.h>

#include "transport/sockets.hpp"

namespace tollgate {
namespace {

class AbsenceTest : public testing::TestWithParam<trace::Transport> {
 protected:
  AbsenceTest() {
    ixit.sip_transport = GetParam();
    if (GetParam() == trace::Transport::udp) datagrams = network.bind({"127.0.0.1", 0});
    if (GetParam() == trace::Transport::tcp) listener = network.listen({"127.0.0.1", 0});
    ixit.sut_sip = datagrams ? datagrams->local() : listener->local();
    absence.on_absent = [this] { ++seen; };
  }
  void passes(Duration most) {
    auto const end = clock.now() + most;
    clock.run_until([&] { return seen > 0 || clock.now() >= end; });
  }

  WallClock clock;
  SocketNetwork network{clock};
  std::unique_ptr<Datagrams> datagrams;
  std::unique_ptr<Listener> listener;
  Ixit ixit;
  Absence absence{clock, network, ixit};
  TimerId beat = clock.after(700ms, [] {});  // wakes who waits
  int seen = 0;
};

TEST_P(AbsenceTest, IsNotWhereSomebodyListens) {
  absence.watch();
  passes(650ms);
  EXPECT_EQ(seen, 0);
}

TEST_P(AbsenceTest, IsWhereNobodyDoes) {
  datagrams.reset();
  listener.reset();
  absence.watch();
  absence.watch();
  passes(650ms);
  EXPECT_EQ(seen, 1);
}

INSTANTIATE_TEST_SUITE_P(Each, AbsenceTest, testing::Values(trace::Transport::udp, trace::Transport::tcp));

}  // namespace
}  // namespace tollgate
