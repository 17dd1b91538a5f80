#pragma once
/// Makes a suspicion sure, on fresh servers: which flows bring it about, as few and as simple as can be, and how often they do.
#include <vector>

#include "fuzz/campaign/problem.hpp"
#include "fuzz/campaign/script.hpp"
#include "fuzz/campaign/trial.hpp"

namespace tollgate::fuzz {

struct Suspicion {
  Problem problem;
  std::vector<Script> scripts;  ///< that may have brought it about, the likeliest last
  std::size_t unlikely = 0;     ///< so many, the first of them, do what is known to end the server otherwise
  trace::Trace trace = {};      ///< of the flow in which a monitor saw it
};

struct Confirmation {
  std::vector<Script> flows;            ///< that bring it about; empty where none did
  unsigned reproduced = 0, times = 0;   ///< of so many plays on a fresh server
  unsigned rounds = 1;                  ///< of the flows in each play, until it shows
  TrialResult seen;                     ///< the last of those that showed it
  /// Enough to tell of it. What we judge ourselves must come every time, for our own load may have made it; that a server ended is
  /// its own word.
  [[nodiscard]] bool is_sure(Problem const& problem) const;
};

/// The last flow alone, then with ever more of what came before it, then all as they were; made smaller, and played several times
/// more. What does not come every time, because two flows must meet, is tried with copies side by side, then again and again on one server.
/// Some minutes at most.
[[nodiscard]] Confirmation confirm(Ground const& ground, Suspicion const& suspicion);

}  // namespace tollgate::fuzz
