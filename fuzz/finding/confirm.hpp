#pragma once
/// Makes a suspicion sure, on fresh servers: which flows bring it about, as few and as simple as can be, and how often they do.
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "fuzz/oracle/problem.hpp"
#include "fuzz/play/trial.hpp"
#include "fuzz/script/script.hpp"
#include "fuzz/script/shrink.hpp"

namespace tollgate::fuzz {

struct Suspicion {
  Problem problem;
  std::vector<Script> scripts;  ///< that may have brought it about, the likeliest last
  std::size_t unlikely = 0;     ///< so many, the first of them, do what is known to end the server otherwise
  trace::Trace trace = {};      ///< of the flow in which a monitor saw it
};

struct Confirmation {
  std::vector<Script> flows;            ///< that bring it about; empty where none did
  unsigned reproduced = 0, times = 0;   ///< of so many plays on a fresh server; 0 times: the time was over before it could be said
  unsigned rounds = 1;                  ///< of the flows in each play, until it shows
  std::size_t side_by_side = 1;         ///< flows that may be under way at a time
  TrialResult seen;                     ///< the last of those that showed it
  std::uint64_t at_case = 0;            ///< behind which it was suspected
  /// Enough to tell of it. What we judge ourselves must come every time, for our own load may have made it; that a server ended is
  /// its own word.
  [[nodiscard]] bool is_sure(Problem const& problem) const;
};

/// How long it is sought what brings a suspicion about. It may come again with flows that show it sooner.
enum class Search : std::uint8_t {
  brief,     ///< the likeliest, some ten seconds
  thorough,  ///< whatever may have met, some minutes
};

/// The last flow alone, then with ever more of what came before it, then all as they were; made smaller, and played several times
/// more. What does not come every time, because two messages must meet, is tried with more time between them (see retimed.hpp), then with
/// copies side by side, then again and again on one server. Some minutes at most, and not beyond `until`. `before_each` play it tells whoever waits.
[[nodiscard]] Confirmation confirm(Ground const& ground, Suspicion const& suspicion, Search search,
                                   std::function<void()> const& before_each, Instant until = Instant::max());

/// Plays flows on a fresh server: `try_out` of trial.hpp.
using PlayFlows = std::function<TrialResult(std::span<Script const> flows, TrialOptions const& how)>;
/// The same with another way to play. `simple`: see shrink.hpp.
[[nodiscard]] Confirmation confirm(Clock const& clock, std::span<SimpleBase const> simple, PlayFlows const& play,
                                   Suspicion const& suspicion, Search search = Search::thorough, Instant until = Instant::max());

}  // namespace tollgate::fuzz
