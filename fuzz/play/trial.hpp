#pragma once
/// Plays scripts on a fresh server, one after the other, and says what was wrong: how a suspicion is made sure, how a finding is
/// played again, and how it is made smaller.
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fuzz/play/arena.hpp"

namespace tollgate::fuzz {

struct TrialResult {
  std::vector<Problem> problems;
  std::vector<Played> played;  ///< in the order in which they ended; of very many the last
  std::string output;          ///< of the server
  Octets capabilities;         ///< the answer to the server's CER, where it was changed
  std::optional<Played> unchanged = {};  ///< the flow that passed unchanged before, where it was played: see known_good.hpp
  std::string unready;         ///< why the server did not come to serve; empty when it did
  [[nodiscard]] bool has(std::string_view bucket) const;
  /// Of the flow in which a message was changed last: see step_of.
  [[nodiscard]] std::string step() const;
};

struct TrialOptions {
  std::string wanted = {};  ///< a bucket that ends the trial at once; "" plays to the end
  bool judges_answers = false;  ///< an answer to a malformed request that is not the standard's is a problem: see expected_answer.hpp
  bool ends_server = true;  ///< and looks at what its end shows
  std::size_t side_by_side = 1;  ///< flows that may be under way
  bool settles = true;      ///< waits for what lingers behind the last flow, which the monitors want to see
  Duration settle_most = 60s;      ///< so long
  Instant until = Instant::max();  ///< is given up then
  unsigned rounds = 1;      ///< that they are played until what is wanted shows
  bool in_rounds = false;   ///< plays them again and again, for what grows: see growth.hpp
  std::string known_good = {};     ///< a flow that is played unchanged before and behind them: see known_good.hpp
};

/// As many flows side by side as make two of them meet.
inline constexpr std::size_t many_at_once = 64;

/// Many flows are there to meet, a few are played one after the other.
[[nodiscard]] std::size_t usually_side_by_side(std::size_t flows);
/// To see that problem again with so many flows side by side: a leak shows at the server's end only, what a monitor sees may take the
/// server's timers.
[[nodiscard]] TrialOptions looking_for(Problem const& problem, std::size_t side_by_side);

[[nodiscard]] TrialResult try_out(Ground const& ground, std::span<Script const> scripts, TrialOptions const& options = {});

}  // namespace tollgate::fuzz
