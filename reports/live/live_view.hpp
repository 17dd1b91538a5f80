#pragma once
/// Shows a run to those who look on by `--serve`, from its plan to its end: each verdict with its ladder as it comes, what runs and what
/// it waits for, and the ladder of a running case that somebody has opened.
#include <map>
#include <span>

#include "reports/live/live_server.hpp"
#include "runner/runner.hpp"

namespace tollgate::reports {

class LiveView {
 public:
  /// `run` outlives it and keeps its cases where they are until `over`. Throws ServeError.
  LiveView(Run const& run, LiveServer::Settings const& settings);

  [[nodiscard]] std::string url() const { return server_.url(); }
  /// "" where only this machine is listened to.
  [[nodiscard]] std::string url_from_elsewhere() const { return server_.url_from_elsewhere(); }
  /// `result` is an element of `run.cases`. Its row is written in the server's thread.
  void finished(CaseResult const& result);
  void shows(std::span<UnderWay const> under_way);
  /// With `run.exit`, and with the results that were added behind the plan.
  void over();

 private:
  void show_ladders(std::span<UnderWay const> under_way);

  Run const& run_;
  std::vector<Artefacts> files_;
  std::map<std::size_t, std::size_t> shown_;  ///< events of a running case's ladder, by its index
  LiveServer server_;
};

}  // namespace tollgate::reports
