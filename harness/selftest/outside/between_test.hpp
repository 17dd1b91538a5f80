#pragma once
/// Runs of tollgate against imserver with a program of another make in between, in a network that is made for the test.
#include <cstdlib>
#include <gmock/gmock.h>
#include <string>

#include "selftest/program_test.hpp"
#include "trace/trace.hpp"

namespace tollgate::selftest {

/// One run: its folder, what the SUT file says, and how it ended.
struct Between {
  std::filesystem::path folder = fresh_folder();

  /// `sip` is where the clients send, `charging` where the server connects to, `more` sections or keys of [charging].
  [[nodiscard]] std::string sut_file(std::string const& sip, std::string const& charging, std::string const& more) const {
    return write_file(folder / "sut.toml",
                      "[sut]\nname = \"imserver\"\n" + sip + "\nlaunch = [\"" + bin +
                          "/imserver\", \"--sip\", \"10.77.0.1:5060\", \"--user-prefix\", \"user\", \"--state\", \"state\", \"--ce\", \"" +
                          charging +
                          "\"]\nready = \"READY\"\n[client]\nbind = \"10.77.0.3\"\n[users]\ncount = 5000\n[charging]\nlisten = "
                          "\"10.77.0.3:3868\"\n" +
                          more);
  }
  /// A line for the shell, in the network where that program is.
  [[nodiscard]] Ended in(std::string const& program, std::string const& command) const {
    auto const in_between = std::filesystem::path(TOLLGATE_SOURCE_DIR) / "harness/selftest/outside/in_between";
    return shell("cd '" + folder.string() + "' && '" + in_between.string() + "' " + program + " '" + command + "'");
  }
  [[nodiscard]] Ended run(std::string const& program, std::string const& file, std::string const& selected) const {
    return in(program, "tollgate run " + selected + " --sut " + file + " --out out");
  }
  /// What a case received and sent there.
  [[nodiscard]] std::string octets(std::string const& id, trace::Channel channel) const {
    std::string all;
    auto const loaded = trace::load(file(id));
    EXPECT_TRUE(loaded);
    if (!loaded) return all;
    for (auto const& event : loaded->events())
      if (event.channel == channel) all += event.octets;
    return all;
  }
  [[nodiscard]] std::string file(std::string const& id) const { return read_file(folder / ("out/tests/" + id + ".jsonl")); }
};

/// What `ci/test` plays, and in place of it everything where it was asked for more (`ci/test --all`).
inline std::string selection(std::string const& usual) {
  return std::getenv("TOLLGATE_TEST_ALL") != nullptr ? "" : usual;  // NOLINT(concurrency-mt-unsafe): a test has one thread
}

/// The network cannot be made: the kernel's refusal, for a test to say.
inline std::string no_network() {
  auto const made = shell("unshare --net --pid --fork --kill-child --mount-proc $([ $(id -u) = 0 ] || echo --map-root-user) true");
  return made.exit == 0 ? "" : made.output;
}

}  // namespace tollgate::selftest
