// G10: every copy of a 200 to the INVITE is answered with an ACK. RFC 3261 13.2.2.4, 13.3.1.4.
#include "rules/accepted_invites.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

struct Acceptance {
  std::vector<EventRef> unacknowledged;  ///< copies of the 200 since the last ACK
  EventRef ack = nullptr;
};

/// Call-ID, CSeq number, our tag.
using Key = std::tuple<std::string, std::uint32_t, std::string>;

/// Over UDP copies and ACKs may be lost: several in a row without any ACK are not chance. What was sent in the last
/// moments of the trace is not judged.
void judge(Finding& finding, Acceptance& acceptance, std::int64_t end_ns, Terms const& terms) {
  std::erase_if(acceptance.unacknowledged, [&](EventRef copy) { return copy->at_ns > end_ns - terms.live_ns; });
  auto const& copies = acceptance.unacknowledged;
  if (copies.empty()) {
    if (acceptance.ack != nullptr) hold(finding, {acceptance.ack});
    return;
  }
  constexpr std::size_t copies_most = 3;
  bool const may_be_lost = copies.front()->transport == trace::Transport::udp && copies.size() < copies_most;
  if (may_be_lost)
    return doubt(finding, fmt::format("no ACK for {} came, but UDP may have lost it", cite(*copies.back())), {copies.back()});
  fail(finding, fmt::format("no ACK came after {}, sent {} times", cite(*copies.front()), copies.size()), {copies.front(), copies.back()});
}

}  // namespace

/// Retransmissions count here: each copy of the 200 asks for an ACK of its own, and an ACK may look like one before.
Finding every_200_is_acknowledged(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G10", "every_200_is_acknowledged", "RFC 3261 13.2.2.4");
  std::map<Key, Acceptance> acceptances;
  for (auto const& e : trace.events()) {
    if (e.channel != trace::Channel::sip || e.kind != trace::Kind::message) continue;
    Key const key{e.meaning.call_id, e.meaning.cseq, e.meaning.to_tag};
    if (sent_answer(e, "INVITE") && e.meaning.status / 100 == 2) acceptances[key].unacknowledged.push_back(&e);
    auto const accepted = acceptances.find(key);
    if (accepted == acceptances.end() || !received_request(e, "ACK")) continue;
    accepted->second.unacknowledged.clear();
    accepted->second.ack = &e;
  }
  for (auto& [key, acceptance] : acceptances) judge(finding, acceptance, trace.events().back().at_ns, terms);
  return finding;
}

}  // namespace tollgate::rules
