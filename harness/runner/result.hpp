#pragma once
/// What a run leaves behind: the plan and, case by case, verdict, findings and trace. Reports read this and nothing else.
#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rules/causality.hpp"
#include "rules/finding.hpp"
#include "runner/selection.hpp"
#include "sim/clock.hpp"
#include "trace/trace.hpp"

namespace tollgate {

/// The part of a case that reports need: see runner/case.hpp for what runs.
struct CaseInfo {
  std::string id;        ///< "ORD-03"
  std::string group;     ///< "order"
  std::string purpose;
  std::string clause;
  std::string strength;  ///< "shall", "flow", "rfc-must", "rfc-should", "rfc-may", "profile"
  std::string kind;      ///< "causal", "live", "absent", "count", "field", "order"
  std::string file;      ///< where the case is written, relative to the tree
  int line = 0;
  std::vector<std::string> detects = {};  ///< faults of the reference server that it must catch
  std::string not_built = {};  ///< what the catalogue's purpose asks for and this case does not do, and why; "" for nothing
};

struct CaseResult {
  CaseInfo info;
  Verdict verdict = Verdict::error;
  std::string reason = "incomplete";                            ///< machine word: "unexpected INVITE"
  std::string because = "the run ended before this case did";  ///< one sentence for people
  std::vector<Finding> findings;  ///< the case's own first, then the monitors
  Instant started{};
  Duration duration{};
  Duration lag{};                 ///< how late the harness itself was while it ran, at worst
  unsigned plays = 1;             ///< more where our own lag had left it open before, or other cases had held it up
  bool played_alone = false;      ///< the last time, for that
  bool held_up = false;           ///< beside others, whose answers may have kept the SUT from asking for it: see ChargingEnabler
  trace::Trace trace;
  std::string again;              ///< the command that runs it again
  bool finished = false;
};

/// Our own lag has left it open, or it failed while others may have held it up, and it may be played once more: that says nothing of the
/// SUT.
inline constexpr unsigned plays_most = 3;
[[nodiscard]] inline bool deserves_another_play(CaseResult const& result) {
  auto const shows_itself = [](Finding const& one) { return one.verdict == Verdict::fail; };  // a monitor, by what did come
  bool const may_be_held_up = result.verdict == Verdict::fail && result.held_up && !result.findings.empty() &&
                              std::ranges::none_of(result.findings.begin() + 1, result.findings.end(), shows_itself);
  bool const is_open = result.verdict == Verdict::inconc && result.reason == "own lag" && result.plays < plays_most;
  return is_open || may_be_held_up;
}

/// What a run says of one arrow of the flow; cases by id, in plan order.
struct OrderEvidence {
  rules::Arrow arrow;
  unsigned in_order = 0;                 ///< times that the message came behind the answer
  std::vector<std::string> proved_by;    ///< there the answer was withheld in silence, and its release brought the message
  std::vector<std::string> refuted_by;   ///< there the message came before the answer
};

struct Run {
  std::string version;
  std::uint64_t seed = 0;
  Selection selection;            ///< what chose the cases
  std::string sut;                ///< its name
  std::string profile;            ///< bundle
  std::map<std::string, std::string> inferred;  ///< axis -> value, as far as the run showed it
  std::vector<std::string> fits;                ///< bundles that have all of it
  std::vector<OrderEvidence> order;  ///< one for each arrow of the flow
  std::string started_at;         ///< ISO 8601 UTC wall time; empty in simulated time
  Duration duration{};
  Duration lag_p99{};             ///< our own scheduling lag
  Duration lag_max{};             ///< its worst
  std::string out;                ///< folder of the artefacts
  std::string sut_toml;           ///< the SUT file, secrets removed
  std::vector<std::string> ics;   ///< what the SUT claims, as the plan was made with it
  trace::Facts declares;          ///< its profile and its timers, as every trace of the run has them
  std::string catalogue;          ///< digest of the catalogue of purposes
  std::string baseline;           ///< the text of --baseline; empty for none
  std::string day;                ///< on which the baseline was read, "2026-11-26"; empty without one
  std::string log;                ///< tollgate's own log and the SUT's output
  std::vector<std::string> baseline_problems;  ///< its entries that expired or name no case, one sentence each
  std::vector<CaseResult> cases;  ///< the whole plan, in plan order, from the start
  int exit = 3;
};

}  // namespace tollgate
