#include "cli/environment.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <unistd.h>

#include "cli/embedded.hpp"
#include "fuzz/campaign/case_journal.hpp"
#include "fuzz/finding/regression.hpp"
#include "refserver/defects/catalogue.hpp"
#include "runner/exit_code.hpp"
#include "runner/sut_text.hpp"
#include "runner/timers.hpp"
#include "scenarios/suite.hpp"
#include "trace/capture/capture_file.hpp"
#include "trace/capture/read_capture.hpp"
#include "transport/tls.hpp"

namespace tollgate::cli {

static constexpr int usage = 64, bad_file = 65;

void complain(std::string const& why) {
  fmt::print(stderr, "tollgate: {}\n", why);
}

int refuse(Refusal const& refusal) {
  complain(refusal.why);
  return refusal.exit;
}

std::expected<std::string, Refusal> read_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code error;
  auto const kind = std::filesystem::status(path, error).type();
  if (kind == std::filesystem::file_type::not_found) return std::unexpected(Refusal{bad_file, path + ": there is no such file"});
  if (kind == std::filesystem::file_type::directory) return std::unexpected(Refusal{bad_file, path + ": it is a folder, not a file"});
  Refusal const unreadable{bad_file, path + ": it cannot be read"};
  if (!in) return std::unexpected(unreadable);
  try {
    return std::string(std::istreambuf_iterator<char>(in), {});
  } catch (std::ios_base::failure const&) {
    return std::unexpected(unreadable);
  }
}

static std::expected<trace::Trace, Refusal> load_capture(std::string const& path, std::string_view file) {
  auto capture = trace::read_capture(file);
  if (!capture) return std::unexpected(Refusal{bad_file, fmt::format("{}: {}", path, describe(capture.error()))});
  if (capture->trace.empty())
    return std::unexpected(
        Refusal{bad_file, fmt::format("{}: no SIP, MSRP or CH-2 message can be read in it, and {} packets are of another kind or "
                                      "incomplete; what runs inside TLS has to be decrypted first",
                                      path, capture->unread)});
  if (capture->gaps > 0)
    fmt::print(stderr, "tollgate: {}: the capture lacks octets of {} connections, and a finding may come from that\n", path, capture->gaps);
  return std::move(capture->trace);
}

std::expected<trace::Trace, Refusal> load_trace(std::string const& path) {
  auto const text = read_file(path);
  if (!text) return std::unexpected(text.error());
  if (trace::is_capture_file(*text)) return load_capture(path, *text);
  auto trace = trace::load(*text);
  if (trace) return std::move(*trace);
  if (trace.error().offset == 0)
    return std::unexpected(Refusal{
        bad_file, path + ":1: this is neither a trace nor a capture; a run leaves both for each case, tests/<ID>.jsonl and .pcapng"});
  auto const line = 1 + std::ranges::count(std::string_view(*text).substr(0, trace.error().offset), '\n');
  return std::unexpected(Refusal{bad_file, fmt::format("{}:{}: {}", path, line, describe(trace.error()))});
}

std::expected<fuzz::ReproFile, Refusal> load_repro(std::string const& path) {
  auto const file = std::filesystem::is_directory(path) ? (std::filesystem::path(path) / "repro.toml").string() : path;
  auto const text = read_file(file);
  if (!text) return std::unexpected(text.error());
  auto repro = fuzz::read_repro(file, *text);
  if (!repro) return std::unexpected(Refusal{bad_file, repro.error().text()});
  return std::move(*repro);
}

std::expected<std::vector<fuzz::BaseFlow>, Refusal> flows_of(fuzz::ReproFile const& repro, std::vector<Case> const& suite) {
  auto all = fuzz::push_flows();
  for (auto& one : fuzz::message_flows()) all.push_back(std::move(one));
  for (auto const& one : suite) all.push_back(fuzz::as_flow(one));
  std::vector<fuzz::BaseFlow> out;
  for (auto const& flow : repro.flows) {
    auto const found = std::ranges::find(all, flow.base, &fuzz::BaseFlow::name);
    if (found == all.end()) return std::unexpected(Refusal{bad_file, fmt::format("there is no flow '{}'", flow.base)});
    out.push_back(*found);
  }
  return out;
}

/// What no fresh server has shown again is no finding, and what a campaign has set aside was found by another.
static bool is_beside_findings(std::filesystem::path const& folder) {
  auto const name = folder.filename().string();
  return name == fuzz::unconfirmed_folder || name == fuzz::earlier_folder;
}

/// Every repro.toml below a directory becomes a case: what a campaign has found stays found.
static std::optional<Refusal> add_findings(std::vector<Case>& suite, std::string const& directory) {
  std::vector<std::string> files;
  for (auto entry = std::filesystem::recursive_directory_iterator(directory); entry != std::filesystem::end(entry); ++entry) {
    if (entry->path().filename() == "repro.toml") files.push_back(entry->path().string());
    if (entry->is_directory() && is_beside_findings(entry->path())) entry.disable_recursion_pending();
  }
  std::ranges::sort(files);
  std::vector<Case> more;
  for (auto const& file : files) {
    auto const repro = load_repro(file);
    if (!repro) return repro.error();
    auto flows = flows_of(*repro, suite);
    if (!flows) return Refusal{bad_file, file + ": " + flows.error().why};
    more.push_back(fuzz::regression_case(*repro, std::move(*flows), file));
  }
  for (auto& one : more) suite.push_back(std::move(one));
  return std::nullopt;
}

