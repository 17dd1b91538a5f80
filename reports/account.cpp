#include "reports/account.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>
#include <utility>

#include "base/text.hpp"
#include "reports/escape.hpp"
#include "runner/bundle.hpp"
#include "runner/declaration.hpp"
#include "runner/timers.hpp"

namespace tollgate::reports {

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "PASS";
    case Verdict::fail: return "FAIL";
    case Verdict::inconc: return "INCONC";
    case Verdict::na: return "N/A";
    case Verdict::known: return "KNOWN";
    case Verdict::none:
    case Verdict::error: return "ERROR";
  }
  return "";
}

bool is_unfinished(CaseResult const& result) {
  if (result.verdict == Verdict::inconc && result.trace.empty() && result.because.starts_with("not run:")) return true;
  return !result.finished && (result.verdict == Verdict::error || result.verdict == Verdict::none);
}

Counts count(Run const& run) {
  Counts counts;
  for (auto const& result : run.cases) {
    if (is_unfinished(result) && result.trace.empty()) ++counts.not_run;
    switch (result.verdict) {
      case Verdict::pass: ++counts.pass; break;
      case Verdict::fail: ++counts.fail; break;
      case Verdict::inconc: ++counts.inconc; break;
      case Verdict::na: ++counts.na; break;
      case Verdict::known: ++counts.known; break;
      case Verdict::none:
      case Verdict::error: ++counts.error; break;
    }
  }
  return counts;
}

std::string to_string(Counts const& counts) {
  std::string text = fmt::format("{} pass", counts.pass);
  for (auto const& [number, name] :
       {std::pair{counts.fail, "fail"}, {counts.inconc, "inconc"}, {counts.error, "error"}, {counts.known, "known"}, {counts.na, "n/a"}})
    if (number != 0) text += fmt::format(", {} {}", number, name);
  return text;
}

Finding const* decisive(CaseResult const& result) {
  if (result.verdict == Verdict::pass || result.verdict == Verdict::na) return nullptr;
  // A known failure keeps the finding that it is known for.
  auto const speaks = [&](Finding const& finding) {
    bool const failed = result.verdict == Verdict::known && finding.verdict == Verdict::fail;
    return failed || finding.verdict == result.verdict;
  };
  auto const same =
      std::ranges::find_if(result.findings, [&](Finding const& finding) { return speaks(finding) && finding.reason == result.reason; });
  if (same != result.findings.end()) return &*same;
  auto const any = std::ranges::find_if(result.findings, speaks);
  return any == result.findings.end() ? nullptr : &*any;
}

std::string reason_of(CaseResult const& result) {
  bool const planned = result.verdict == Verdict::na || result.verdict == Verdict::known;
  if (planned && !result.because.empty()) return result.because;
  auto const* const finding = decisive(result);
  bool const is_named = finding != nullptr && finding->rule == result.reason && !finding->name.empty();
  return is_named ? fmt::format("{} {}", finding->rule, finding->name) : result.reason;
}

std::vector<Finding const*> also_failed(CaseResult const& result) {
  std::vector<Finding const*> others;
  auto const* decided = decisive(result);
  for (auto const& finding : result.findings)
    if (&finding != decided && (finding.verdict == Verdict::fail || finding.verdict == Verdict::error)) others.push_back(&finding);
  return others;
}

std::vector<trace::EventId> witnesses(CaseResult const& result) {
  auto const* finding = decisive(result);
  return finding == nullptr ? std::vector<trace::EventId>{} : finding->witnesses;
}

static std::string way_of(trace::Event const& event) {
  std::string ours = event.actor.empty() ? "harness" : event.actor;
  bool const crosses = event.kind == trace::Kind::message || event.kind == trace::Kind::closed;
  if (!crosses) return ours;
  return event.direction == trace::Direction::sent ? ours + " -> IM Server" : "IM Server -> " + ours;
}

static std::string what_of(trace::Event const& event) {
  if (event.kind != trace::Kind::message) return fmt::format("{} {}", to_string(event.kind), event.note);
  auto const label = event.meaning.label();
  return label.empty() ? fmt::format("{} octets, not readable", event.octets.size()) : label;
}

std::vector<Witness> describe_witnesses(CaseResult const& result) {
  std::vector<Witness> out;
  for (auto const id : witnesses(result)) {
    if (id == 0 || id > result.trace.events().size()) continue;
    auto const& event = result.trace.at(id);
    auto const since_start = event.at_ns - result.trace.events().front().at_ns;
    out.push_back({id, fmt::format("+{} ms", milliseconds(since_start)), one_line(way_of(event)), one_line(what_of(event))});
  }
  return out;
}

