// tollgate doctor: can this machine run the suite, and can the SUT be reached? Each line says what to do.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "cli/sipp.hpp"
#include "runner/real_run.hpp"
#include "transport/sockets.hpp"

namespace tollgate::cli {

namespace {

/// Prints a line a check and keeps the worst exit code.
class Checks {
 public:
  void good(std::string const& what) { fmt::print("     ok  {}\n", what); }
  void note(std::string const& what, std::string const& do_this) { fmt::print("   note  {}\n         {}\n", what, do_this); }
  void bad(int exit, std::string const& what, std::string const& do_this) {
    fmt::print("MISSING  {}\n         {}\n", what, do_this);
    if (exit_ == exit_ok) exit_ = exit;
  }
  [[nodiscard]] int exit() const { return exit_; }

 private:
  int exit_ = exit_ok;
};

bool on_path(std::string const& program) {
  char const* const path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): one thread
  auto const folders = split(path == nullptr ? "" : path, ':');
  return std::ranges::any_of(folders, [&](auto folder) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::path(folder) / program, error);
  });
}

void check_tools(Checks& checks) {
  auto const embedded = program_folder() + "/imserver";
  if (std::filesystem::exists(embedded))
    checks.good("the reference IM server: " + embedded);
  else
    checks.bad(exit_harness, "no imserver beside tollgate: runs without --sut have no server",
               "build it: ci/setup && cmake --workflow --preset release");
  if (on_path("tshark"))
    checks.good("tshark: opens the captures of a run");
  else
    checks.note("tshark is not installed; it opens the captures of a run", "ci/setup installs it");
  if (auto const version = sipp_version())
    checks.good(fmt::format("sipp {}: plays the SIP legs of --client sipp", *version));
  else
    checks.note("runs with --client sipp have no SIPp", version.error());
}

/// Tries to bind what a run would bind.
void check_addresses(Checks& checks, SutFile const& sut) {
  WallClock clock;
  SocketNetwork network(clock);
  try {
    auto const socket = network.bind({sut.ixit.bind, 0});
    checks.good(fmt::format("our own address {}: a free port is {}", sut.ixit.bind, socket->local().port));
  } catch (NetworkError const& error) {
    checks.bad(exit_harness, error.what(), "client.bind is an address of this machine; `ip address` lists them");
  }
  try {
    auto const listener = network.listen(sut.charging);
    checks.good(fmt::format("the Charging Enabler can listen at {}", listener->local().text()));
  } catch (NetworkError const& error) {
    checks.bad(exit_harness, error.what(), "stop what listens there, or choose another charging.listen");
  }
}

/// Starts it where the file says how, asks it with OPTIONS, awaits its Diameter peer: what a run does before its first case.
void reach(Checks& checks, SutFile const& sut) {
  RealRun real(sut, fresh_seed());
  try {
    real.make_ready();
    checks.good(fmt::format("the SUT {} answers OPTIONS at {} {} and connects to the Charging Enabler", sut.name,
                            to_string(sut.ixit.sip_transport), sut.ixit.sut_sip_over(sut.ixit.sip_transport).text()));
  } catch (Unreachable const& unreachable) {
    checks.bad(exit_unreachable, unreachable.what(), "see its own output; sut.sip and charging.listen are where the two meet");
  }
}

void check_sut(Checks& checks, SutFile const& sut) {
  if (sut.launch.empty()) return reach(checks, sut);
  auto const& program = sut.launch.front();
  bool const found = program.contains('/') ? std::filesystem::exists(program) : on_path(program);
  if (found)
    checks.good("sut.launch: " + program), reach(checks, sut);
  else
    checks.bad(exit_unreachable, "sut.launch: there is no " + program, "the path counts from the folder that tollgate runs in");
}

}  // namespace

int doctor(Options const& options) {
  Checks checks;
  auto const sut = load_sut(options);
  if (!sut) return refuse(sut.error());
  if (!options.sut.empty()) checks.good(fmt::format("{}: {}, bundle {}", options.sut, sut->name, sut->profile.bundle));
  check_tools(checks);
  check_addresses(checks, *sut);
  if (!options.sut.empty()) check_sut(checks, *sut);
  return checks.exit();
}

}  // namespace tollgate::cli
