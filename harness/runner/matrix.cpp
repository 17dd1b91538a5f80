#include "runner/matrix.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

#include "base/assert.hpp"
#include "codec/sip/message.hpp"
#include "runner/bundle.hpp"
#include "runner/consistency.hpp"
#include "runner/inference.hpp"
#include "runner/plan.hpp"
#include "runner/reference_sut.hpp"
#include "runner/simulated_run.hpp"
#include "runner/timers.hpp"

namespace tollgate {

static bool contains(auto const& range, std::string_view word) {
  return std::ranges::find(range, word) != std::ranges::end(range);
}

/// The cases that must detect the fault.
static std::vector<refserver::Detector> const& detectors(refserver::FaultRow const& stated, ch2::Binding binding) {
  return binding == ch2::Binding::http && !stated.over_http.empty() ? stated.over_http : stated.detectors;
}

/// Every reason for which a case may fail under this fault.
static std::vector<std::string_view> allowed_reasons(refserver::FaultRow const& stated, ch2::Binding binding) {
  std::vector<std::string_view> all(stated.reasons.begin(), stated.reasons.end());
  for (auto const& detector : detectors(stated, binding)) all.push_back(detector.reason);
  return all;
}

static std::string in_a_line(MatrixCell const& cell) {
  return fmt::format("{} is {}: {}", cell.case_id, to_string(cell.verdict), fmt::join(cell.reasons, ", "));
}

static void judge_faultless(MatrixRow& row) {
  for (auto const& cell : row.cells)
    if (cell.verdict != Verdict::pass && cell.verdict != Verdict::na) row.problems.push_back("on the faultless server " + in_a_line(cell));
}

/// What is no stated reason.
static void judge_reasons(MatrixRow& row, std::vector<std::string_view> const& allowed) {
  for (auto const& cell : row.cells) {
    if (cell.verdict == Verdict::pass || cell.verdict == Verdict::na) continue;
    if (cell.verdict == Verdict::error) {
      row.problems.push_back(fmt::format("{}: a harness error: {}", cell.case_id, fmt::join(cell.reasons, ", ")));
      continue;
    }
    for (auto const& reason : cell.reasons)
      if (!contains(allowed, reason))
        row.problems.push_back(
            fmt::format("{} is {} for \"{}\", which is no stated reason", cell.case_id, to_string(cell.verdict), reason));
  }
}

/// Over HTTP some of them may not apply, but not all.
static void judge_detectors(MatrixRow& row, std::vector<refserver::Detector> const& detectors, bool may_not_apply) {
  std::size_t played = 0;
  for (auto const& detector : detectors) {
    auto const cell = std::ranges::find(row.cells, detector.case_id, &MatrixCell::case_id);
    if (cell != row.cells.end() && cell->verdict == Verdict::na && may_not_apply) continue;
    ++played;
    if (cell == row.cells.end())
      row.problems.push_back(fmt::format("{} did not run", detector.case_id));
    else if (cell->verdict != Verdict::fail)
      row.problems.push_back(fmt::format("{} is {}: the fault survived it", detector.case_id, to_string(cell->verdict)));
    else if (!contains(cell->reasons, detector.reason))
      row.problems.push_back(fmt::format("{} failed, but not for \"{}\"", detector.case_id, detector.reason));
  }
  if (played == 0) row.problems.emplace_back("none of its detectors applies, and nobody says that it is about Diameter itself");
}

void judge_row(MatrixRow& row, refserver::FaultRow const* stated, ch2::Binding binding) {
  bool const is_http = binding == ch2::Binding::http;
  row.problems.clear();
  row.detected = true;
  row.about_diameter = is_http && stated != nullptr ? stated->about_diameter : "";
  if (!row.about_diameter.empty()) return;
  if (stated == nullptr) {
    judge_faultless(row);
  } else {
    judge_reasons(row, allowed_reasons(*stated, binding));
    bool const shows = std::ranges::find(row.cells, Verdict::fail, &MatrixCell::verdict) != row.cells.end();
    if (!shows) row.problems.emplace_back("no case fails: the fault has no effect");
    judge_detectors(row, detectors(*stated, binding), is_http);
  }
  row.detected = row.problems.empty();
}

/// What a server with these choices declares, under the first bundle that has them all.
static Profile declared(refserver::Profile const& server) {
  for (auto const& bundle : bundle_names()) {
    auto profile = filled({.bundle = bundle}, server);
    bool const has_all = !profile.debit.empty() && !profile.credit.empty() && !profile.units.empty() && !profile.release.empty();
    if (has_all) return profile;
  }
  TOLLGATE_ASSERT(false);
  return {};
}

/// The most messages that the SUT has taken for one user.
static std::size_t most_stored(trace::Trace const& trace) {
  std::map<std::string, std::size_t> stored;
  std::size_t most = 0;
  for (auto const& e : trace.events()) {
    bool const taken = e.kind == trace::Kind::message && e.direction == trace::Direction::received && e.meaning.name == "MESSAGE" &&
                       e.meaning.status / 100 == 2 && e.repeats == 0 && e.about != 0;
    if (!taken) continue;
    auto const message = sip::Message::parse(trace.at(e.about).octets);
    if (message) most = std::max(most, ++stored[std::string(message->request_uri())]);
  }
  return most;
}

static MatrixCell cell_of(CaseResult const& result) {
  MatrixCell cell{.case_id = result.info.id, .verdict = result.verdict, .reasons = {}, .messages = most_stored(result.trace)};
  for (auto const& finding : result.findings)
    if (finding.verdict == Verdict::fail || finding.verdict == Verdict::error) cell.reasons.push_back(finding.reason);
  if (cell.reasons.empty() && result.verdict != Verdict::pass) cell.reasons.push_back(result.reason);
  return cell;
}

static bool is_for(Case const& one, refserver::FaultRow const* stated, Extent extent) {
  return extent == Extent::all || !one.heavy || stated == nullptr || contains(one.info.detects, stated->id());
}

struct Shown {
  /// The reading that the whole suite shows, and the one that a level of it shows, without the purposes that tell readings apart.
  std::vector<std::map<std::string, std::string>> readings;
  std::vector<Contradiction> contradictions;  ///< had the server declared nothing
};

static Shown shown_by(std::span<CaseResult const> results, double clock_scale) {
  Ixit ixit = reference_sut::ixit();
  scale_waits(ixit, clock_scale);
  scale_timers(ixit, clock_scale);
  Shown out;
  for (auto const* level : {"may", "should", "shall"}) out.readings.push_back(infer_profile(results, ixit, level));
  out.contradictions = contradictions(results, {.bundle = "CR-LIST"}, ixit);
  return out;
}

/// The cell of that case without faults, where the server looks at none of these.
static MatrixCell const* untouched(MatrixRow const* faultless, std::string const& case_id, std::set<refserver::Fault> const& faults) {
  if (faultless == nullptr) return nullptr;
  auto const cell = std::ranges::find(faultless->cells, case_id, &MatrixCell::case_id);
  bool const is_touched = cell == faultless->cells.end() ||
                          std::ranges::any_of(faults, [&](refserver::Fault fault) { return cell->looked_at.contains(fault); });
  return is_touched ? nullptr : &*cell;
}

static std::vector<MatrixCell> cells_of(std::span<Case const> suite, SimulatedOptions options, refserver::FaultRow const* stated,
                                        MatrixRow const* faultless, Extent extent, Shown* shown = nullptr) {
  constexpr unsigned some = 5, all = 100;
  options.load_percent = extent == Extent::all ? all : some;
  auto plan = select(suite, {});
  std::erase_if(plan, [&](Case const* one) { return !is_for(*one, stated, extent); });
  auto results = plan_results(plan, options.profile, claims_over(options.ways.binding));
  std::vector<MatrixCell> cells;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (auto const* same = untouched(faultless, plan[i]->info.id, options.faults)) {
      cells.push_back(*same);
      cells.back().played = false;
      cells.back().looked_at.clear();
      continue;
    }
    std::set<refserver::Fault> looked_at;
    options.looked_at = stated == nullptr ? &looked_at : nullptr;
    run_simulated(std::span(plan).subspan(i, 1), std::span(results).subspan(i, 1), options, {.finished = [](CaseResult&) {}});
    cells.push_back(cell_of(results[i]));
    cells.back().looked_at = std::move(looked_at);
    if (shown == nullptr) results[i].trace = {};
  }
  if (shown != nullptr) *shown = shown_by(results, options.clock_scale);
  return cells;
}

