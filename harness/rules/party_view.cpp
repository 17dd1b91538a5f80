#include "rules/party_view.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <unordered_map>

#include "base/text.hpp"

namespace tollgate::rules {

std::vector<PartyView> parties(trace::Trace const& trace) {
  std::vector<PartyView> views;
  std::unordered_map<std::string_view, std::size_t> places;
  for (auto const& event : trace.events()) {
    if (event.party.empty() || event.repeats != 0) continue;
    auto const [place, is_new] = places.try_emplace(event.party, views.size());
    if (is_new) views.push_back({event.party, {}});
    views[place->second].events.push_back(&event);
  }
  return views;
}

static EventRef close_behind(PartyView const& view, trace::Event const& e, Terms const& terms, bool (*is_wanted)(trace::Event const&)) {
  auto at = std::ranges::upper_bound(view.events, e.id, {}, &trace::Event::id);
  for (; at != view.events.end() && is_close(e, **at, terms); ++at)
    if (is_wanted(**at)) return *at;
  return nullptr;
}

EventRef msrp_end_close_behind(PartyView const& view, trace::Event const& e, Terms const& terms) {
  return close_behind(view, e, terms, ends_msrp);
}

EventRef send_close_behind(PartyView const& view, trace::Event const& e, Terms const& terms) {
  return close_behind(view, e, terms, content_send);
}

Finding begin(std::string_view id, std::string_view name, std::string_view clause) {
  Finding finding;
  finding.rule = id;
  finding.name = name;
  finding.clause = clause;
  finding.reason = id;
  finding.because = "not exercised: what it speaks of did not occur";
  return finding;
}

static std::vector<trace::EventId> ids(std::initializer_list<EventRef> events) {
  std::vector<trace::EventId> out;
  for (auto const* event : events)
    if (event != nullptr) out.push_back(event->id);
  return out;
}

/// What is inconclusive with witnesses is a doubt.
static bool is_doubted(Finding const& finding) {
  return finding.verdict == Verdict::inconc && !finding.witnesses.empty();
}

void hold(Finding& finding, std::initializer_list<EventRef> witnesses) {
  if (finding.verdict == Verdict::fail || is_doubted(finding)) return;
  finding.verdict = Verdict::pass;
  finding.because.clear();
  finding.witnesses = ids(witnesses);
}

void doubt(Finding& finding, std::string because, std::initializer_list<EventRef> witnesses) {
  if (finding.verdict == Verdict::fail || is_doubted(finding)) return;
  finding.verdict = Verdict::inconc;
  finding.because = std::move(because);
  finding.witnesses = ids(witnesses);
}

void fail(Finding& finding, std::string because, std::initializer_list<EventRef> witnesses) {
  if (finding.verdict == Verdict::fail) return;
  finding.verdict = Verdict::fail;
  finding.because = std::move(because);
  finding.witnesses = ids(witnesses);
}

std::string cite(trace::Event const& event) {
  constexpr std::size_t most = 80;  // a method is as long as somebody writes it
  auto const label = printable(event.meaning.label(), most);
  return fmt::format("#{} {}", event.id, label.empty() ? fmt::format("{} octets that cannot be read", event.octets.size()) : label);
}

}  // namespace tollgate::rules
