#include "runner/real_run.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "runner/declaration.hpp"
#include "runner/interruption.hpp"
#include "runner/pulse.hpp"
#include "runner/store_command.hpp"

namespace tollgate {

static constexpr Duration patience = 10s;  // to start, to answer, to connect; a limit, not a wait

RealRun::RealRun(SutFile sut, std::uint64_t seed)
    : sut_(std::move(sut)), random_(seed), network_(clock_), peer_recorder_(clock_),
      charging_enabler_(clock_, network_, sut_.ixit, sut_.charging, peer_recorder_) {}

RealRun::~RealRun() {
  process_.reset();
  forget_state();
}

/// What the embedded server keeps over a restart, not over a run.
void RealRun::forget_state() const {
  std::error_code ignored;
  if (!sut_.state.empty()) std::filesystem::remove(sut_.state, ignored);
}

/// Notices every stall of ours, and every interruption, also where no timer is due.
void RealRun::beat() {
  clock_.after(10ms, [this] { beat(); });
}

bool RealRun::wait(std::function<bool()> const& done) {
  Instant const end = clock_.now() + patience;
  bool met = false;
  clock_.run_until([&] {
    met = done();
    return met || clock_.now() >= end || (process_ && process_->ended()) || was_interrupted();
  });
  if (was_interrupted()) throw Interrupted();
  return met;
}

void RealRun::make_ready(bool embedded) {
  beat();
  embedded_ = embedded;
  forget_state();
  if (!sut_.launch.empty()) launch();
  if (!sut_.ready.empty()) await_ready_text();
  await_options();
  await_peer();
}

void RealRun::launch() {
  auto command = sut_.launch;
  for (auto& argument : command)
    if (auto const at = argument.find("{charging}"); at != std::string::npos)
      argument.replace(at, 10, charging_enabler_.address().text());
  try {
    process_ = std::make_unique<ChildProcess>(clock_, command, sut_.env);
  } catch (std::runtime_error const& error) {
    throw Unreachable(error.what());
  }
}

/// Of the line that says it is ready; npos before.
std::string::size_type RealRun::ready_line_end() const {
  auto const at = process_->output().find(sut_.ready);
  return at == std::string::npos ? at : process_->output().find('\n', at);
}

void RealRun::await_ready_text() {
  if (!process_) return;
  if (!wait([&] { return ready_line_end() != std::string::npos; }))
    throw Unreachable(fmt::format("the SUT {} \"{}\". Its output:\n{}",
                                  process_->ended() ? "ended (" + process_->how_it_ended() + ") before it printed"
                                                    : fmt::format("did not within {} s print", std::chrono::duration_cast<std::chrono::seconds>(patience).count()),
                                  sut_.ready, process_->output()));
  learn_address();
}

void RealRun::learn_address() {
  if (!embedded_) return;
  auto const from = process_->output().find(sut_.ready) + sut_.ready.size();
  auto const address = Address::parse(trim(std::string_view(process_->output()).substr(from, ready_line_end() - from)));
  if (!address) throw Unreachable("the embedded server did not say where it listens");
  sut_.ixit.sut_sip = *address;
}

void RealRun::await_options() {
  ImClient prober(clock_, network_, sut_.ixit, peer_recorder_, random_.fork(), "prober", "sip:tollgate@" + sut_.ixit.domain);
  std::optional<Received> answer;
  TaskScope scope;
  scope.start([](ImClient& client, std::optional<Received>& out) -> Task<void> {
    for (;;) {  // bounded by `wait`; a new transaction each time, as TCP does not repeat and a SUT may start late
      client.sends_options();
      out = co_await client.may_receive("*", 500ms);
      if (out) co_return;
    }
  }(prober, answer));
  if (wait([&] { return answer.has_value(); })) return;
  throw Unreachable(fmt::format("no answer to OPTIONS from {} {} within {} s{}", to_string(sut_.ixit.sip_transport),
                                sut_.ixit.sut_sip.text(), std::chrono::duration_cast<std::chrono::seconds>(patience).count(),
                                process_ && process_->ended() ? ": the SUT ended (" + process_->how_it_ended() + ")" : ""));
}

void RealRun::await_peer() {
  if (wait([this] { return charging_enabler_.has_peer(); })) return;
  throw Unreachable(fmt::format("the SUT answers SIP, but {} the Charging Enabler at {} within {} s",
                                charging_enabler_.had_connection() ? "its Diameter connection sent no CER to" : "no Diameter peer connected to",
                                charging_enabler_.address().text(),
                                std::chrono::duration_cast<std::chrono::seconds>(patience).count()));
}

Task<void> RealRun::relaunch() {
  co_await pause(clock_, Duration::zero());  // not inside a call of the process that ends
  relaunching_ = true;
  process_->on_end = nullptr;
  process_.reset();
  launch();
  Instant const end = clock_.now() + patience;
  while (!sut_.ready.empty() && ready_line_end() == std::string::npos && clock_.now() < end) co_await pause(clock_, 10ms);
  if (ready_line_end() != std::string::npos) learn_address();
  while (!charging_enabler_.has_peer() && !process_->ended() && clock_.now() < end) co_await pause(clock_, 10ms);
  process_->on_end = on_sut_end_;
  relaunching_ = false;
}

RealRun::End RealRun::run(std::span<Case const* const> plan, std::span<CaseResult> results, rules::Terms terms,
                          RunnerOptions options, Runner::OnFinished const& on_finished) {
  Pulse pulse(clock_, network_, sut_.ixit, peer_recorder_, random_.fork());
  World world{.clock = clock_, .network = network_, .ixit = sut_.ixit, .charging_enabler = charging_enabler_,
              .profile = sut_.profile, .pulse = &pulse, .claims = sut_.claims, .facts = facts_of(sut_.profile, sut_.ixit),
              .next_user = 1 + static_cast<unsigned>(options.seed % sut_.ixit.user_count)};
  StoreCommand const command(clock_, sut_.store_command);
  if (!sut_.store_command.empty()) world.store = [&command](std::string user, std::string text) { return command.store(std::move(user), std::move(text)); };
  world.restarts_each_case = sut_.restart == "per-case";
  if (world.restarts_each_case) options.jobs = 1;
  options.stagger = 20ms;
  Runner runner(world, plan, results, terms, options, on_finished);
  pulse.on_dead = [&](std::string const& how) { runner.sut_ended(how); };
  pulse.on_alive = [&] { runner.sut_lives(); };
  charging_enabler_.on_last_peer_gone = [&] {
    if (!relaunching_) pulse.ask("after its last Diameter connection had ended");
  };
  if (process_) {
    world.restart = [this] { return relaunch(); };
    process_->on_end = on_sut_end_ = [&] {
      if (world.restarts_each_case) runner.sut_ended_in_a_case(process_->how_it_ended());
      else runner.sut_ended(process_->how_it_ended());
    };
    if (process_->ended()) runner.sut_ended(process_->how_it_ended());
  }
  runner.run();
  charging_enabler_.on_last_peer_gone = nullptr;
  if (process_) process_->on_end = nullptr;
  return was_interrupted() ? End::interrupted : runner.deadline_passed() ? End::deadline : End::complete;
}

}  // namespace tollgate