/// What a run shows of a faultless server has to be what that server does.
static void judge_inference(MatrixRow& row, std::map<std::string, std::string> const& shown, refserver::Profile const& server) {
  auto const does = filled({.bundle = "CR-LIST"}, server);
  auto const pre = server.debit == refserver::Debit::pre ? std::string("pre") : does.debit;
  for (auto const& [axis, value] : {std::pair("debit", pre), std::pair("credit", does.credit), std::pair("units", does.units),
                                    std::pair("release", does.release), std::pair("quota", does.quota)}) {
    auto const said = shown.find(axis);
    if (said == shown.end() || value.empty() || said->second == value) continue;
    row.detected = false;
    row.problems.push_back(fmt::format("the run showed {} {} of a server that has {}", axis, said->second, value));
  }
}

MatrixRow matrix_row(std::span<Case const> suite, refserver::FaultRow const& stated, std::uint64_t seed, Ways const& ways,
                     MatrixRow const* faultless, Extent extent) {
  SimulatedOptions options{.seed = seed,
                           .faults = {stated.fault},
                           .server_profile = stated.profile,
                           .ways = ways,
                           .profile = declared(stated.profile),
                           .clock_scale = stated.clock_scale};
  options.faults.insert(stated.with.begin(), stated.with.end());
  bool const is_usual = stated.profile == refserver::Profile() && stated.clock_scale == 1;
  auto const* alike = is_usual ? faultless : nullptr;  // else it is another server
  MatrixRow row{.fault = std::string(stated.name), .cells = cells_of(suite, options, &stated, alike, extent)};
  judge_row(row, &stated, ways.binding);
  return row;
}

MatrixRow faultless_row(std::span<Case const> suite, Variant const& variant, std::uint64_t seed, Extent extent) {
  auto options = variant.options;
  options.seed = seed;
  MatrixRow row{.fault = variant.name.empty() ? "none" : "none: " + variant.name, .cells = {}};
  Shown shown;
  row.cells = cells_of(suite, options, nullptr, nullptr, extent, &shown);
  judge_row(row, nullptr);
  for (auto const& one : shown.readings) judge_inference(row, one, options.server_profile);
  for (auto const& one : shown.contradictions) row.problems.push_back(fmt::format("{}: {}", one.finding.reason, one.finding.because));
  row.detected = row.detected && shown.contradictions.empty();
  return row;
}

}  // namespace tollgate
