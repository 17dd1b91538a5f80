#pragma once
/// A run on real sockets against a SUT: the embedded reference server, one that tollgate launches, or one that runs already.
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "runner/runner.hpp"
#include "runner/sipp_stage.hpp"
#include "runner/sut.hpp"
#include "sim/wall_clock.hpp"
#include "transport/sockets.hpp"

namespace tollgate {

/// Ctrl-C and the like before the first case: exit code 130.
struct Interrupted {};

class RealRun {
 public:
  /// Listens as the Charging Enabler. Throws NetworkError when the address is taken.
  explicit RealRun(SutFile file, std::uint64_t seed);

  /// The SUT answers and is connected. Throws Unreachable, or Interrupted.
  void make_ready();

  enum class End : std::uint8_t { complete, deadline, interrupted };
  /// An interruption ends it early; results stay as far as they came. What cases need for themselves alone they get at once
  /// where the SUT can be launched beside itself, else when nothing else runs.
  End run(std::span<Case const* const> plan, std::span<CaseResult> results, rules::Terms terms, RunnerOptions options,
          Runner::Listener const& listener);

  [[nodiscard]] Clock const& clock() const { return clock_; }
  [[nodiscard]] Duration lag_p99() const { return clock_.lag_p99(); }
  [[nodiscard]] Duration lag_max() const { return clock_.worst_lag({}); }
  /// The SUT that cases share, with the name "", then those of single cases, with their ids.
  void for_each_sut(std::function<void(std::string const& of, Sut const& sut)> const& look) const;

 private:
  struct OwnSut {
    OwnSut(std::string id, RealRun& run, SutFile file)
        : of(std::move(id)), sut(run.clock_, run.network_, std::move(file), run.random_.fork()) {}
    std::string of;  ///< the id of the case that has it for itself
    Sut sut;
  };
  [[nodiscard]] World* own_world(Case const& one);
  /// Where the SUT file says so, SIPp writes what the clients of that world send.
  void seat_sipp(World& world);
  /// Notices every stall of ours, and every interruption, also where no timer is due.
  void beat();

  SutFile file_;
  Random random_;
  WallClock clock_;
  SocketNetwork network_;
  std::optional<SippStage> sipp_;
  Sut shared_;
  std::deque<OwnSut> own_;
  Runner* runner_ = nullptr;  ///< while it runs
};

}  // namespace tollgate
