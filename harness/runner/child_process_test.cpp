#include "runner/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
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

}  // namespace
}  // namespace tollgate
