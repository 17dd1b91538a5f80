#include "bench/ratios.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <ostream>

namespace tollgate::bench {

namespace {

enum class Bound : bool { at_most, at_least };

/// `above` divided by `below`; at_least for what a peer takes longer than we.
struct Ratio {
  char const* says;
  char const* above;
  char const* below;
  Bound bound;
  double wanted;
};

constexpr Ratio ratios[] = {
    {"header index of the INVITE / floor", "INVITE/index", "INVITE/floor", Bound::at_most, 2.5},
    {"oSIP2 / header index of the INVITE", "INVITE/oSIP2", "INVITE/index", Bound::at_least, 10},
    {"every typed header and SDP / floor", "INVITE/index, views and SDP", "INVITE/floor", Bound::at_most, 15},
    {"Sofia-SIP with SDP / every typed header and SDP", "INVITE/Sofia-SIP and SDP", "INVITE/index, views and SDP", Bound::at_least, 2},
    {"libfdproto with rules / checked CCR", "CCR 532/libfdproto rules", "CCR 532/judge", Bound::at_least, 8},
    {"MSRP SEND of 424 octets / floor", "MSRP SEND 424/index", "MSRP SEND 424/floor", Bound::at_most, 3},
    {"MSRP SEND of 64 KiB / floor", "MSRP SEND 64K/index", "MSRP SEND 64K/floor", Bound::at_most, 3},
    {"MSRP SEND of 64 KiB in lines / floor", "MSRP SEND 64K lines/index", "MSRP SEND 64K lines/floor", Bound::at_most, 3},
};

/// What reads without the heap.
constexpr char const* without_allocation[] = {"INVITE/index",        "REGISTER/index", "200/index",    "MSRP SEND 424/index",
                                              "MSRP SEND 64K/index", "CCR 532/walk",   "CCR 532/judge"};

}  // namespace

bool RatioReporter::ReportContext(Context const&) {
  return true;
}

void RatioReporter::ReportRuns(std::vector<Run> const& runs) {
  for (auto const& run : runs) {
    if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
    auto const allocations = run.counters.find("allocs");
    Measured const now{run.GetAdjustedCPUTime(), allocations == run.counters.end() ? 0 : allocations->second.value};
    auto const [kept, is_new] = measured_.try_emplace(run.run_name.function_name, now);
    if (!is_new) kept->second.ns = std::min(kept->second.ns, now.ns);
  }
}

RatioReporter::Measured const* RatioReporter::find(std::string const& name) const {
  auto const found = measured_.find(name);
  return found == measured_.end() ? nullptr : &found->second;
}

void RatioReporter::print_ratios() {
  auto& out = GetOutputStream();
  out << "\n| ratio | measured | wanted | |\n|---|---|---|---|\n";
  for (auto const& ratio : ratios) {
    auto const* const above = find(ratio.above);
    auto const* const below = find(ratio.below);
    auto const measured = above != nullptr && below != nullptr ? above->ns / below->ns : 0;
    bool const keeps = measured > 0 && (ratio.bound == Bound::at_most ? measured <= ratio.wanted : measured >= ratio.wanted);
    keeps_all_ = keeps_all_ && keeps;
    out << fmt::format("| {} | {:.2f} | {} {} | {} |\n", ratio.says, measured, ratio.bound == Bound::at_most ? "at most" : "at least",
                       ratio.wanted, keeps ? "yes" : "**NO**");
  }
  for (auto const* const name : without_allocation) {
    auto const* const one = find(name);
    bool const keeps = one != nullptr && one->allocations == 0;
    keeps_all_ = keeps_all_ && keeps;
    out << fmt::format("| allocations of {} | {} | 0 | {} |\n", name, one != nullptr ? one->allocations : -1, keeps ? "yes" : "**NO**");
  }
}

void RatioReporter::Finalize() {
  auto& out = GetOutputStream();
  out << "| message/reader | ns | ratio to the floor | allocations |\n|---|---|---|---|\n";
  for (auto const& [name, one] : measured_) {
    auto const* const floor = find(name.substr(0, name.find('/')) + "/floor");
    auto const ratio = floor != nullptr ? fmt::format("{:.2f}", one.ns / floor->ns) : "";
    out << fmt::format("| {} | {:.0f} | {} | {:.0f} |\n", name, one.ns, ratio, one.allocations);
  }
  print_ratios();
}

}  // namespace tollgate::bench
