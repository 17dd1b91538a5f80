// tollgate fuzz: a campaign against a running server; tollgate repro and minimize: what it has found, played again and made
// smaller.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "cli/fuzz_ground.hpp"
#include "fuzz/campaign/campaign.hpp"
#include "reports/run_folder.hpp"
#include "runner/duration_expression.hpp"
#include "runner/interruption.hpp"

namespace tollgate::cli {

namespace {

using namespace std::chrono_literals;

std::expected<fuzz::Channels, Refusal> channels_of(Options const& options, SutFile const& sut) {
  bool const http = sut.ixit.binding == ch2::Binding::http;
  auto const& word = options.channel;
  if (word == "all") return fuzz::Channels{};
  if (word == "sip") return fuzz::Channels{.sip = true, .msrp = false, .ch2 = false};
  if (word == "msrp") return fuzz::Channels{.sip = false, .msrp = true, .ch2 = false};
  if (word == "diameter" && !http) return fuzz::Channels{.sip = false, .msrp = false, .ch2 = true};
  if (word == "http" && http) return fuzz::Channels{.sip = false, .msrp = false, .ch2 = true};
  return std::unexpected(
      Refusal{exit_usage, fmt::format("--channel {}: CH-2 of this server goes over {}", word, http ? "http" : "diameter")});
}

std::expected<Duration, Refusal> time_of(Options const& options) {
  if (options.time.empty()) return options.execs > 0 ? Duration::zero() : Duration(10min);
  auto const time = read_plain_duration(options.time);
  if (!time) return std::unexpected(Refusal{exit_usage, fmt::format("--time {}: {}", options.time, time.error().detail)});
  return *time;
}

std::string line_of(fuzz::Progress const& now, std::size_t found) {
  auto const seconds = std::max(0.001, std::chrono::duration<double>(now.running).count());
  return fmt::format("#{}  {:.0f} flows/s  {:.0f} messages/s  {}{} features  corpus {}  {} under way, {} linger  {} lives  {} found",
                     now.cases, static_cast<double>(now.cases) / seconds, static_cast<double>(now.messages) / seconds,
                     now.edges > 0 ? fmt::format("{} edges, ", now.edges) : "", now.features, now.corpus, now.under_way - now.lingering,
                     now.lingering, now.lives, found);
}

void tell(fuzz::Found const& found) {
  fmt::print(
      "FOUND {}  {}\n      reproduced {} of {} on a fresh server; case {}, after {:.1f} s\n      {}\n      again: tollgate repro {}\n",
      found.problem.name(), found.problem.says, found.reproduced, found.times, found.at_case,
      std::chrono::duration<double>(found.after).count(), found.folder.string(), found.folder.string());
  std::fflush(stdout);
}

int exit_of(fuzz::Campaign::End end, fuzz::Campaign const& campaign) {
  if (end == fuzz::Campaign::End::unreachable) return refuse({exit_unreachable, campaign.why()});
  if (end == fuzz::Campaign::End::interrupted) return exit_interrupted;
  return campaign.found().empty() ? exit_ok : exit_fail;
}

}  // namespace

int fuzz(Options const& options) {
  note_interruptions();
  auto ground = FuzzGround::make(options);
  if (!ground) return refuse(ground.error());
  auto const channels = channels_of(options, (*ground)->sut);
  if (!channels) return refuse(channels.error());
  auto const time = time_of(options);
  if (!time) return refuse(time.error());
  auto const seed = options.seed.value_or(fresh_seed());
  fuzz::CampaignOptions plan{.seed = seed,
                             .cases_most = options.execs,
                             .time = *time,
                             .channels = *channels,
                             .out = options.out.empty() ? reports::default_folder(wall_stamp(), seed) : options.out,
                             .server = (*ground)->repro(options, seed),
                             .command = fmt::format("{}", fmt::join((*ground)->sut.launch, " "))};
  if (options.jobs > 0) plan.side_by_side = options.jobs;
  fmt::print("fuzzing {}  seed {}  {} flows side by side, built on {}\n", (*ground)->sut.name, seed, plan.side_by_side, (*ground)->names());
  std::fflush(stdout);
  fuzz::Campaign campaign((*ground)->clock, (*ground)->network, (*ground)->sut, (*ground)->flows, plan);
  std::size_t found = 0;
  Instant next_line{};
  auto const end = campaign.run({.progress =
                                     [&](fuzz::Progress const& now) {
                                       if ((*ground)->clock.now() < next_line) return;
                                       next_line = (*ground)->clock.now() + 5s;
                                       fmt::print("{}\n", line_of(now, found));
                                       std::fflush(stdout);
                                     },
                                 .found =
                                     [&](fuzz::Found const& one) {
                                       ++found;
                                       tell(one);
                                     },
                                 .says = [](std::string const& what) { fmt::print("note: {}\n", what); }});
  fmt::print("{}\n", line_of(campaign.progress(), found));
  return exit_of(end, campaign);
}

}  // namespace tollgate::cli
