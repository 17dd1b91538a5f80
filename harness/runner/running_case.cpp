#include "runner/running_case.hpp"

#include <fmt/format.h>

namespace tollgate {

RunningCase::RunningCase(World& world, Case const& what, CaseResult& result, rules::Terms const& terms, Random random,
                         Duration guard, std::function<void()> on_finished)
    : world_(world), case_(what), result_(result), terms_(terms), guard_(guard), on_finished_(std::move(on_finished)),
      bed_(world, random) {
  own_.rule = case_.info.id;
  own_.name = "steps";
  own_.clause = case_.info.clause;
}

RunningCase::~RunningCase() { world_.clock.cancel(guard_timer_); }

void RunningCase::start() {
  result_.started = world_.clock.now();
  guard_timer_ = world_.clock.after(guard_, [this] {
    stop(Verdict::inconc, "guard", fmt::format("the case did not end within its guard of {:.0f} s",
                                               std::chrono::duration<double>(guard_).count()));
  });
  scope_.start(body());
}

Task<void> RunningCase::body() {
  try {
    co_await case_.run(bed_);
    own_.verdict = Verdict::pass;
  } catch (CaseStopped const& stopped) {
    conclude(stopped);
  } catch (std::exception const& error) {  // ours, never charged to the SUT
    conclude({Verdict::error, "harness error", error.what(), {}});
  }
  co_await bed_.wind_up();
  finish();
}

void RunningCase::conclude(CaseStopped const& stopped) {
  own_.verdict = stopped.verdict;
  own_.reason = stopped.reason;
  own_.because = stopped.because;
  own_.witnesses = stopped.witnesses;
}

void RunningCase::stop(Verdict verdict, std::string reason, std::string because) {
  if (finished_) return;
  scope_.clear();
  conclude({verdict, std::move(reason), std::move(because), {}});
  finish();
}

void RunningCase::finish() {
  finished_ = true;
  world_.clock.cancel(guard_timer_);
  result_.duration = world_.clock.now() - result_.started;
  result_.findings = {own_};
  result_.trace = bed_.recorder().take();
  for (auto& finding : rules::check_all(result_.trace, terms_)) result_.findings.push_back(std::move(finding));
  // The worst finding speaks for the case, the case's own before a monitor's. A monitor that was not exercised says nothing.
  Finding const* worst = &result_.findings.front();
  for (auto const& finding : result_.findings)
    if (finding.verdict != Verdict::inconc && worse(finding.verdict, worst->verdict) != worst->verdict) worst = &finding;
  result_.verdict = worst->verdict;
  result_.reason = worst->reason;
  result_.because = worst->because;
  result_.finished = true;
  on_finished_();
}

}  // namespace tollgate
