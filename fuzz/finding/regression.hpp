#pragma once
/// A finding of the campaign as a case of a suite: its flows with their changes, which a mended server bears.
#include <string>
#include <vector>

#include "fuzz/finding/repro_file.hpp"
#include "fuzz/play/flow.hpp"
#include "fuzz/play/trial.hpp"

namespace tollgate::fuzz {

/// What such a case is made of.
struct Regression {
  ReproFile repro;
  std::vector<BaseFlow> flows;  ///< those that `repro` names, in its order
  MessagePool pool = {};
};

/// What a server that breaks by its input does not keep.
inline constexpr char const* finding_clauses = "RFC 3261 16.3; RFC 4475; RFC 4975 7.3; RFC 6733 7";

/// `where` is the file. The case is called as the finding's folder is. On a bed of a suite, in simulated time, its flows are played
/// one after the other and the monitors judge them: that a server ends, hangs or leaks shows where `replayed` plays it.
[[nodiscard]] Case regression_case(ReproFile const& repro, std::vector<BaseFlow> flows, std::string const& where);
/// Of a case that `regression_case` has made; null for any other.
[[nodiscard]] Regression const* regression_of(Case const& one);

/// As `tollgate repro` plays it: once, on a fresh server, until it shows.
[[nodiscard]] TrialResult replayed(ReproFile const& repro, std::span<Script const> flows, Ground const& ground,
                                   Instant until = Instant::max());

/// How often it is played where it does not show: less where it has come each time.
[[nodiscard]] unsigned plays_most(ReproFile const& repro);

/// What such a play says of the case: it fails where the server shows what was found, or ends, hangs or leaks in another way, and
/// is inconclusive where the server did not come to serve.
void judge(Regression const& regression, TrialResult seen, CaseResult& result);

}  // namespace tollgate::fuzz
