// What must hold of the messages that have come.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>

#include "base/sum.hpp"
#include "runner/scenario/named_fields.hpp"
#include "runner/scenario/pattern.hpp"
#include "runner/scenario/player.hpp"
#include "runner/scenario/repetitions.hpp"
#include "runner/scenario/variety.hpp"

namespace tollgate {

// Fields.

std::vector<std::string> Player::values_of(trace::EventId event, std::string const& field) const {
  std::vector<std::string> all;
  auto const& e = bed_.recorder().trace().at(event);
  if (field == arrival_port && e.transport == trace::Transport::udp) all.push_back(e.local.substr(e.local.rfind(':') + 1));
  for (auto const& path : fields_in(field)) std::ranges::move(read_field(path, e), std::back_inserter(all));
  return all;
}

static bool has_form(std::string const& value, std::string const& form) {
  auto const pattern = Pattern::compile(form);
  return pattern && pattern->fits(value);
}

/// Numbers by value, everything else octet by octet.
std::optional<std::string> Player::misses(step::Check const& s, std::string const& value) const {
  if (s.is && value != names_.expanded(*s.is)) return fmt::format("not '{}'", names_.expanded(*s.is));
  if (s.is_not && value == names_.expanded(*s.is_not)) return "which it must not be";
  if (s.matches && !has_form(value, names_.expanded_pattern(*s.matches)))
    return fmt::format("which is not of the form {}", names_.expanded_pattern(*s.matches));
  auto const number = to_number<std::uint64_t>(value);
  auto const limit = [&](std::optional<std::string> const& text) { return to_number<std::uint64_t>(names_.expanded(*text)); };
  if (s.at_least && !(number && limit(s.at_least) && *number >= *limit(s.at_least)))
    return fmt::format("not at least {}", names_.expanded(*s.at_least));
  if (s.at_most && !(number && limit(s.at_most) && *number <= *limit(s.at_most)))
    return fmt::format("not at most {}", names_.expanded(*s.at_most));
  return std::nullopt;
}

void Player::check_message(step::Check const& s, trace::EventId event, std::set<std::string>& all) const {
  auto values = values_of(event, s.field);
  all.insert(values.begin(), values.end());
  auto const require = [&](bool holds, std::string const& because) {
    bed_.require(holds, (values.empty() ? "missing " : "wrong ") + s.field, fmt::format("#{} {}", event, because), {event});
  };
  if (s.times) require(values.size() == *s.times, fmt::format("has {} of {}, not {}", values.size(), s.field, *s.times));
  if (s.has) {
    require(std::ranges::any_of(values, [&](auto const& value) { return has_form(value, names_.expanded_pattern(*s.has)); }),
            fmt::format("has no {} of the form {} but '{}'", s.field, names_.expanded_pattern(*s.has),
                        printable(fmt::format("{}", fmt::join(values, "', '")), 120)));
  }
  if (!s.like.empty()) {
    auto const other = names_.event(s.like);
    auto there = values_of(other, s.field), here = values;
    std::ranges::sort(there);
    std::ranges::sort(here);
    require(here == there,
            fmt::format("has {} '{}', not those of #{}, '{}'", s.field, printable(fmt::format("{}", fmt::join(here, "', '")), 120), other,
                        printable(fmt::format("{}", fmt::join(there, "', '")), 120)));
  }
  if (!s.is && !s.is_not && !s.matches && !s.at_least && !s.at_most) return;
  if (s.nth > 0) values = s.nth <= values.size() ? std::vector{values[s.nth - 1]} : std::vector<std::string>();
  if (s.values != step::Values::if_present) require(!values.empty(), fmt::format("has no {}", s.field));
  std::optional<std::string> why;
  std::string bad;
  for (auto const& value : values) {
    auto const miss = misses(s, value);
    if (!miss && s.values == step::Values::any) return;
    if (!miss || why) continue;
    why = miss;
    bad = value;
  }
  if (why) require(false, fmt::format("has {} '{}', {}", s.field, printable(bad, 120), *why));
}

/// All values of all the messages, in order.
void Player::check_series(step::Check const& s, std::vector<trace::EventId> const& events) const {
  std::vector<std::string> values;
  for (auto const event : events)
    for (auto& value : values_of(event, s.field)) values.push_back(std::move(value));
  auto const whole = fmt::format("{}", fmt::join(values, " "));
  bed_.require(has_form(whole, names_.expanded_pattern(*s.series)), "wrong " + s.field,
               fmt::format("{} {} '{}', which is not of the form {}",
                           events.size() == 1 ? fmt::format("#{} has", events.front()) : fmt::format("{} messages have", events.size()),
                           s.field, printable(whole, 120), names_.expanded_pattern(*s.series)),
               events);
}

Task<void> Player::run(step::Check const& s) {
  if (!counts(s.profile)) co_return;
  if (s.each.empty() && !names_.has(s.of) && s.values == step::Values::if_present) co_return;  // an optional message
  auto events = s.each.empty() ? std::vector{names_.event(s.of)} : heard(s.by, s.each, s.copies);
  if (!s.since.empty()) std::erase_if(events, [from = names_.event(s.since)](auto const event) { return event < from; });
  bed_.require_in_time(!events.empty() || !s.since.empty(), "missing " + s.each, fmt::format("{} received no {}", s.by, s.each));
  std::set<std::string> all;
  if (s.series) check_series(s, events);
  for (auto const event : events) {
    auto const& meaning = bed_.recorder().trace().at(event).meaning;
    if (s.when.empty() || is_called(as_received(meaning), s.when)) check_message(s, event, all);
  }
  check_all(s, all, events);
}

void Player::check_all(step::Check const& s, std::set<std::string> const& all, std::vector<trace::EventId> const& events) const {
  if (s.are_all_distinct)
    bed_.require(all.size() == events.size(), "wrong " + s.field,
                 fmt::format("{} messages have {} different {}", events.size(), all.size(), s.field), events);
  if (s.distinct)
    bed_.require(all.size() == *s.distinct, "wrong " + s.field,
                 fmt::format("{} messages have {} different {}, not {}", events.size(), all.size(), s.field, *s.distinct), events);
  if (!s.bits) return;
  auto const bits = seen_bits(all);
  bed_.require(bits >= static_cast<double>(*s.bits), "little random " + s.field,
               fmt::format("{} different {} show {:.0f} bits that vary, not {}: '{}'", all.size(), s.field, bits, *s.bits,
                           printable(fmt::format("{}", fmt::join(all, "' '")), 120)),
               events);
}

Task<void> Player::run(step::Distinct const& s) {
  std::map<std::string, trace::EventId> seen;
  for (auto const& name : s.of) {
    if (!names_.has(name)) continue;
    for (auto const& value : names_.values(name, s.field)) {
      auto const [other, is_new] = seen.emplace(value, names_.event(name));
      bed_.require(is_new, "repeated " + s.field,
                   fmt::format("#{} and #{} have the same {} '{}'", other->second, names_.event(name), s.field, printable(value, 80)),
                   {other->second, names_.event(name)});
    }
  }
  co_return;
}

// Counts and sums.

std::vector<trace::EventId> Player::heard(std::string const& by, std::string const& label, bool copies) const {
  std::vector<trace::EventId> out;
  auto const party = by == "ocs" || by == "*" ? "" : bed_.client(by).served();
  auto const is_theirs = [&](trace::Event const& event) {
    return party.empty() ? bed_.parties().contains(event.party) : event.party == party;
  };
  for (auto const& event : bed_.recorder().trace().events()) {
    if (event.direction != trace::Direction::received || (event.repeats != 0 && !copies)) continue;
    bool const at_ocs = event.channel == trace::Channel::ch2;
    if (at_ocs != (by == "ocs") || !is_theirs(event)) continue;
    if (event.meaning.name == "SEND" && !event.meaning.has_body) continue;  // it only binds a connection
    if (event.kind == trace::Kind::message && is_called(as_received(event.meaning), label)) out.push_back(event.id);
  }
  return out;
}

Task<void> Player::run(step::Count const& s) {
  if (!counts(s.profile)) co_return;
  auto events = heard(s.by, s.message, s.copies);
  // A message counts when it is complete.
  if (s.message == "SEND")
    std::erase_if(events, [&](auto id) {
      auto const& meaning = bed_.recorder().trace().at(id).meaning;
      return !meaning.has_body || meaning.flag != '$';
    });
  auto const require = [&](std::optional<unsigned> least, std::optional<unsigned> most, std::string const& wanted) {
    auto const reason = "wrong count of " + s.message;
    auto const because = fmt::format("{} received {} {}, not {}", s.by, events.size(), s.message, wanted);
    bed_.require_in_time(!least || events.size() >= *least, reason, because, events);  // more may still come
    bed_.require(!most || events.size() <= *most, reason, because, events);
  };
  if (s.is) require(s.is, s.is, fmt::format("{}", *s.is));
  if (s.at_least) require(s.at_least, {}, fmt::format("{} or more", *s.at_least));
  if (s.at_most) require({}, s.at_most, fmt::format("{} or fewer", *s.at_most));
}

std::uint64_t Player::units(step::Sum const& s, std::vector<trace::EventId>& events) const {
  std::uint64_t sum = 0;
  auto const party = s.role.empty() ? "" : bed_.client(s.role).aor();
  for (auto const& event : bed_.recorder().trace().events()) {
    if (event.channel != trace::Channel::ch2 || event.direction != trace::Direction::received || event.repeats != 0) continue;
    bool const ours = party.empty() ? bed_.parties().contains(event.party) : event.party == party;
    auto const& units = s.used ? event.meaning.used : event.meaning.requested;
    if (!ours || !units) continue;
    sum = sum_of(sum, *units);
    events.push_back(event.id);
  }
  return sum;
}

/// A debit that is due may come within `live`; behind an MSRP relay, so may the message that it is for: the relay has answered the SEND
/// before it passed it on (RFC 4976 6.3).
Task<void> Player::run(step::Sum const& s) {
  if (!counts(s.profile)) co_return;
  auto const number = [&](auto const& text) { return text ? to_number<std::uint64_t>(names_.expanded(*text)) : std::nullopt; };
  bool const is_relayed = !bed_.ixit().msrp_relay.empty();
  Instant const end = bed_.clock().now() + bed_.ixit().live;
  WaitBoard::Wait const wait(bed_.recorder().waits(), fmt::format("a debit that is due, within {}", in_seconds(bed_.ixit().live)));
  std::vector<trace::EventId> events;
  std::uint64_t sum = units(s, events);
  auto is = number(s.is), at_most = number(s.at_most);
  auto const may_change = [&] { return (is && sum < *is) || (is_relayed && ((is && sum > *is) || (at_most && sum > *at_most))); };
  while (may_change() && bed_.clock().now() < end) {
    co_await pause(bed_.clock(), bed_.ixit().epsilon);
    events.clear();
    sum = units(s, events);
    is = number(s.is);
    at_most = number(s.at_most);
  }
  auto const said =
      fmt::format("the CCRs for {} say {} {} units in all", s.role.empty() ? "this flow" : s.role, sum, s.used ? "used" : "requested");
  if (is) {
    auto const because = fmt::format("{}, not {}", said, *is);
    bed_.require_in_time(sum >= *is, "wrong units", because, events);  // more may still come
    bed_.require(sum == *is, "wrong units", because, events);
  }
  if (at_most) bed_.require(sum <= *at_most, "wrong units", fmt::format("{}, more than {}", said, *at_most), events);
}

// Deliveries and repetitions.

Task<void> Player::run(step::Delivered const& s) {
  auto const& stored = bed_.stored_for(s.to);
  Instant const end = bed_.clock().now() + left(s.within, "");
  auto const& client = bed_.client(s.to);
  WaitBoard::Wait const wait(bed_.recorder().waits(), fmt::format("{}: {} messages", s.to, stored.size()));
  while (client.delivered().size() < stored.size() && bed_.clock().now() < end) co_await pause(bed_.clock(), bed_.ixit().epsilon);
  for (std::size_t i = 0; i < std::max(stored.size(), client.delivered().size()); ++i) {
    auto const got = i < client.delivered().size() ? std::optional(client.delivered()[i]) : std::nullopt;
    auto const wanted = i < stored.size() ? std::optional(stored[i]) : std::nullopt;
    auto const because = fmt::format("message {} that came to {} is {}, where {} was stored", i + 1, s.to,
                                     got ? fmt::format("'{}'", printable(*got, 60)) : "none",
                                     wanted ? fmt::format("'{}'", printable(*wanted, 60)) : "nothing");
    bed_.require_in_time(got.has_value(), "wrong delivery", because);
    bed_.require(got == wanted, "wrong delivery", because);
  }
}

Task<void> Player::run(step::Copies const& s) {
  auto const& trace = bed_.recorder().trace();
  auto const transmission = [&](trace::EventId id) { return Transmission{id, Instant(trace.at(id).at_ns)}; };
  auto const first = names_.event(s.of);
  std::vector<Transmission> copies;
  for (auto const& event : trace.events())
    if (event.repeats == first) copies.push_back(transmission(event.id));
  std::vector<Duration> due;
  bool const is_reliable = trace.at(first).transport != trace::Transport::udp;
  if (!is_reliable) std::ranges::transform(s.at, std::back_inserter(due), [&](auto const& at) { return left(at, ""); });
  auto const wrong = wrong_repetition(transmission(first), copies, due, bed_.clock().now(), bed_.recorder().worst_lag());
  std::vector<trace::EventId> witnesses;
  std::ranges::transform(copies, std::back_inserter(witnesses), &Transmission::event);
  bed_.require_in_time(!wrong, "wrong repetitions", wrong.value_or(""), witnesses);
  co_return;
}

}  // namespace tollgate
