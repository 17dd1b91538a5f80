// G12: every octet that the SUT sends parses under a strict grammar.
#include "rules/grammar.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/diameter/judge.hpp"
#include "codec/msrp/judge.hpp"
#include "codec/sip/judge.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

static Judgement judge(trace::Event const& e) {
  switch (e.channel) {
    case trace::Channel::sip:
      return sip::judge(e.octets, e.transport == trace::Transport::udp ? sip::Framing::datagram : sip::Framing::stream);
    case trace::Channel::msrp: return msrp::judge(e.octets);
    case trace::Channel::ch2: return diameter::judge(e.octets);
  }
  return {};
}

/// What an answer copies from a request of ours is ours (RFC 3261 8.2.6.2, RFC 6733 6.2).
static void forgive_echoes(Judgement& judgement, Judgement const& request) {
  std::erase_if(judgement.diagnostics, [&](Diagnostic const& one) {
    return std::ranges::any_of(request.diagnostics, [&](Diagnostic const& ours) { return ours.rule == one.rule && ours.detail == one.detail; });
  });
  if (judgement.diagnostics.empty()) judgement.outcome = Outcome::accept;
}

Finding every_octet_parses(trace::Trace const& trace, Terms const&) {
  Finding finding = begin("G12", "every_octet_parses", "RFC 3261 25.1; RFC 8866 9; RFC 4975 9; RFC 6733 3, 4; RFC 8506 3");
  for (auto const& e : trace.events()) {
    if (e.kind != trace::Kind::message || e.direction != trace::Direction::received || e.repeats != 0) continue;
    auto judgement = judge(e);
    if (judgement.outcome == Outcome::reject && e.about != 0) forgive_echoes(judgement, judge(trace.at(e.about)));
    if (judgement.outcome != Outcome::reject) {
      hold(finding, {&e});
      continue;
    }
    auto const wrong = std::ranges::find(judgement.diagnostics, Strength::must, &Diagnostic::strength);
    if (wrong == judgement.diagnostics.end()) fail(finding, cite(e) + " cannot be accepted", {&e});
    else
      fail(finding, fmt::format("{} breaks {} at octet {}: {} ({})", cite(e), wrong->rule, wrong->offset, wrong->detail, wrong->clause),
           {&e});
  }
  return finding;
}

}  // namespace tollgate::rules
