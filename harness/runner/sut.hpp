#pragma once
/// One server under test as a run has it: its process, where it is ours to launch, the Charging Enabler that it reports to,
/// whether it lives, and the world of the cases that run against it.
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "runner/absence.hpp"
#include "runner/bed.hpp"
#include "runner/child_process.hpp"
#include "runner/pulse.hpp"
#include "runner/store_command.hpp"
#include "runner/sut_file.hpp"

namespace tollgate {

/// The SUT did not come to answer: before the first case exit code 69.
struct Unreachable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Sut {
 public:
  /// Listens as the Charging Enabler. Throws NetworkError when the address is taken.
  Sut(WallClock& clock, Network& network, SutFile file, Random random);
  ~Sut();
  Sut(Sut const&) = delete;
  Sut& operator=(Sut const&) = delete;

  static constexpr Duration patience = 10s;  ///< to say that it is ready, to answer, to connect, each; a limit, not a wait

  /// Launches it if the file says so and waits until it is ready: its text, an answer to OPTIONS, its Diameter peer. Throws
  /// Unreachable.
  [[nodiscard]] Task<void> becomes_ready();

  [[nodiscard]] World& world() { return world_; }
  /// It ended, or answers nothing any more; `how` is a sentence. Not while it is launched anew.
  std::function<void(std::string const& how)> on_end;
  std::function<void()> on_alive;  ///< it had been doubted, and answers
  /// It is not ours, let go of its CH-2 connection, and nobody was at its address any more: it ended, whether or not it comes back.
  /// `how` is what told it, the beginning of a sentence.
  std::function<void(std::string const& how)> on_absent;
  /// How its process ended; nothing while it runs, or where it is not ours.
  [[nodiscard]] std::optional<std::string> how_it_ended() const;

  /// Asks its process to end and waits for that: how it ended, in time to print what it prints at its end. "" where it is not ours.
  std::string ends();

  /// Makes a process of ours that answers nothing any more say where it is, if it can.
  void aborts();

  /// What crossed a wire and belongs to no case: capabilities, watchdogs, the OPTIONS before the first case, CCRs of unknown
  /// subscribers.
  [[nodiscard]] trace::Trace const& peer_trace() const { return peer_recorder_.trace(); }
  [[nodiscard]] std::string output() const { return process_ ? process_->output() : std::string(); }

 private:
  /// Kills it and launches it again. Throws CaseStopped when it does not become ready.
  [[nodiscard]] Task<void> restart();
  /// From nothing to ready. Throws Unreachable.
  [[nodiscard]] Task<void> starts();
  void launch();
  [[nodiscard]] Task<void> says_ready();
  [[nodiscard]] Task<void> answers_options();
  [[nodiscard]] Task<void> connects();
  [[nodiscard]] Task<bool> within_patience(std::function<bool()> is_met);
  /// Of the line that says it is ready; npos before.
  [[nodiscard]] std::string::size_type ready_line_end() const;
  void learn_address();
  [[nodiscard]] std::string unsecured() const;
  [[nodiscard]] std::string came_instead() const;
  void forget_state() const;

  WallClock& clock_;
  Network& network_;
  SutFile file_;
  Random random_;
  Recorder peer_recorder_;
  std::unique_ptr<ChargingEnabler> charging_enabler_;
  Absence absence_;
  Pulse pulse_;
  StoreCommand store_;
  World world_;
  std::unique_ptr<ChildProcess> process_;
  bool is_starting_ = false;
};

}  // namespace tollgate
