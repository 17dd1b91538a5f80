#pragma once
/// A run on real sockets against a SUT: the embedded reference server, one that tollgate launches, or one that runs already.
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "runner/runner.hpp"
#include "runner/sut_file.hpp"
#include "runner/child_process.hpp"
#include "sim/wall_clock.hpp"
#include "transport/sockets.hpp"

namespace tollgate {

/// The SUT did not come to answer before the first case: exit code 69.
struct Unreachable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Ctrl-C and the like before the first case: exit code 130.
struct Interrupted {};

class RealRun {
 public:
  /// Listens as the Charging Enabler. Throws NetworkError when the address is taken.
  explicit RealRun(SutFile sut, std::uint64_t seed);
  ~RealRun();

  /// Launches the SUT if the file says so, waits until it is ready: its text, an answer to OPTIONS, its Diameter peer.
  /// `embedded`: the address of its SIP follows READY on its output. Throws Unreachable, or Interrupted.
  void make_ready(bool embedded);

  enum class End : std::uint8_t { complete, deadline, interrupted };
  /// An interruption ends it early; results stay as far as they came.
  End run(std::span<Case const* const> plan, std::span<CaseResult> results, rules::Terms terms, RunnerOptions options,
          Runner::OnFinished const& on_finished);

  [[nodiscard]] Clock const& clock() const { return clock_; }
  [[nodiscard]] Duration lag_p99() const { return clock_.lag_p99(); }
  [[nodiscard]] Duration lag_max() const { return clock_.worst_lag({}); }
  /// What crossed a wire and belongs to no case: capabilities, watchdogs, the OPTIONS before the first case, CCRs of unknown
  /// subscribers.
  [[nodiscard]] trace::Trace const& peer_trace() const { return peer_recorder_.trace(); }
  [[nodiscard]] std::string sut_output() const { return process_ ? process_->output() : std::string(); }

 private:
  void launch();
  /// While a run goes on; what is not ready within the patience is the case's to miss.
  [[nodiscard]] Task<void> relaunch();
  void await_ready_text();
  [[nodiscard]] std::string::size_type ready_line_end() const;
  void learn_address();
  void forget_state() const;
  void await_options();
  void await_peer();
  void beat();
  [[nodiscard]] bool wait(std::function<bool()> const& done);

  SutFile sut_;
  Random random_;
  WallClock clock_;
  SocketNetwork network_;
  Recorder peer_recorder_;
  ChargingEnabler charging_enabler_;
  std::unique_ptr<ChildProcess> process_;
  std::function<void()> on_sut_end_;
  bool embedded_ = false;
  bool relaunching_ = false;
};

}  // namespace tollgate
