#pragma once
/// The SUT as a process of ours: started, watched, stopped. Only ever the process that we started, by its id.
#include <sys/types.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/wall_clock.hpp"

namespace tollgate {

class SutProcess {
 public:
  /// Throws std::runtime_error when it cannot be started. Its output and its end are noticed while the clock runs.
  SutProcess(WallClock& clock, std::vector<std::string> const& command, std::map<std::string, std::string> const& env);
  /// Asks it to end (SIGTERM), then makes it (SIGKILL).
  ~SutProcess();
  SutProcess(SutProcess const&) = delete;
  SutProcess& operator=(SutProcess const&) = delete;

  [[nodiscard]] std::string const& output() const;  ///< standard output and error so far, the last megabyte
  [[nodiscard]] bool ended() const;
  [[nodiscard]] std::string how_it_ended() const;   ///< "exit 3", "signal 11 (Segmentation fault)"; "" while it runs
  std::function<void()> on_end;

  /// The process id of the SUT that runs, 0 when none does: for a signal handler.
  [[nodiscard]] static pid_t running() { return running_; }

 private:
  struct Pipe;
  void look();
  WallClock& clock_;
  pid_t pid_ = -1;
  std::shared_ptr<Pipe> pipe_;
  TimerId look_timer_;
  std::string how_;
  static volatile pid_t running_;
};

}  // namespace tollgate
