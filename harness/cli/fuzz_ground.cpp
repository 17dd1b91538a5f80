#include "cli/fuzz_ground.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "runner/plan.hpp"

namespace tollgate::cli {

/// Each life of the server begins with nothing: what it would write down for the next one costs it time on the disk.
static void keeps_nothing(SutFile& sut) {
  auto const flag = std::ranges::find(sut.launch, "--state");
  if (sut.state.empty() || flag == sut.launch.end()) return;
  sut.launch.erase(flag, flag + 2);
  sut.state.clear();
}

/// A server of ours that was built with a sanitizer says where it hangs, and names functions; its own words come first.
static void asks_sanitizers(SutFile& sut) {
  if (sut.launch.empty()) return;
  sut.env.emplace("ASAN_OPTIONS", "handle_abort=1:allocator_may_return_null=1:malloc_context_size=12");
  sut.env.emplace("UBSAN_OPTIONS", "print_stacktrace=1:halt_on_error=1");
  for (std::string const symbolizer : {"/usr/bin/llvm-symbolizer", "/usr/bin/llvm-symbolizer-19"})
    if (std::filesystem::exists(symbolizer)) sut.env.emplace("ASAN_SYMBOLIZER_PATH", symbolizer);
}

SutFile as_fuzzed(SutFile sut) {
  asks_sanitizers(sut);
  keeps_nothing(sut);
  return sut;
}

static std::expected<SutFile, Refusal> load_server(Options const& options) {
  auto sut = load_sut(options);
  if (!sut) return sut;
  return as_fuzzed(std::move(*sut));
}

/// Paths of the SUT file count from where tollgate ran when the finding was seen.
static std::optional<Refusal> goes_to(std::string const& folder) {
  if (folder.empty()) return std::nullopt;
  std::error_code error;
  std::filesystem::current_path(folder, error);
  if (!error) return std::nullopt;
  return Refusal{exit_unreachable,
                 fmt::format("{}: {}: the server was launched from there; --sut FILE names another", folder, error.message())};
}

static std::optional<Refusal> no_single_messages(Options const& options, SutFile const& sut) {
  auto const refusal = [](char const* why) {
    return Refusal{exit_usage, std::string("--messages are single SIP messages over UDP: ") + why};
  };
  if (!options.select.empty() || !options.scenarios.empty()) return refusal("they belong to no case");
  if (options.channel != "all" && options.channel != "sip") return refusal("there is no other --channel");
  if (options.strict_answers) return refusal("only messages of a flow are judged by --strict-answers");
  if (sut.ixit.sip_transport != trace::Transport::udp) return refusal("the server takes SIP over another transport");
  return std::nullopt;
}

std::expected<std::unique_ptr<FuzzGround>, Refusal> FuzzGround::make(Options const& options) {
  auto out = std::make_unique<FuzzGround>();
  auto sut = load_server(options);
  if (!sut) return std::unexpected(sut.error());
  out->sut = std::move(*sut);
  if (options.servers > 1 && !options.sut.empty())
    return std::unexpected(Refusal{exit_usage, "--servers: a SUT file names the addresses of one server"});
  if (options.messages) {
    if (auto const refusal = no_single_messages(options, out->sut)) return std::unexpected(*refusal);
    out->flows = fuzz::message_flows();
    return out;
  }
  if (options.select.empty() && options.scenarios.empty()) {
    out->flows = fuzz::push_flows();
    return out;
  }
  auto suite = load_suite(options);
  if (!suite) return std::unexpected(suite.error());
  out->suite = std::move(*suite);
  if (auto const typo = selects_nothing(out->suite, options.select))
    return std::unexpected(Refusal{exit_nothing_selected, fmt::format("'{}' selects nothing; `tollgate list` shows what there is", *typo)});
  for (auto const* one : select(out->suite, {options.select, options.filter, options.level, std::nullopt, 1}))
    if (!one->alone) out->flows.push_back(fuzz::as_flow(*one));
  if (out->flows.empty()) return std::unexpected(Refusal{exit_nothing_selected, "no flow is selected that can be played beside others"});
  return out;
}

std::expected<std::unique_ptr<FuzzGround>, Refusal> FuzzGround::make_for(fuzz::ReproFile const& repro, Options const& options) {
  auto as_seen = options;
  if (options.sut.empty()) {
    as_seen.sut = repro.sut;
    as_seen.faults = repro.faults;
    as_seen.imserver = repro.imserver;
    as_seen.timeout_scale = repro.timeout_scale;
    as_seen.ways = repro.ways;
    if (auto const refusal = goes_to(repro.folder)) return std::unexpected(*refusal);
  }
  auto out = std::make_unique<FuzzGround>();
  auto sut = load_server(as_seen);
  if (!sut) return std::unexpected(sut.error());
  auto suite = load_suite(options);
  if (!suite) return std::unexpected(suite.error());
  out->sut = std::move(*sut);
  out->suite = std::move(*suite);
  auto flows = flows_of(repro, out->suite);
  if (!flows) return std::unexpected(flows.error());
  out->flows = std::move(*flows);
  for (auto& one : fuzz::simple_flows()) out->flows.push_back(std::move(one));
  return out;
}

fuzz::ReproFile FuzzGround::repro(Options const& options, std::uint64_t seed) const {
  return {.seed = seed,
          .faults = options.faults,
          .sut = options.sut.empty() ? "" : std::filesystem::absolute(options.sut).string(),
          .folder = options.sut.empty() ? "" : std::filesystem::current_path().string(),
          .imserver = options.imserver.empty() ? "" : std::filesystem::absolute(options.imserver).string(),
          .timeout_scale = options.timeout_scale,
          .ways = options.ways,
          .flows = {}};
}

std::string FuzzGround::names() const {
  std::vector<std::string> out;
  for (auto const& flow : flows) out.push_back(flow.name);
  return fmt::format("{}", fmt::join(out, " "));
}

}  // namespace tollgate::cli
