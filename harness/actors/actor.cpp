#include "actors/actor.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tollgate {

static double ms(std::int64_t ns) { return static_cast<double>(ns) / 1e6; }

std::string Received::label() const { return status == 0 ? name : fmt::format("{} {}", status, name); }

bool is_called(Received const& item, std::string_view label) {
  if (label == "*") return true;
  bool const response = !label.empty() && label.front() >= '0' && label.front() <= '9';
  if (!response) return item.status == 0 && item.name == label;
  return item.status != 0 && (item.label() == label || fmt::format("{}", item.status) == label);
}

std::string Actor::heard_meanwhile() const {
  std::string heard;
  for (auto const& item : inbox_.queued()) heard += fmt::format("{}#{} {}", heard.empty() ? "" : ", ", item.event, item.label());
  return heard.empty() ? "nothing" : heard;
}

Task<std::optional<Received>> Actor::may_receive(std::string label, Duration within) {
  Instant const until = clock_.now() + std::max(within, Duration::zero());
  auto item = co_await inbox_.take([label](Received const& one) { return is_called(one, label); }, within);
  if (!item) recorder_.waited_in_vain(clock_.now() - until);
  co_return item;
}

Task<Received> Actor::receives(std::string label, Duration within) {
  auto item = co_await may_receive(label, within);
  if (item) co_return std::move(*item);
  std::vector<trace::EventId> witnesses;
  for (auto const& heard : inbox_.queued()) witnesses.push_back(heard.event);
  throw CaseStopped{Verdict::fail, "missing " + label,
                    fmt::format("{} waited {:.1f} ms for {}; heard {} instead{}", name_, ms(within.count()), label,
                                heard_meanwhile(), heard_elsewhere()),
                    witnesses};
}

Task<void> Actor::hears_no(std::string label, Duration during) {
  auto item = co_await may_receive(label, Duration::zero());
  if (!item && during > Duration::zero()) {
    recorder_.withholds_all(fmt::format("no {} for {:.1f} ms", label, ms(during.count())), name_);
    Instant const until = clock_.now() + during;
    item = co_await may_receive(label, during);
    if (!item && recorder_.late() > lag_most)
      throw CaseStopped{Verdict::inconc, "own lag",
                        fmt::format("the harness was {:.1f} ms late at the end of the silence, so a {} that broke it may count as "
                                    "one that came after; run it again with fewer --jobs or on a calmer machine", ms(recorder_.late().count()), label),
                        {}};
    if (item && is_at_the_edge(*item, until)) throw at_the_edge(*item);
  }
  if (item) throw broken_silence(*item);
}

/// Our own lateness may have moved the end of the silence, which counts from a message that we noticed late.
bool Actor::is_at_the_edge(Received const& item, Instant until) const {
  auto const lag = recorder_.worst_lag();
  return lag > lag_most && Duration(recorder_.trace().at(item.event).at_ns) + lag > until;
}

CaseStopped Actor::at_the_edge(Received const& item) const {
  return {Verdict::inconc, "own lag",
          fmt::format("#{} {} came at the very end of the silence, and the harness was up to {:.1f} ms late in this case; run it "
                      "again with fewer --jobs or on a calmer machine", item.event, item.label(), ms(recorder_.worst_lag().count())),
          {item.event}};
}

CaseStopped Actor::broken_silence(Received const& item) const {
  auto const& trace = recorder_.trace();
  auto const& event = trace.at(item.event);
  std::string because = fmt::format("#{} {} was received by {} at +{:.3f} ms", event.id, item.label(), name_,
                                    ms(event.at_ns - trace.events().front().at_ns));
  std::vector<trace::EventId> witnesses;
  std::string owed;
  for (auto const request : recorder_.unanswered()) {
    if (request >= item.event) continue;
    witnesses.push_back(request);
    owed += fmt::format("{}#{} {}", owed.empty() ? "" : ", ", request, trace.at(request).meaning.label());
  }
  if (!owed.empty()) because += fmt::format(" while the answer to {} was withheld", owed);
  witnesses.push_back(item.event);
  return {Verdict::fail, "unexpected " + item.label(), because, witnesses};
}

}  // namespace tollgate