std::expected<std::vector<Case>, Refusal> load_suite(Options const& options) {
  auto suite = built_in_suite();
  std::vector<std::size_t> found;  // in each directory
  for (auto const& directory : options.scenarios) {
    auto more = load_scenarios(directory);
    if (!more) return std::unexpected(Refusal{bad_file, more.error().text()});
    found.push_back(more->size());
    for (auto& added : *more) suite.push_back(std::move(added));
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto const& directory = options.scenarios[i];
    auto const before = suite.size();
    if (auto const refusal = add_findings(suite, directory)) return std::unexpected(*refusal);
    if (found[i] + (suite.size() - before) == 0)
      return std::unexpected(Refusal{bad_file, directory + ": no scenario file (*.xml) and no finding lies in it"});
  }
  auto const place = [](Case const& one) { return one.where.empty() ? fmt::format("{}:{}", one.info.file, one.info.line) : one.where; };
  std::map<std::string, std::string> places;
  for (auto const& one : suite)
    if (auto const [taken, is_new] = places.emplace(one.info.id, place(one)); !is_new)
      return std::unexpected(
          Refusal{bad_file, fmt::format("{}: the id {} is taken already, by {}", place(one), one.info.id, taken->second)});
  return suite;
}

/// That of --sut.
static std::expected<SutFile, Refusal> named_server(Options const& options) {
  auto const text = read_file(options.sut);
  if (!text) return std::unexpected(text.error());
  auto sut = read_sut_file(options.sut, *text);
  if (!sut) return std::unexpected(Refusal{bad_file, sut.error().text()});
  if (options.ways != Ways())
    return std::unexpected(Refusal{
        usage, fmt::format("{} is for the embedded reference server; the SUT file says it: sut.sip, charging.binding, charging.listen",
                           trim(options.ways.flags()))});
  if (!options.faults.empty())
    return std::unexpected(Refusal{usage, "--fault is for the embedded reference server; the SUT file names another"});
  try {
    if (!sut->certificate.empty()) sut->ixit.identity = std::make_shared<TlsIdentity const>(sut->certificate, sut->key);
  } catch (NetworkError const& error) {
    return std::unexpected(Refusal{bad_file, fmt::format("{}: client.certificate: {}", options.sut, error.what())});
  }
  return std::move(*sut);
}

std::expected<SutFile, Refusal> load_sut(Options const& options) {
  auto sut = options.sut.empty() ? embedded_server(options) : named_server(options);
  if (!sut) return sut;
  std::error_code error;
  auto const temporary = std::filesystem::temp_directory_path(error);
  if (error) return std::unexpected(Refusal{usage, "TMPDIR names no folder"});
  sut->state = (temporary / fmt::format("tollgate-{}.state", ::getpid())).string();
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  sut->ixit.started_at = now.time_since_epoch().count();  // the run's clock starts with it
  // A vendor's timers are what the SUT file says; only our own patience scales.
  scale_waits(sut->ixit, options.timeout_scale);
  if (options.sut.empty()) scale_timers(sut->ixit, options.timeout_scale);
  if (!options.profile.empty()) sut->profile.bundle = options.profile;
  if (auto const why = contradiction(sut->profile)) return std::unexpected(Refusal{bad_file, *why});
  if (options.sut.empty()) {
    sut->profile = filled(sut->profile, {});
    sut->without_secrets = effective_text(*sut);
  } else if (!options.profile.empty()) {
    sut->without_secrets += fmt::format("\n# tollgate ran with --profile {}, which holds instead of profile.bundle\n", options.profile);
  }
  return sut;
}

std::expected<refserver::Fault, Refusal> load_fault(std::string const& text) {
  if (auto const fault = refserver::find_fault(text)) return *fault;
  if (auto const defect = refserver::defects::find_defect(text))
    return std::unexpected(
        Refusal{usage, fmt::format("{} crashes the server and is for a fuzzer to find: imserver of the preset defects takes it",
                                   refserver::defects::row(*defect).name)});
  return std::unexpected(Refusal{usage, fmt::format("there is no fault '{}'; `tollgate faults` lists them", text)});
}

std::expected<std::vector<refserver::Fault>, Refusal> load_faults(Options const& options) {
  std::vector<refserver::Fault> faults;
  for (auto const& text : options.faults) {
    if (auto const* pair = refserver::find_pair(text)) {
      faults.push_back(pair->fault);
      faults.insert(faults.end(), pair->with.begin(), pair->with.end());
      continue;
    }
    if (!options.imserver.empty() && refserver::defects::find_defect(text)) continue;  // that program takes it, or says that it does not
    auto const fault = load_fault(text);
    if (!fault) return std::unexpected(fault.error());
    faults.push_back(*fault);
  }
  return faults;
}

std::expected<GivenBaseline, Refusal> load_baseline(Options const& options) {
  if (options.baseline.empty()) return GivenBaseline();
  auto const text = read_file(options.baseline);
  if (!text) return std::unexpected(text.error());
  auto const day = wall_day();
  auto read = Baseline::read(options.baseline, *text, day);
  if (!read) return std::unexpected(Refusal{bad_file, read.error().text()});
  return GivenBaseline{.known = std::move(*read), .text = *text, .day = day};
}

std::uint64_t fresh_seed() {
  return std::random_device{}() & 0xffffffU;
}

static std::string utc(char const* form) {
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format(fmt::runtime(form), fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

std::string wall_time() {
  return utc("{:%Y-%m-%dT%H:%M:%SZ}");
}
std::string wall_day() {
  return utc("{:%Y-%m-%d}");
}
std::string wall_stamp() {
  return utc("{:%Y%m%dT%H%M%SZ}");
}

std::string program_folder() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path().string();
}

}  // namespace tollgate::cli
