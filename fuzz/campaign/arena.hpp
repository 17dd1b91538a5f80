#pragma once
/// One life of the server under test, and the flows that are played on it side by side.
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/campaign/flow.hpp"
#include "fuzz/campaign/problem.hpp"
#include "fuzz/campaign/script.hpp"
#include "fuzz/campaign/tamper.hpp"
#include "runner/footprint.hpp"
#include "runner/running_case.hpp"
#include "runner/sut.hpp"
#include "sim/later.hpp"

namespace tollgate::fuzz {

/// A flow that has been played and judged.
struct Played {
  Script script;
  CaseResult result;
};

class Arena {
 public:
  /// `flows` outlives it. Throws NetworkError.
  Arena(WallClock& clock, Network& network, SutFile const& file, std::span<BaseFlow const> flows, std::uint64_t seed);
  ~Arena();

  /// Has the vendor's hook empty the server, where there is one. Why it did not, else "".
  [[nodiscard]] std::string resets();
  /// Launches the server and waits until it serves. Why it does not, else "".
  [[nodiscard]] std::string becomes_ready();

  /// Called when a flow has been judged, later than whatever judged it.
  std::function<void(Played)> on_played;
  void start(Script script);
  /// Flows that are under way, and those of them that only wait for the server's timers to end what is left of them.
  [[nodiscard]] std::size_t under_way() const { return flights_.size(); }
  [[nodiscard]] std::size_t lingering() const;
  /// Flows that still do something of their own.
  [[nodiscard]] std::size_t playing() const { return under_way() - lingering(); }
  /// Messages of ours are still to go out, which a change has made late.
  [[nodiscard]] bool has_late_departures() const;
  /// Until that is so, or so much time has passed.
  void wait(std::function<bool()> const& done, Duration most);
  /// Their scripts, the likeliest to have ended the server last: those that changed something when it last said anything.
  [[nodiscard]] std::vector<Script> scripts_under_way() const;
  /// Ends flows that only linger, the youngest first, until no more than that are left: what they lack says nothing, and those who
  /// have waited long see the end. One that has just begun to may end by itself.
  void trims_lingering(std::size_t most);
  /// Ends every flow as it is: what it lacks says nothing. They are judged all the same.
  void cut_off();

  /// How the server ended by itself; empty while it lives.
  [[nodiscard]] std::string const& ended() const { return ended_; }
  /// It ended by answering no more: what its flows lack from then on says nothing.
  [[nodiscard]] bool hangs() const { return hangs_; }
  /// Waits until it has printed what it prints at its end; one that hangs is made to say where.
  [[nodiscard]] std::vector<Problem> last_words();
  /// It answers OPTIONS. Waits at most some seconds.
  [[nodiscard]] bool answers();
  /// Asks the server to end, and waits for it. What its end shows: a leak, an end by a signal. Where it is not ours to end,
  /// nothing.
  [[nodiscard]] std::vector<Problem> ends();
  [[nodiscard]] std::string output() const { return sut_.output(); }
  [[nodiscard]] std::optional<Footprint> footprint() { return sut_.world().footprint ? sut_.world().footprint() : std::nullopt; }
  [[nodiscard]] WallClock& clock() const { return clock_; }
  [[nodiscard]] Ixit const& ixit() { return sut_.world().ixit; }

 private:
  struct Flight {
    Script script;
    Case what;
    CaseResult result;
    std::optional<Instant> lingers_since{};
    std::unique_ptr<RunningCase> running;
  };
  [[nodiscard]] Task<void> play(Bed& bed, Flight& flight, BaseFlow const& flow);
  void finished(std::list<Flight>::iterator flight);
  /// Wakes whoever waits for a time or for an interruption.
  void beat();

  WallClock& clock_;
  std::span<BaseFlow const> flows_;
  std::uint64_t seed_;
  std::map<std::uint64_t, std::uint64_t> played_;  ///< how often, by the number of the case
  Random random_;
  rules::Terms terms_;
  std::vector<std::string> reset_command_;
  std::string ended_;
  bool hangs_ = false;
  MessagePool pool_;
  Sut sut_;
  std::list<Flight> flights_;
  TimerId beat_;
  Later later_;
};

}  // namespace tollgate::fuzz
