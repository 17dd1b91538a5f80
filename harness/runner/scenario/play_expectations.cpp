// The steps of a scenario in which something must come, or must not, or must say something.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <regex>

#include "runner/scenario/player.hpp"

namespace tollgate {

static double ms(Duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

Task<void> Player::run(step::Expect const& s) {
  if (!counts(s.profile)) co_return;
  co_await expect(s, left(s.within, s.since));
}

Task<void> Player::expect(step::Expect const& s, Duration within) {
  auto item = co_await bed_.actor(s.by).receives(s.message, within);
  if (!s.not_before.empty() && !s.since.empty()) {
    auto const& trace = bed_.recorder().trace();
    Duration const after(trace.at(item.event).at_ns - trace.at(names_.event(s.since)).at_ns);
    bed_.require(after >= left(s.not_before, "") - bed_.ixit().epsilon, "early " + s.message,
                 fmt::format("#{} {} came {:.1f} ms after #{}, not {:.1f} ms or later", item.event, item.label(), ms(after),
                             names_.event(s.since), ms(left(s.not_before, ""))),
                 {names_.event(s.since), item.event});
  }
  if (s.carries)
    bed_.require(item.content == *s.carries, "wrong content",
                 fmt::format("#{} SEND carries '{}', not the stored '{}'", item.event, printable(item.content, 80),
                             printable(*s.carries, 80)),
                 {item.event});
  if (s.units) require_units("used", *s.units, item, item.charge ? item.charge->used : std::nullopt);
  if (s.requested) require_units("requested", *s.requested, item, item.charge ? item.charge->requested : std::nullopt);
  names_.received(s.as, std::move(item));
}

void Player::require_units(char const* what, std::uint64_t wanted, Received const& item, std::optional<std::uint64_t> got) const {
  bed_.require(got == wanted, "wrong units",
               fmt::format("#{} {} has {} {} units, not {}", item.event, item.label(), got ? fmt::format("{}", *got) : "no", what,
                           wanted),
               {item.event});
}

Task<void> Player::run(step::Unordered const& s) {
  Instant const start = bed_.clock().now();
  for (auto const& one : s.all)
    if (counts(one.profile)) co_await expect(one, left(one.within, one.since) - (bed_.clock().now() - start));
}

Task<void> Player::run(step::Silence const& s) {
  if (counts(s.profile)) co_await bed_.actor(s.by).hears_no(s.message, left(s.during, s.since));
}

Task<void> Player::run(step::Probe const& s) {
  bed_.client(s.by).sends_options();
  (void)co_await bed_.client(s.by).receives("200 OPTIONS", bed_.ixit().live);
}

/// What stays unanswered is answered with success, and so is all that comes; the SUT ends the session.
Task<void> Player::run(step::Completes const& s) {
  bed_.ocs().completes();
  bed_.client(s.by).completes();
  (void)co_await bed_.client(s.by).receives("BYE", left(s.within, ""));
}

// --- fields --------------------------------------------------------------------------------------------------------

Task<void> Player::run(step::Check const& s) {
  if (!counts(s.profile)) co_return;
  auto const values = names_.values(s.of, s.field);
  auto const event = names_.event(s.of);
  if (s.times) {
    bed_.require(values.size() == *s.times, "wrong " + s.field,
                 fmt::format("#{} has {} of {}, not {}", event, values.size(), s.field, *s.times), {event});
    co_return;
  }
  bed_.require(!values.empty(), "missing " + s.field, fmt::format("#{} has no {}", event, s.field), {event});
  for (auto const& value : values) check_value(s, value);
}

/// Numbers by value, everything else octet by octet.
static std::optional<std::uint64_t> number(std::string const& text) { return to_number<std::uint64_t>(text); }

void Player::check_value(step::Check const& s, std::string const& value) const {
  auto const event = names_.event(s.of);
  auto const fail_unless = [&](bool holds, std::string const& wanted) {
    bed_.require(holds, "wrong " + s.field, fmt::format("#{} has {} '{}', {}", event, s.field, printable(value, 120), wanted), {event});
  };
  if (s.is) fail_unless(value == names_.expanded(*s.is), fmt::format("not '{}'", names_.expanded(*s.is)));
  if (s.is_not) fail_unless(value != names_.expanded(*s.is_not), "which it must not be");
  if (s.matches) fail_unless(std::regex_match(value, std::regex(*s.matches)), fmt::format("which is not of the form {}", *s.matches));
  auto const bound = [&](std::optional<std::string> const& limit, auto holds, char const* word) {
    if (!limit) return;
    auto const wanted = number(names_.expanded(*limit));
    auto const got = number(value);
    fail_unless(wanted && got && holds(*got, *wanted), fmt::format("not {} {}", word, names_.expanded(*limit)));
  };
  bound(s.at_least, std::greater_equal<>(), "at least");
  bound(s.at_most, std::less_equal<>(), "at most");
}

// --- sums ----------------------------------------------------------------------------------------------------------

std::vector<trace::EventId> Player::heard(std::string const& by, std::string const& label) const {
  std::vector<trace::EventId> out;
  auto const party = by == "ocs" ? "" : bed_.client(by).aor();
  for (auto const& event : bed_.recorder().trace().events()) {
    if (event.kind != trace::Kind::message || event.direction != trace::Direction::received || event.repeats != 0) continue;
    bool const at_ocs = event.channel == trace::Channel::ch2;
    if (at_ocs != (by == "ocs") || (at_ocs ? !bed_.parties().contains(event.party) : event.party != party)) continue;
    Received item;
    item.name = event.meaning.name;
    item.status = event.meaning.status;
    if (is_called(item, label)) out.push_back(event.id);
  }
  return out;
}

Task<void> Player::run(step::Count const& s) {
  if (!counts(s.profile)) co_return;
  auto const events = heard(s.by, s.message);
  auto const fail_unless = [&](bool holds, std::string const& wanted) {
    bed_.require(holds, "wrong count of " + s.message,
                 fmt::format("{} received {} {}, {}", s.by, events.size(), s.message, wanted), events);
  };
  if (s.is) fail_unless(events.size() == *s.is, fmt::format("not {}", *s.is));
  if (s.at_least) fail_unless(events.size() >= *s.at_least, fmt::format("not {} or more", *s.at_least));
  if (s.at_most) fail_unless(events.size() <= *s.at_most, fmt::format("not {} or fewer", *s.at_most));
  co_return;
}

Task<void> Player::run(step::Sum const& s) {
  if (!counts(s.profile)) co_return;
  std::uint64_t sum = 0;
  std::vector<trace::EventId> events;
  for (auto const& event : bed_.recorder().trace().events()) {
    if (event.channel != trace::Channel::ch2 || event.direction != trace::Direction::received || event.repeats != 0) continue;
    auto const& units = s.used ? event.meaning.used : event.meaning.requested;
    if (event.party != bed_.client(s.role).aor() || !units) continue;
    sum += *units;
    events.push_back(event.id);
  }
  bed_.require(sum == s.is, "wrong units",
               fmt::format("the CCRs for {} say {} {} units in all, not {}", s.role, sum, s.used ? "used" : "requested", s.is), events);
}

}  // namespace tollgate
