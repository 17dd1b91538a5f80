// The steps of a scenario in which something must come, or must not, or must say something.
#include <algorithm>
#include <fmt/format.h>

#include "runner/scenario/player.hpp"

namespace tollgate {

static double ms(Duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

Task<void> Player::run(step::Expect const& s) {
  if (!counts(s.profile)) co_return;
  if (s.copy_of.empty())
    co_await expect(s, left(s.within, s.since));
  else
    co_await expect_copy(s, left(s.within, s.since));
}

Task<void> Player::expect(step::Expect const& s, Duration within) {
  std::optional<Received> come;
  auto const party = s.of_role.empty() ? "" : bed_.client(s.of_role).aor();
  if (s.optional)
    come = co_await bed_.actor(s.by).may_receive(s.message, within, party);
  else
    come = co_await bed_.actor(s.by).receives(s.message, within, party);
  if (!come) co_return;
  Received item = std::move(*come);
  if (!s.not_before.empty() && !s.since.empty()) {
    auto const& trace = bed_.recorder().trace();
    Duration const after(trace.at(item.event).at_ns - trace.at(names_.event(s.since)).at_ns);
    auto const slack = bed_.ixit().epsilon + bed_.recorder().worst_lag();  // `since` may have been read late
    bed_.require_in_time(after >= left(s.not_before, "") - slack, "early " + s.message,
                         fmt::format("#{} {} came {:.1f} ms after #{}, not {:.1f} ms or later", item.event, item.label(), ms(after),
                                     names_.event(s.since), ms(left(s.not_before, ""))),
                         {names_.event(s.since), item.event});
  }
  if (s.carries)
    bed_.require(item.content == names_.expanded(*s.carries), "wrong content",
                 fmt::format("#{} SEND carries '{}', not the stored '{}'", item.event, printable(item.content, 80),
                             printable(names_.expanded(*s.carries), 80)),
                 {item.event});
  if (s.units) require_units("used", *s.units, item, item.charge ? item.charge->used : std::nullopt);
  if (s.requested) require_units("requested", *s.requested, item, item.charge ? item.charge->requested : std::nullopt);
  names_.received(s.as, std::move(item));
}

/// Repetitions come to no inbox: they are in the trace.
Task<void> Player::expect_copy(step::Expect const& s, Duration within) {
  auto const first = names_.event(s.copy_of);
  Instant const end = bed_.clock().now() + within;
  auto const& events = bed_.recorder().trace().events();
  WaitBoard::Wait const wait(bed_.recorder().waits(),
                             fmt::format("{}: #{} {} again within {}", s.by, first, s.message, in_seconds(within)));
  auto const is_next = [&](trace::Event const& event) { return event.repeats == first && event.id > last_copy_; };
  for (;; co_await pause(bed_.clock(), 1ms)) {
    auto const copy = std::ranges::find_if(events, is_next);
    if (copy == events.end()) {
      bed_.require_in_time(bed_.clock().now() < end, "missing copy of " + s.message,
                           fmt::format("#{} {} did not come again within {:.1f} ms", first, s.message, ms(within)), {first});
      continue;
    }
    last_copy_ = copy->id;
    names_.sent(s.as, copy->id);
    co_return;
  }
}

void Player::require_units(char const* what, std::uint64_t wanted, Received const& item, std::optional<std::uint64_t> got) const {
  bed_.require(got == wanted, "wrong units",
               fmt::format("#{} {} has {} {} units, not {}", item.event, item.label(), got ? fmt::format("{}", *got) : "no", what, wanted),
               {item.event});
}

Task<void> Player::run(step::Unordered const& s) {
  Instant const start = bed_.clock().now();
  for (auto const& one : s.all)
    if (counts(one.profile)) co_await expect(one, left(one.within, one.since) - (bed_.clock().now() - start));
}

Task<void> Player::run(step::Silence const& s) {
  if (!counts(s.profile) || (!s.since.empty() && !names_.has(s.since))) co_return;  // since an optional message that did not come
  auto const before = s.copies ? heard(s.by, s.message, true).size() : 0;
  auto const party = s.of_role.empty() ? "" : bed_.client(s.of_role).aor();
  if (s.until.empty()) {
    Excuse excuse{.crossing = bed_.ixit().epsilon};
    if (!s.unless_closed.empty()) excuse.holds = [&](Received const& item) { return had_closed(s.unless_closed, item.event); };
    co_await bed_.actor(s.by).hears_no(s.message, left(s.during, s.since), party, excuse);
    if (!s.copies) co_return;
    auto const after = heard(s.by, s.message, true);
    bed_.require(after.size() == before, "repeated " + s.message,
                 fmt::format("{} received #{} {} again", s.by, after.empty() ? 0 : after.back(), s.message), after);
    co_return;
  }
  co_await bed_.actor(s.by).hears_no_until(s.message, s.until, left(s.during, s.since), bed_.ixit().epsilon);
}

/// The SUT had closed that client's MSRP connection before, or so shortly after that two sockets do not say.
bool Player::had_closed(std::string const& role, trace::EventId event) const {
  auto const& party = bed_.client(role).served();
  auto const& trace = bed_.recorder().trace();
  auto const latest = trace.at(event).at_ns + bed_.ixit().epsilon.count();
  return std::ranges::any_of(trace.events(), [&](trace::Event const& e) {
    return e.at_ns <= latest && e.kind == trace::Kind::closed && e.channel == trace::Channel::msrp &&
           e.direction == trace::Direction::received && e.party == party;
  });
}

Task<void> Player::run(step::Probe const& s) {
  bed_.client(s.by).sends_options();
  (void)co_await bed_.client(s.by).receives("200 OPTIONS", bed_.ixit().live);
}

/// What stays unanswered is answered with success, and so is all that comes; the SUT ends the session.
Task<void> Player::run(step::Completes const& s) {
  auto const roles = s.by == "*" ? bed_.receivers() : std::vector{s.by};
  bed_.ocs().completes();
  for (auto const& role : roles) bed_.client(role).completes();
  for (auto const& role : roles) (void)co_await bed_.client(role).receives("BYE", left(s.within, ""));
}

Task<void> Player::run(step::Skip const& s) {
  while (co_await bed_.actor(s.by).may_receive(s.message, Duration::zero())) {
  }
}

}  // namespace tollgate
