#include "runner/pulse.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tollgate {

static constexpr int questions = 3;

/// For the answer to one of them.
static Duration patience_of(Ixit const& ixit) {
  return std::max<Duration>(500ms, ixit.live / 2);
}

Pulse::Pulse(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random)
    : clock_(clock), network_(network), ixit_(ixit), recorder_(recorder), random_(random), later_(clock) {}

Pulse::~Pulse() {
  scope_.clear();
}

Duration Pulse::patience() const {
  return questions * patience_of(ixit_);
}

void Pulse::ask(std::string why) {
  if (dead_ || is_asking()) return;
  prober_ = std::make_unique<ImClient>(clock_, network_, ixit_, recorder_, random_.fork(), "prober", "sip:tollgate@" + ixit_.domain);
  scope_.start(question(std::move(why)));
}

Task<void> Pulse::asked(std::string why) {
  ask(std::move(why));
  while (is_asking()) co_await pause(clock_, 5ms);
}

/// A transaction each, so that a lost datagram or a connection that is gone says nothing.
Task<void> Pulse::question(std::string why) {
  Duration const each = patience_of(ixit_);
  bool answered = false;
  could_not_ask_.clear();
  try {
    for (int i = 0; i < questions && !answered; ++i) {
      prober_->sends_options();
      answered = (co_await prober_->may_receive("*", each)).has_value();
    }
  } catch (std::exception const& error) {  // no socket: ours, and nothing that the SUT has shown
    could_not_ask_ = error.what();
  }
  dead_ = !answered && could_not_ask_.empty();
  bool absent = false;
  try {
    absent = dead_ && is_absent && co_await is_absent();
  } catch (std::exception const&) {  // NOLINT(bugprone-empty-catch): no socket to look with, so nobody can say
  }
  auto how = fmt::format("no answer to {} OPTIONS at {} {} within {:.1f} s, {}", questions, to_string(ixit_.sip_transport),
                         ixit_.sut_sip_over(ixit_.sip_transport).text(), std::chrono::duration<double>(questions * each).count(), why);
  later_.post([this, absent, how = std::move(how)] {  // not inside the prober's own call
    prober_.reset();
    auto const& told = absent ? on_absent : on_dead;
    if (!dead_ && on_alive) on_alive();
    if (dead_ && told) told(how);
  });
}

}  // namespace tollgate
