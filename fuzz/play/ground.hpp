#pragma once
/// Everything that a trial or a life of a server needs, and what lasts of a server that is not ours to launch.
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>

#include "fuzz/play/flow.hpp"
#include "fuzz/script/script.hpp"
#include "runner/result.hpp"
#include "runner/sut_file.hpp"
#include "runner/user_pool.hpp"
#include "sim/wall_clock.hpp"

namespace tollgate::fuzz {

/// A flow that has been played and judged.
struct Played {
  Script script;
  CaseResult result;
};

/// A server that runs already, over everything that is played on it: nobody makes a fresh one.
struct LastingServer {
  std::optional<UserPool> users = {};  ///< those with whom nothing has been left
  bool has_worn_users = false;         ///< there were none any more, and no hook had emptied the server
  std::deque<Played> played = {};      ///< the last of it
  std::string gone = {};               ///< why it answers no more, as a sentence; "" while it does
};

/// One for a whole command.
struct Ground {
  WallClock& clock;
  Network& network;
  SutFile const& file;
  std::span<BaseFlow const> flows;
  std::uint64_t seed = 1;
  LastingServer* lasting = nullptr;  ///< where `file` launches none
  bool has_served = false;           ///< a launch that fails is tried again, later and later
  bool asks_watchdog = true;         ///< it answers DWR
};

}  // namespace tollgate::fuzz
