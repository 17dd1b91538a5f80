#include "cli/environment.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "scenarios/suite.hpp"

namespace tollgate::cli {

static constexpr int usage = 64, bad_file = 65;

int refuse(Refusal const& refusal) {
  fmt::print(stderr, "tollgate: {}\n", refusal.why);
  return refusal.exit;
}

std::expected<std::string, Refusal> read_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) return std::unexpected(Refusal{bad_file, path + ": cannot be read"});
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::expected<trace::Trace, Refusal> load_trace(std::string const& path) {
  auto const text = read_file(path);
  if (!text) return std::unexpected(text.error());
  auto trace = trace::load(*text);
  if (trace) return std::move(*trace);
  auto const line = 1 + std::ranges::count(std::string_view(*text).substr(0, trace.error().offset), '\n');
  return std::unexpected(Refusal{bad_file, fmt::format("{}:{}: {}", path, line, describe(trace.error()))});
}

std::expected<std::vector<Case>, Refusal> load_suite(Options const& options) {
  auto suite = built_in_suite();
  for (auto const& directory : options.scenarios) {
    auto more = load_scenarios(directory);
    if (!more) return std::unexpected(Refusal{bad_file, more.error().text()});
    for (auto& added : *more) suite.push_back(std::move(added));
  }
  std::set<std::string> ids;
  for (auto const& one : suite)
    if (!ids.insert(one.info.id).second)
      return std::unexpected(Refusal{bad_file, fmt::format("{}:{}: the id {} is taken already", one.info.file, one.info.line,
                                                           one.info.id)});
  return suite;
}

static void scale(Ixit& ixit, double factor, bool timers_too) {
  auto const by = [factor](Duration& d) { d = Duration(static_cast<std::int64_t>(static_cast<double>(d.count()) * factor)); };
  for (auto* d : {&ixit.live, &ixit.quiet, &ixit.quiet_long}) by(*d);
  if (timers_too)
    for (auto* d : {&ixit.msrp_transaction, &ixit.diameter_tx, &ixit.diameter_watchdog, &ixit.sip_t1, &ixit.sip_t2}) by(*d);
}

static SutFile embedded(Options const& options) {
  SutFile sut;
  sut.name = "reference IM server";
  sut.ready = "READY";
  sut.launch = {program_folder() + "/imserver", "--sip", "127.0.0.1:0", "--ce", "{charging}",
                "--clock-scale", fmt::format("{}", options.timeout_scale)};
  for (auto const& fault : options.faults) sut.launch.insert(sut.launch.end(), {"--fault", fault});
  sut.without_secrets = "# the embedded reference IM server, no SUT file was given\n";
  return sut;
}

std::expected<SutFile, Refusal> load_sut(Options const& options) {
  SutFile sut;
  if (options.sut.empty()) {
    sut = embedded(options);
  } else {
    auto const text = read_file(options.sut);
    if (!text) return std::unexpected(text.error());
    auto read = read_sut_file(options.sut, *text);
    if (!read) return std::unexpected(Refusal{bad_file, read.error().text()});
    sut = std::move(*read);
    if (!options.faults.empty())
      return std::unexpected(Refusal{usage, "--fault is for the embedded reference server; the SUT file names another"});
  }
  // A vendor's timers are what the SUT file says; only our own patience scales.
  scale(sut.ixit, options.timeout_scale, options.sut.empty());
  if (!options.profile.empty()) sut.profile.bundle = options.profile;
  if (auto const why = contradiction(sut.profile)) return std::unexpected(Refusal{bad_file, *why});
  return sut;
}

std::expected<std::vector<refserver::Fault>, Refusal> load_faults(Options const& options) {
  std::vector<refserver::Fault> faults;
  for (auto const& text : options.faults) {
    auto const fault = refserver::find_fault(text);
    if (!fault) return std::unexpected(Refusal{usage, fmt::format("there is no fault '{}'; `tollgate faults` lists them", text)});
    faults.push_back(*fault);
  }
  return faults;
}

std::uint64_t fresh_seed() { return std::random_device{}() & 0xffffffU; }

static std::string utc(char const* form) {
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format(fmt::runtime(form), fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

std::string wall_time() { return utc("{:%Y-%m-%dT%H:%M:%SZ}"); }
std::string wall_stamp() { return utc("{:%Y%m%dT%H%M%SZ}"); }

std::string program_folder() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path().string();
}

}  // namespace tollgate::cli
