// G2: no content SEND before the 200 to the INVITE, none after BYE, none in a session that was refused.
#include "rules/msrp_session.hpp"

#include <fmt/format.h>
#include <map>

#include "codec/sdp/msrp_media.hpp"
#include "codec/sip/message.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

/// One dialog and what its answers allow.
struct Session {
  EventRef accepted = nullptr;
  EventRef refused = nullptr;   ///< the INVITE, before any was accepted; or an answer that takes no content
  EventRef ended = nullptr;     ///< their BYE, or their 200 to ours

  [[nodiscard]] bool is_open() const { return accepted != nullptr && refused == nullptr && ended == nullptr; }
};

/// RFC 4975 8.9, RFC 3264 6: our answer refuses the media or wants to receive nothing.
bool takes_no_content(trace::Event const& answer) {
  auto const message = sip::Message::parse(answer.octets);
  auto const description = message ? sdp::Description::parse(message->body()) : std::unexpected(message.error());
  auto const media = description ? sdp::msrp_media(*description) : std::unexpected(description.error());
  if (!media) return false;
  return media->port == 0 || media->direction == sdp::Direction::sendonly || media->direction == sdp::Direction::inactive;
}

class Sessions {
 public:
  void note(trace::Event const& e) {
    bool const received = e.direction == trace::Direction::received;
    if (sent_answer(e, "INVITE") && e.meaning.status >= 200) answered(e);
    if (received_request(e, "BYE")) end(e);
    if (received && e.kind == trace::Kind::message && e.meaning.status / 100 == 2 && e.meaning.name == "BYE") end(e);
  }
  void judge(Finding& finding, trace::Event const& send, Terms const& terms) const;

 private:
  void answered(trace::Event const& e) {
    Session& session = sessions_[e.meaning.call_id];
    newest_ = e.meaning.call_id;
    bool const is_accepted = e.meaning.status / 100 == 2;
    if (is_accepted) session.accepted = &e;
    if (!is_accepted && session.accepted != nullptr) return;  // a re-INVITE: the session stays as it was
    session.refused = !is_accepted || takes_no_content(e) ? &e : nullptr;
  }
  void end(trace::Event const& e) {
    auto const session = sessions_.find(e.meaning.call_id);
    if (session != sessions_.end() && session->second.ended == nullptr) session->second.ended = &e;
  }

  std::map<std::string, Session> sessions_;  ///< by Call-ID
  std::string newest_;
};

/// A SEND that came before we had sent any 200 was sent without one, whatever the clocks say; that it came after a BYE on
/// another socket proves nothing within epsilon.
void Sessions::judge(Finding& finding, trace::Event const& send, Terms const& terms) const {
  if (sessions_.empty()) return fail(finding, cite(send) + " was received, but no 200 to an INVITE had been sent", {&send});
  for (auto const& [call_id, session] : sessions_)
    if (session.is_open()) return hold(finding, {session.accepted, &send});
  for (auto const& [call_id, session] : sessions_)
    if (session.accepted != nullptr && session.ended != nullptr && is_close(*session.ended, send, terms))
      return doubt(finding,
                   fmt::format("{} came within {} ms of {}: two sockets do not say which was first", cite(send),
                               terms.epsilon_ns / 1'000'000, cite(*session.ended)),
                   {session.ended, &send});
  Session const& session = sessions_.at(newest_);
  if (session.ended != nullptr)
    fail(finding, fmt::format("{} was received after {}", cite(send), cite(*session.ended)), {session.ended, &send});
  else if (session.accepted == nullptr)
    fail(finding, fmt::format("{} was received although {} refused the session", cite(send), cite(*session.refused)),
         {session.refused, &send});
  else
    fail(finding, fmt::format("{} was received although the description in {} takes no content", cite(send), cite(*session.refused)),
         {session.refused, &send});
}

}  // namespace

Finding send_only_inside_the_session(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G2", "send_only_inside_the_session", "CR 6.3.2.8 (6-7); RFC 4975 8.2, 8.9; RFC 3261 15.1.1");
  for (auto const& view : parties(trace)) {
    Sessions sessions;
    for (auto const* e : view.events) {
      sessions.note(*e);
      if (content_send(*e)) sessions.judge(finding, *e, terms);
    }
  }
  return finding;
}

}  // namespace tollgate::rules
