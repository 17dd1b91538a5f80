// G10: every copy of a 200 to the INVITE is answered with an ACK. RFC 3261 13.2.2.4, 13.3.1.4.
#include "rules/accepted_invites.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <vector>

#include "codec/sip/addresses.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/uri.hpp"
#include "rules/broken_answer.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

/// One INVITE of the SUT, and how we answered it.
struct Invite {
  EventRef asked = nullptr;
  EventRef ringing = nullptr;    ///< our provisional response: from then on the SUT waits as long as it likes
  EventRef refused = nullptr;    ///< a final response that was no 2xx ends the transaction
  EventRef cancelled = nullptr;
};

struct Acceptance {
  EventRef first = nullptr;              ///< 2xx
  std::vector<EventRef> unacknowledged;  ///< copies of it since the last ACK
  EventRef ack = nullptr;
};

/// Whether the SUT still listens for this 2xx: before timer B or after a provisional response, within 64*T1 of its
/// CANCEL, within 64*T1 of the first copy (RFC 3261 17.1.1.2, 9.1; RFC 6026 7.2), and after no other final response.
bool is_awaited(Invite const& invite, Acceptance const& acceptance, trace::Event const& copy) {
  constexpr std::int64_t patience_ns = 32'000'000'000 - 500'000'000;  // 64*T1, and one T1 less for what is under way
  auto const within = [&](EventRef since) { return since == nullptr || copy.at_ns < since->at_ns + patience_ns; };
  if (invite.asked == nullptr || invite.refused != nullptr || !within(invite.cancelled) || !within(acceptance.first)) return false;
  return invite.ringing != nullptr || acceptance.first != nullptr || within(invite.asked);
}

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

class Acceptances {
 public:
  explicit Acceptances(trace::Trace const& trace) : trace_(trace) {}
  void note(trace::Event const& e) {
    Invite& invite = invites_[{e.meaning.call_id, e.meaning.cseq}];
    Key const key{e.meaning.call_id, e.meaning.cseq, e.meaning.to_tag};
    if (received_request(e, "INVITE") && invite.asked == nullptr) invite.asked = &e;
    if (received_request(e, "CANCEL")) invite.cancelled = &e;
    if (sent_answer(e, "INVITE")) answered(invite, key, e);
    auto const accepted = acceptances_.find(key);
    if (accepted == acceptances_.end() || !received_request(e, "ACK")) return;
    accepted->second.unacknowledged.clear();
    accepted->second.ack = &e;
  }
  [[nodiscard]] std::map<Key, Acceptance>& acceptances() { return acceptances_; }

 private:
  void answered(Invite& invite, Key const& key, trace::Event const& e) {
    constexpr int provisional = 1, success = 2;
    int const kind = e.meaning.status / 100;
    if (kind == provisional) invite.ringing = &e;
    if (kind != provisional && kind != success) invite.refused = &e;
    auto const known = acceptances_.find(key);
    if (kind != success || !is_awaited(invite, known == acceptances_.end() ? Acceptance{} : known->second, e)) return;
    if (known == acceptances_.end() && (may_be_dropped(trace_, e) || !leads_to_us(e))) return;
    Acceptance& acceptance = acceptances_[key];
    if (acceptance.first == nullptr) acceptance.first = &e;
    acceptance.unacknowledged.push_back(&e);
  }

  /// The ACK goes to the Contact of the 2xx (RFC 3261 13.2.2.4): where that is no host of ours it cannot come.
  [[nodiscard]] bool leads_to_us(trace::Event const& e) const {
    auto const response = sip::Message::parse(e.octets);
    auto const contacts = response ? sip::contacts(*response) : std::unexpected(response.error());
    if (!contacts || contacts->empty()) return true;
    auto const uri = sip::parse_uri(contacts->front().uri);
    if (!uri) return true;
    // Its port may be one that nothing else has shown.
    auto const ours = std::string(uri->host) + ":";
    return e.local.empty() ||
           std::ranges::any_of(trace_.events(), [&](auto const& one) { return one.actor == e.actor && one.local.starts_with(ours); });
  }

  trace::Trace const& trace_;
  std::map<std::pair<std::string, std::uint32_t>, Invite> invites_;
  std::map<Key, Acceptance> acceptances_;
};

}  // namespace

/// Retransmissions count here: each copy of the 200 asks for an ACK of its own, and an ACK may look like one before.
Finding every_200_is_acknowledged(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G10", "every_200_is_acknowledged", "RFC 3261 13.2.2.4");
  Acceptances acceptances(trace);
  for (auto const& e : trace.events())
    if (e.channel == trace::Channel::sip && e.kind == trace::Kind::message) acceptances.note(e);
  for (auto& [key, acceptance] : acceptances.acceptances()) judge(finding, acceptance, trace.events().back().at_ns, terms);
  return finding;
}

}  // namespace tollgate::rules
