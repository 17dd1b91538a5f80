#include "rules/over_the_run.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "codec/ch2/binding.hpp"
#include "rules/credit_identity.hpp"

namespace tollgate::rules {

namespace {

constexpr std::int64_t unique_for_ns = 240'000'000'000;  // RFC 6733 3: "at least 4 minutes"

struct Holder {
  CaseTrace const* in = nullptr;
  trace::Event const* event = nullptr;
};

bool is_request_of_sut(trace::Event const& e) {
  return e.kind == trace::Kind::message && e.channel == trace::Channel::ch2 && e.direction == trace::Direction::received &&
         e.repeats == 0 && e.meaning.is_request() && !e.meaning.is_resent && ch2::binding_of(e.octets) == ch2::Binding::diameter;
}

std::string connection(trace::Event const& e) {
  return e.local + " " + e.remote;
}

/// Both, in the order in which they came, judged by the monitor.
std::optional<SharedIdentifier> judged(Holder const& one, Holder const& other, Finding (*monitor)(trace::Trace const&, Terms const&),
                                       Terms const& terms) {
  auto const& [first, second] = std::minmax(one, other, [](auto const& a, auto const& b) { return a.event->at_ns < b.event->at_ns; });
  SharedIdentifier out;
  for (auto const& holder : {first, second}) {
    auto event = *holder.event;
    event.id = event.about = event.repeats = 0;
    event.note = "of " + holder.in->of;
    out.trace.record(std::move(event));
  }
  out.finding = monitor(out.trace, terms);
  if (out.finding.verdict != Verdict::fail) return std::nullopt;
  out.finding.because += fmt::format("; #1 is of {}, #2 of {}, on one connection", first.in->of, second.in->of);
  return out;
}

}  // namespace

std::vector<SharedIdentifier> shared_identifiers(std::span<CaseTrace const> cases, Terms const& terms) {
  std::map<std::pair<std::string, std::uint32_t>, Holder> end_to_end;
  std::map<std::pair<std::string, std::string>, Holder> sessions;
  std::optional<SharedIdentifier> number, name;
  for (auto const& one : cases)
    for (auto const& event : one.trace->events()) {
      if (!is_request_of_sut(event)) continue;
      Holder const here{&one, &event};
      auto const [had, is_new] = end_to_end.try_emplace({connection(event), event.meaning.end_to_end}, here);
      bool const is_soon = std::abs(had->second.event->at_ns - event.at_ns) < unique_for_ns;
      if (!is_new && !number && is_soon && had->second.in->trace != one.trace)
        number = judged(had->second, here, identifiers_are_unique, terms);
      if (!event.meaning.opens_session && !event.meaning.is_event) continue;
      auto const [named, is_first] = sessions.try_emplace({connection(event), event.meaning.session_id}, here);
      if (!is_first && !name && named->second.in->trace != one.trace)
        name = judged(named->second, here, credit_sessions_are_named_once, terms);
    }
  std::vector<SharedIdentifier> out;
  if (name) out.push_back(std::move(*name));
  if (number) out.push_back(std::move(*number));
  return out;
}

}  // namespace tollgate::rules