std::string again(Run const& run, CaseResult const& result) {
  if (!result.again.empty()) return result.again;
  return fmt::format("tollgate run {} --seed {}", result.info.id, run.seed);
}

std::string shown_reading(Run const& run) {
  std::string shown;
  for (auto const& [axis, value] : run.inferred) shown += fmt::format("{}{} {}", shown.empty() ? "" : ", ", axis, value);
  return shown;
}

/// What is declared on that axis: by the SUT file, or by the bundle; "" where both leave it open.
static std::string declared_on(Run const& run, std::string const& axis) {
  auto const declared = run.declares.find(axis);
  return declared != run.declares.end() ? declared->second : fmt::format("{}", fmt::join(allowed_undeclared(run.profile, axis), " or "));
}

std::string departure_from_declared(Run const& run) {
  std::string out;
  for (auto const& [axis, value] : run.inferred) {
    auto const declared = declared_on(run, axis);
    auto const allowed = allowed_undeclared(run.profile, axis);
    bool const leaves_open = !run.declares.contains(axis) && std::ranges::find(allowed, value) != allowed.end();
    if (declared.empty() || declared == value || leaves_open) continue;
    out += fmt::format("{}declared {} {}, shown {}", out.empty() ? "" : "; ", axis, declared, value);
  }
  return out;
}

std::string fitting(Run const& run) {
  return run.inferred.empty() ? "" : fmt::format("{}", fmt::join(run.fits, ", "));
}

/// The timers that the run had by declaration, where they are not the default.
static std::string declared_timers(Run const& run) {
  std::string out;
  auto const declared = declaration_in(run.declares);
  if (!declared) return out;
  for (auto const& timer : named_timers) {
    Duration const is = declared->timers.*timer.value, usual = Ixit().*timer.value;
    if (is != usual) out += fmt::format("{}{} {} s (default {} s)", out.empty() ? "" : ", ", timer.name, tenths(is), tenths(usual));
  }
  return out;
}

std::vector<std::string> reading_notes(Run const& run) {
  std::vector<std::string> out;
  if (auto const timers = declared_timers(run); !timers.empty()) out.push_back("declared timers: " + timers);
  if (run.inferred.empty()) return out;
  auto note = fmt::format("the run showed: {}", shown_reading(run));
  auto const departure = departure_from_declared(run), fits = fitting(run);
  if (!departure.empty()) note += "; " + departure;
  if (!fits.empty()) note += fmt::format("; {} {}", departure.empty() ? "that fits" : "declared as shown it would fit", fits);
  out.push_back(std::move(note));
  if (auto const debit = run.inferred.find("debit"); debit != run.inferred.end() && debit->second == "pre")
    out.emplace_back(
        "debit pre, before any outcome, is no debit that step 8 asks for; the Note on the change may be read so: TWELVE-STEP lets a SUT "
        "pass that declares it");
  return out;
}

std::size_t count_ended(Run const& run) {
  return static_cast<std::size_t>(
      std::ranges::count_if(run.cases, [](CaseResult const& one) { return one.finished || one.verdict == Verdict::na; }));
}

std::string tenths(Duration duration) {
  return fmt::format("{:.1f}", std::chrono::duration<double>(duration).count());
}

std::string seconds(Duration duration) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(duration).count());
}

std::string milliseconds(std::int64_t ns) {
  constexpr double ns_per_ms = 1e6;
  return fmt::format("{:.3f}", static_cast<double>(ns) / ns_per_ms);
}

Ordered is_ordered(OrderEvidence const& evidence) {
  if (!evidence.refuted_by.empty()) return Ordered::refuted;
  return evidence.proved_by.empty() ? Ordered::unproved : Ordered::proved;
}

std::string_view to_string(Ordered ordered) {
  return ordered == Ordered::proved ? "proved" : ordered == Ordered::refuted ? "refuted" : "unproved";
}

std::string describe_order(OrderEvidence const& evidence) {
  switch (is_ordered(evidence)) {
    case Ordered::proved: return "is ordered: proved by withholding in " + few_of(evidence.proved_by);
    case Ordered::refuted: return "is not ordered: it came before the answer in " + few_of(evidence.refuted_by);
    case Ordered::unproved: return "whether it is ordered was not proved: no case withheld the answer long enough";
  }
  return "";
}

}  // namespace tollgate::reports
