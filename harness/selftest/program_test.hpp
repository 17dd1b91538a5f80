#pragma once
/// Runs the programs of this build as a user does: arguments in, exit code and output out.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "sim/wall_clock.hpp"
#include "transport/both.hpp"
#include "transport/sockets.hpp"

namespace tollgate::selftest {

inline std::string const bin = TOLLGATE_BIN_DIR;

struct Ended {
  int exit = -1;
  std::string output;  ///< standard output and error

  [[nodiscard]] std::string last_line() const {
    auto const end = output.find_last_not_of('\n');
    if (end == std::string::npos) return "";
    auto const start = output.rfind('\n', end);
    return output.substr(start + 1, end - start);
  }
};

/// A shell command line; `tollgate` and `imserver` name this build's programs.
inline Ended shell(std::string const& command) {
  Ended ended;
  auto const line = "PATH='" + bin + "':\"$PATH\"; export PATH NO_COLOR=1; { " + command + "\n} 2>&1";
  std::FILE* const pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) return ended;
  std::array<char, 4096> buffer{};
  while (auto const size = std::fread(buffer.data(), 1, buffer.size(), pipe)) ended.output.append(buffer.data(), size);
  int const status = ::pclose(pipe);
  ended.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ended;
}

/// Folders of tests that have passed go with the program; what a failed one left stays to be looked at.
struct Folders {
  ~Folders() {
    std::error_code ignored;
    if (testing::UnitTest::GetInstance()->Passed())
      for (auto const& folder : all) std::filesystem::remove_all(folder, ignored);
  }
  std::vector<std::filesystem::path> all;
};

/// A new folder of the running test.
inline std::filesystem::path fresh_folder() {
  static int number = 0;
  auto const* const test = testing::UnitTest::GetInstance()->current_test_info();
  auto folder = std::filesystem::path(testing::TempDir()) / ("tollgate-" + std::string(test->test_suite_name()) + "-" + test->name() + "-" +
                                                             std::to_string(::getpid()) + "-" + std::to_string(++number));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  static Folders made;
  made.all.push_back(folder);
  return folder;
}

/// The flag for a folder of the running test: " --out '...'".
inline std::string out_folder() {
  return " --out '" + fresh_folder().string() + "/out'";
}

inline std::string write_file(std::filesystem::path const& path, std::string const& text) {
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

inline std::string read_file(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// In a shell: until a file of that pattern has octets, or a minute.
inline std::string until_there(std::filesystem::path const& pattern) {
  return "i=0; until [ $i -ge 600 ] || [ -s \"$(ls -d " + pattern.string() +
         " 2>/dev/null | head -n 1)\" ]; do sleep 0.1; i=$((i+1)); done";
}

/// A loopback address that was free a moment ago, for UDP and TCP.
inline std::string free_address() {
  constexpr unsigned first = 10'000, ports = 20'000, apart = 37;  // no port that the kernel gives to whom it is all the same
  static unsigned next = static_cast<unsigned>(::getpid()) * apart % ports;
  WallClock clock;
  SocketNetwork network(clock);
  for (unsigned i = 0; i < ports; ++i) {
    Address const address{"127.0.0.1", static_cast<std::uint16_t>(first + next++ % ports)};
    try {
      return open_both(network, address).local().text();
    } catch (NetworkError const&) {
      continue;  // another's
    }
  }
  throw std::runtime_error("no port is free");
}

}  // namespace tollgate::selftest
