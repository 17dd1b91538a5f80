#include "runner/real_run.hpp"

#include <fmt/format.h>
#include <optional>

#include "runner/interruption.hpp"

namespace tollgate {

RealRun::RealRun(SutFile file, std::uint64_t seed)
    : file_(std::move(file)), random_(seed), network_(clock_), shared_(clock_, network_, file_, random_.fork()) {
  if (file_.sipp) sipp_.emplace(clock_, *file_.sipp);
  seat_sipp(shared_.world());
}

void RealRun::seat_sipp(World& world) {
  if (sipp_) world.author = [this](Seat seat) { return sipp_->author(std::move(seat), network_); };
}

void RealRun::beat() {
  clock_.after(10ms, [this] { beat(); });
}

void RealRun::make_ready() {
  beat();
  std::optional<std::string> why;
  bool is_over = false;
  TaskScope scope;
  scope.start([](Sut& sut, bool& over, std::optional<std::string>& reason) -> Task<void> {
    try {
      co_await sut.becomes_ready();
    } catch (Unreachable const& unreachable) {
      reason = unreachable.what();
    }
    over = true;
  }(shared_, is_over, why));
  clock_.run_until([&] { return is_over || was_interrupted(); });
  if (was_interrupted()) throw Interrupted();
  if (why) throw Unreachable(*why);
}

/// It is launched by the case, which has it start anew before its first step, without what a play before has left in its store.
World* RealRun::own_world(Case const& one) {
  auto file = file_;
  file.state += fmt::format(".{}.{}", one.info.id, own_.size());
  file.restart = "per-case";
  auto& own = own_.emplace_back(one.info.id, *this, std::move(file));
  seat_sipp(own.sut.world());
  own.sut.on_end = [this, world = &own.sut.world()](std::string const& how) { runner_->sut_ended_in_a_case(*world, how); };
  return &own.sut.world();
}

void RealRun::for_each_sut(std::function<void(std::string const& of, Sut const& sut)> const& look) const {
  look("", shared_);
  for (auto const& own : own_) look(own.of, own.sut);
}

RealRun::End RealRun::run(std::span<Case const* const> plan, std::span<CaseResult> results, rules::Terms terms, RunnerOptions options,
                          Runner::Listener const& listener) {
  World& world = shared_.world();
  if (world.restarts_each_case) options.jobs = 1;
  options.stagger = 20ms;
  Runner runner(world, plan, results, terms, options, listener);
  runner_ = &runner;
  if (file_.says_address && file_.restart != "never") runner.gives_own_worlds([this](Case const& one) { return own_world(one); });
  shared_.on_end = [&](std::string const& how) {
    if (world.restarts_each_case)
      runner.sut_ended_in_a_case(world, how);
    else
      runner.sut_ended(how);
  };
  shared_.on_alive = [&] { runner.sut_lives(); };
  if (auto const how = shared_.how_it_ended()) runner.sut_ended(*how);
  runner.run();
  shared_.on_end = nullptr;
  shared_.on_alive = nullptr;
  for (auto& own : own_) own.sut.on_end = nullptr;
  runner_ = nullptr;
  return was_interrupted() ? End::interrupted : runner.deadline_passed() ? End::deadline : End::complete;
}

}  // namespace tollgate
