#include "runner/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tollgate {
namespace {

/// A server that held our sockets would keep every connection open that we close.
TEST(ChildProcess, GetsNoneOfOurFiles) {
  int const ours = ::open("/dev/null", O_RDONLY);  // NOLINT(cppcoreguidelines-pro-type-vararg): without O_CLOEXEC, as Asio opens sockets
  ASSERT_GT(ours, 2);
  WallClock clock;
  ChildProcess child(clock, {"sh", "-c", fmt::format("readlink /proc/self/fd/{}; readlink /proc/self/fd/1; echo done", ours)}, {});
  Instant const patience = clock.now() + 10s;
  clock.run_until([&] { return child.output().ends_with("done\n") || clock.now() > patience; });
  EXPECT_THAT(child.output(), testing::MatchesRegex("pipe:.*\ndone\n"));
  ::close(ours);
}

/// Nobody has noticed it then.
void awaits_end_of(ChildProcess const& child) {
  siginfo_t ended{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child.id()), &ended, WEXITED | WNOWAIT), 0);
}

/// Whoever listens once it is made hears of every end.
TEST(ChildProcess, TellsOfAnEndThatComesAtOnce) {
  for (int i = 0; i < 20; ++i) {
    WallClock clock;
    ChildProcess child(clock, {"sh", "-c", "exit 7"}, {});
    awaits_end_of(child);
    std::string heard;
    child.on_end = [&] { heard = child.how_it_ended(); };
    clock.run_until([&, patience = clock.now() + 10s] { return !heard.empty() || clock.now() > patience; });
    EXPECT_EQ(heard, "exit 7");
  }
}

TEST(ChildProcess, AsksAtOnceWhetherItHasEnded) {
  WallClock clock;
  ChildProcess child(clock, {"sh", "-c", "exit 7"}, {});
  awaits_end_of(child);
  child.look();
  EXPECT_EQ(child.how_it_ended(), "exit 7");
}

TEST(ChildProcess, KeepsOnlyWhatItSaysOfErrors) {
  WallClock clock;
  ChildProcess child(clock, {"sh", "-c", "echo screen; echo no libfoo.so >&2; exit 127"}, {}, ChildProcess::Keeps::error);
  std::string at_its_end;
  child.on_end = [&] {
    child.reads_output();
    at_its_end = child.output();
  };
  clock.run_until([&, patience = clock.now() + 10s] { return child.ended() || clock.now() > patience; });
  EXPECT_EQ(at_its_end, "no libfoo.so\n") << "when its end is told, all of it is there";
}

}  // namespace
}  // namespace tollgate
