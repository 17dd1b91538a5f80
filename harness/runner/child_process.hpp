#pragma once
/// A process of ours, the SUT or a command: started, watched, stopped. Only ever the process that we started, by its id.
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "sim/wall_clock.hpp"

namespace tollgate {

class ChildProcess {
 public:
  /// What is kept of what it writes; the rest is lost.
  enum class Keeps : std::uint8_t { output_and_error, error };
  /// Throws std::runtime_error when it cannot be started. Its output and its end are noticed while the clock runs, never before this
  /// returns.
  ChildProcess(WallClock& clock, std::vector<std::string> const& command, std::map<std::string, std::string> const& env,
               Keeps keeps = Keeps::output_and_error);
  /// Has it end at once in a way that says where it is (SIGABRT): for one that answers nothing any more.
  void abort() const;
  /// As `end`.
  ~ChildProcess();
  ChildProcess(ChildProcess const&) = delete;
  ChildProcess& operator=(ChildProcess const&) = delete;

  [[nodiscard]] std::string const& output() const;  ///< what is kept of it so far, the last megabyte
  /// Reads what has been written and not been noticed.
  void reads_output();
  [[nodiscard]] bool ended() const;
  [[nodiscard]] std::string how_it_ended() const;   ///< "exit 3", "signal 11 (Segmentation fault)"; "" while it runs
  std::function<void()> on_end;
  /// Looks now whether it has ended.
  void look();
  /// Asks it to end (SIGTERM), then, when `patience` is over, makes it (SIGKILL); returns when it has.
  void end(Duration patience = 2s);
  [[nodiscard]] pid_t id() const { return pid_; }

  /// SIGTERM to every one that runs: for a signal handler.
  static void end_all();

 private:
  struct Pipe;
  WallClock& clock_;
  pid_t pid_ = -1;
  std::shared_ptr<Pipe> pipe_;
  TimerId look_timer_;
  std::string how_;
};

}  // namespace tollgate
