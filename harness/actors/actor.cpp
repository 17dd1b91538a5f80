#include "actors/actor.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>

namespace tollgate {

static double ms(std::int64_t ns) {
  return static_cast<double>(ns) / 1e6;
}

std::string Received::label() const {
  return status == 0 ? name : fmt::format("{} {}", status, name);
}

Received as_received(trace::Meaning const& meaning) {
  Received out;
  out.name = meaning.name;
  out.status = meaning.status;
  if (meaning.opens_session)
    out.type = "INITIAL";
  else if (meaning.ends_session)
    out.type = "TERMINATION";
  else if (meaning.is_event)
    out.type = "EVENT";
  else if (meaning.name == "reserve_units" || meaning.name == "debit_units")
    out.type = "UPDATE";
  return out;
}

/// One alternative of a label.
static bool is_one(Received const& item, std::string_view label) {
  if (label == "*") return item.name != "closed" && item.name != "sip-closed" && item.name != "connected" && !(item.ccr && !item.charge);
  if (label.starts_with("* ")) return item.status >= 200 && item.name == label.substr(2);
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  bool const response = !label.empty() && digit(label.front()) && (label.size() <= 3 || label[3] == ' ');
  if (!response) return item.status == 0 && (item.name == label || (!item.type.empty() && item.type == label));
  if (item.status == 0) return false;
  bool const is_class = label.substr(1, 2) == "xx";
  bool const fits = is_class ? item.status / 100 == label.front() - '0' : fmt::format("{:03}", item.status) == label.substr(0, 3);
  return fits && (label.size() == 3 || label.substr(std::min<std::size_t>(4, label.size())) == item.name);
}

bool is_called(Received const& item, std::string_view label) {
  auto const alternatives = split(label, '|');
  return std::ranges::any_of(alternatives, [&](auto one) { return is_one(item, one); });
}

static std::string joined(std::string_view label, std::string_view article) {
  std::string out;
  for (auto const one : split(label, '|')) {
    if (!out.empty()) out += " or ";
    if (one == "*")
      out += fmt::format("{}message", article.empty() ? "" : "any ");
    else if (one.starts_with("* "))
      out += fmt::format("{}final response to {}", article, one.substr(2));
    else if (one == "closed")
      out += fmt::format("{}end of a connection", article.empty() ? "" : "the ");
    else if (one == "sip-closed")
      out += fmt::format("{}end of the SIP connection", article.empty() ? "" : "the ");
    else
      out += one == "connected" ? fmt::format("{}new connection", article) : std::string(one);
  }
  return out;
}

std::string spoken(std::string_view label) {
  return joined(label, "a ");
}

std::string spoken_none(std::string_view label) {
  return label == "*" ? "nothing" : "no " + joined(label, "");
}

/// "40.0 ms", "10.0 s".
static std::string in_words(Duration duration) {
  return duration < 1s ? fmt::format("{:.1f} ms", ms(duration.count())) : in_seconds(duration);
}

/// What we owe while nothing may come, for whoever watches: ", while the answer to #5 reserve_units is withheld"; "" for nothing.
std::string Actor::withholding() const {
  std::string owed;
  for (auto const request : recorder_.unanswered())
    if (auto const& event = recorder_.trace().at(request); event.actor == name_ || is_of(event.party))
      owed += fmt::format("{}#{} {}", owed.empty() ? "" : ", ", request, event.meaning.label());
  return owed.empty() ? "" : fmt::format(", while the answer to {} is withheld", owed);
}

std::string Actor::heard_meanwhile() const {
  std::string heard;
  for (auto const& item : inbox_.queued()) heard += fmt::format("{}#{} {}", heard.empty() ? "" : ", ", item.event, item.label());
  return heard.empty() ? "nothing" : heard;
}

Task<std::optional<Received>> Actor::takes(std::string label, Duration within, std::string party) {
  Instant const until = clock_.now() + within;  // past, when the wait began late
  auto item = co_await inbox_.take(
      [&](Received const& one) { return is_called(one, label) && (party.empty() || recorder_.trace().at(one.event).party == party); },
      within);
  if (!item) recorder_.waited_in_vain(clock_.now() - until);
  co_return item;
}

Task<std::optional<Received>> Actor::may_receive(std::string label, Duration within, std::string party) {
  WaitBoard::Wait const wait(recorder_.waits(), fmt::format("{}: {} within {}", name_, spoken(label), in_seconds(within)));
  co_return co_await takes(std::move(label), within, std::move(party));
}

Task<void> Actor::hears_no_until(std::string label, std::string until, Duration within, Duration epsilon) {
  auto const wanted = [&](Received const& item) { return is_called(item, label) || is_called(item, until); };
  recorder_.withholds_all(fmt::format("{} may come until {}", spoken_none(label), spoken(until)), name_);
  WaitBoard::Wait const wait(recorder_.waits(), fmt::format("{}: {} within {}, and {} may come before{}", name_, spoken(until),
                                                            in_seconds(within), spoken_none(label), withholding()));
  auto first = co_await inbox_.take(wanted, within);
  if (!first) throw missing(until, within);
  if (is_called(*first, label)) {
    auto end = co_await takes(until, epsilon, "");
    if (!end) throw broken_silence(*first);
    inbox_.push(std::move(*end));
  }
  inbox_.push(std::move(*first));
}

Task<Received> Actor::receives(std::string label, Duration within, std::string party) {
  auto item = co_await may_receive(label, within, party);
  if (item) co_return std::move(*item);
  throw missing(label, within);
}

trace::Event const* Actor::last_sent() const {
  for (auto const& event : recorder_.trace().events() | std::views::reverse)
    if (event.kind == trace::Kind::message && event.direction == trace::Direction::sent && !event.meaning.name.empty() &&
        is_of(event.party))
      return &event;
  return nullptr;
}

CaseStopped Actor::missing(std::string const& label, Duration within) const {
  std::vector<trace::EventId> witnesses;
  std::string after;
  if (auto const* last = last_sent()) {
    witnesses.push_back(last->id);
    after = fmt::format(" after #{} {}, the last that we had sent", last->id, last->meaning.label());
  }
  for (auto const& heard : inbox_.queued()) witnesses.push_back(heard.event);
  return {Verdict::fail, "missing " + label,
          fmt::format("{} waited {:.1f} ms for {}{}; heard {} instead{}", name_, ms(within.count()), spoken(label), after,
                      heard_meanwhile(), heard_elsewhere()),
          witnesses, true};
}

Task<void> Actor::hears_no(std::string label, Duration during, std::string party, Excuse excuse) {
  auto item = co_await takes(label, Duration::zero(), party);
  if (!item && during > Duration::zero()) {
    auto const silence = fmt::format("{} may come for {}", spoken_none(label), in_words(during));
    recorder_.withholds_all(silence, name_);
    WaitBoard::Wait const wait(recorder_.waits(), fmt::format("{}: {}{}", name_, silence, withholding()));
    Instant const until = clock_.now() + during;
    item = co_await takes(label, during, party);
    if (!item && recorder_.late() > lag_most) {  // what came in time may be read only now: look once more
      auto const late = recorder_.late();
      if (co_await takes(label, late, party))
        throw CaseStopped{Verdict::inconc,
                          "own lag",
                          fmt::format("{} was read after the silence had ended, but the harness noticed that end {:.1f} ms late: it may "
                                      "have come before; run it again with fewer --jobs or on a calmer machine",
                                      spoken(label), ms(late.count())),
                          {}};
    }
    if (item && is_at_the_edge(*item, until)) throw at_the_edge(*item);
  }
  if (!item) co_return;
  bool const may_be_excused = excuse.holds != nullptr;
  if (may_be_excused && !excuse.holds(*item)) {
    WaitBoard::Wait const wait(recorder_.waits(), fmt::format("{}: what may excuse {}", name_, item->label()));
    co_await pause(clock_, excuse.crossing);
  }
  if (!may_be_excused || !excuse.holds(*item)) throw broken_silence(*item);
  inbox_.push(std::move(*item));
}

/// Our own lateness may have moved the end of the silence, which counts from a message that we noticed late.
bool Actor::is_at_the_edge(Received const& item, Instant until) const {
  auto const lag = recorder_.worst_lag();
  return lag > lag_most && Duration(recorder_.trace().at(item.event).at_ns) + lag > until;
}

CaseStopped Actor::at_the_edge(Received const& item) const {
  return {Verdict::inconc,
          "own lag",
          fmt::format("#{} {} came at the very end of the silence, and the harness was up to {:.1f} ms late in this case; run it "
                      "again with fewer --jobs or on a calmer machine",
                      item.event, item.label(), ms(recorder_.worst_lag().count())),
          {item.event}};
}

CaseStopped Actor::broken_silence(Received const& item) {
  auto const& trace = recorder_.trace();
  auto const& event = trace.at(item.event);
  std::string because =
      fmt::format("#{} {} was received by {} at +{:.3f} ms", event.id, item.label(), name_, ms(event.at_ns - trace.events().front().at_ns));
  std::vector<trace::EventId> witnesses;
  std::string owed;
  for (auto const request : recorder_.unanswered()) {
    if (request >= item.event || !is_of(trace.at(request).party)) continue;
    witnesses.push_back(request);
    owed += fmt::format("{}#{} {}", owed.empty() ? "" : ", ", request, trace.at(request).meaning.label());
  }
  if (!owed.empty()) because += fmt::format(" while the answer to {} was withheld", owed);
  for (auto const request : witnesses) recorder_.withholds(request);  // it may have come before a silence began
  witnesses.push_back(item.event);
  return {Verdict::fail, "unexpected " + item.label(), because, witnesses};
}

}  // namespace tollgate
