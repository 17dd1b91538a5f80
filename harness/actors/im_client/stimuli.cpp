// What the IM Client sends by itself: REGISTER, MESSAGE, OPTIONS (RFC 3261 8.1.1, 10.2, 11; RFC 3428), and again where it is
// challenged (22).
#include <algorithm>
#include <fmt/format.h>

#include "actors/im_client/im_client.hpp"
#include "codec/sip/call_id.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/via.hpp"

namespace tollgate {

using sip::Name;

/// RFC 3261 25.1: transport.
static std::string_view in_via(trace::Transport transport) {
  switch (transport) {
    case trace::Transport::udp: return "UDP";
    case trace::Transport::tcp: return "TCP";
    case trace::Transport::tls: return "TLS";
  }
  return "";
}

std::string ImClient::fresh_via() {
  return fmt::format("SIP/2.0/{} {};branch=z9hG4bK{};rport", in_via(endpoint_.transport()), endpoint_.session_contact().text(),
                     random_.token(16));
}

void ImClient::add_via(sip::Message& request) {
  request.add_first(Name::max_forwards, "70");
  request.add_first(Name::via, fresh_via());
}

sip::Message ImClient::out_of_dialog(std::string_view method, std::string const& request_uri, std::string const& to,
                                     std::string const& call_id, std::uint32_t cseq) {
  auto request = sip::Message::request(method, request_uri);
  add_via(request);
  request.add(Name::from, fmt::format("<{}>;tag={}", aor_, random_.token(10)));
  request.add(Name::to, fmt::format("<{}>", to));
  request.add(Name::call_id, call_id);
  request.add(Name::cseq, fmt::format("{} {}", cseq, method));
  return request;
}

trace::EventId ImClient::start(sip::Message request, Amendment const& amendment, Proof proof) {
  return send_as_written({.message = std::move(request)}, amendment, [this, amendment, proof](sip::Message written) {
    return attempt({.request = std::move(written), .amendment = amendment, .proof = proof});
  });
}

trace::EventId ImClient::attempt(Asked asked) {
  bool const proves_itself = author_ && asked.request.method() == "REGISTER" && asked.proof == Proof::when_asked;
  if (asked.proof != Proof::none && !proves_itself) credentials_.add_to(asked.request, asked.proof == Proof::wrong);
  auto const via = sip::top_via(asked.request);
  std::string const branch(via ? via->branch() : "");
  std::string const method(asked.request.method());
  auto octets = asked.amendment.finish(asked.request.write());
  auto const segments = asked.amendment.segments;
  ++asked.attempts;
  asked_.insert_or_assign(branch, std::move(asked));
  return transactions_.start(branch, method, std::move(octets), segments);
}

/// RFC 3261 22.2, 22.3: the same request with credentials, a new branch and the next CSeq. Whether it was sent; else the
/// challenge is the case's.
bool ImClient::answers_challenge(Asked asked, sip::Message const& challenge, trace::EventId challenged) {
  constexpr int unauthorized = 401, proxy_authentication_required = 407;
  constexpr unsigned most_attempts = 3;  // without credentials, with them, and once more when the nonce was stale
  if (challenge.status() != unauthorized && challenge.status() != proxy_authentication_required) return false;
  bool const proved = asked.request.value(Name::authorization) || asked.request.value(Name::proxy_authorization);
  bool const answered =
      proved && asked.attempts > 1;  // the first attempt has what an earlier request was asked for: the server may have forgotten it
  if (!credentials_.learn(challenge, answered) || asked.proof != Proof::when_asked || asked.attempts >= most_attempts) return false;
  auto const cseq = sip::cseq(asked.request);
  if (!cseq) return false;
  std::uint32_t const number = cseq->number + 1;
  asked.request.set(Name::cseq, fmt::format("{} {}", number, asked.request.method()));
  asked.request.set(Name::via, fresh_via());
  auto const call_id = std::string(sip::call_id(asked.request).value_or(""));
  if (call_id == register_call_id_) register_cseq_ = std::max(register_cseq_, number);
  if (auto const call = sessions_.find(call_id); call != sessions_.end())
    call->second.dialog.cseq = std::max(call->second.dialog.cseq, number);
  Draft draft{.message = asked.request, .challenge = challenge};
  if (!author_ || asked.request.method() != "REGISTER" || author_->refuses(draft)) {
    if (author_) asked.proof = Proof::good;  // we add it to what was written
    recorder_.supersedes(challenged, attempt(std::move(asked)));
    return true;
  }
  auto const send = [this, asked, challenged](sip::Message written) mutable {
    asked.request = std::move(written);
    auto const proved = attempt(std::move(asked));
    recorder_.supersedes(challenged, proved);
    return proved;
  };
  send_as_written(std::move(draft), asked.amendment, send);
  return true;
}

trace::EventId ImClient::sends_register(Register what, Amendment const& amendment, Proof proof) {
  auto request = out_of_dialog("REGISTER", "sip:" + ixit_.domain, served_, register_call_id_, ++register_cseq_);
  std::string contact = fmt::format("<{}>;+g.oma.sip-im", word("contact"));
  if (what.contact_expires) contact += fmt::format(";expires={}", *what.contact_expires);
  request.add(Name::contact, contact);
  if (what.expires) request.add(Name::expires, fmt::format("{}", *what.expires));
  request.set_body("", "");
  return start(std::move(request), amendment, proof);
}

trace::EventId ImClient::sends_message(std::string const& to, std::string const& text, std::string const& type) {
  auto request = out_of_dialog("MESSAGE", to, to, random_.token(20), 1);
  request.set_body(text, type);
  return start(std::move(request), {});
}

trace::EventId ImClient::sends_options() {
  auto request = out_of_dialog("OPTIONS", "sip:" + ixit_.domain, "sip:" + ixit_.domain, random_.token(20), 1);
  request.set_body("", "");
  return start(std::move(request), {});
}

trace::EventId ImClient::sends(std::string const& method, Amendment const& amendment, Proof proof) {
  auto request = out_of_dialog(method, "sip:" + ixit_.domain, method == "MESSAGE" ? aor_ : "sip:" + ixit_.domain, random_.token(20), 1);
  if (method == "SUBSCRIBE") request.add(Name::event, "presence").add(Name::expires, "60");
  if (method == "BYE") request.set(Name::to, fmt::format("<sip:{}>;tag={}", ixit_.domain, random_.token(10)));
  if (method != "OPTIONS" && method != "BYE" && method != "MESSAGE") request.add(Name::contact, fmt::format("<{}>", word("contact")));
  if (method == "MESSAGE")
    request.set_body("hello", "text/plain");
  else
    request.set_body("", "");
  return start(std::move(request), amendment, proof);
}

trace::EventId ImClient::sends_in(Received const& invite, std::string const& method, Amendment const& amendment) {
  auto const call = sessions_.find(invite.sip ? std::string(sip::call_id(*invite.sip).value_or("")) : "");
  if (call == sessions_.end()) return 0;
  Session& session = call->second;
  auto request = session.dialog.request(method);
  add_via(request);
  bool const describes = method == "INVITE" || method == "UPDATE";
  bool const subscribes = method == "SUBSCRIBE";
  if (subscribes) request.add(Name::event, "presence").add(Name::expires, "60");
  if (describes || subscribes) request.add(Name::contact, fmt::format("<{}>", word("session-contact")));
  if (describes)
    request.set_body(session.sdp_answer, "application/sdp");
  else if (method == "MESSAGE")
    request.set_body("hello", "text/plain");
  else
    request.set_body("", "");
  return start(std::move(request), amendment);
}

/// RFC 3261 13.2.2.4 for a 2xx, 17.1.1.3 for the rest.
void ImClient::acknowledge(sip::Message const& response) {
  auto const call = sessions_.find(std::string(sip::call_id(response).value_or("")));
  if (call == sessions_.end()) return;
  auto ack = call->second.dialog.request("ACK");
  if (response.status() / 100 == 2) {
    add_via(ack);
  } else {
    ack.add_first(Name::max_forwards, "70");
    ack.add_first(Name::via, response.value(Name::via).value_or(""));
    ack.set(Name::to, response.value(Name::to).value_or(""));
  }
  ack.set_body("", "");
  endpoint_.send_request(ack.write());
}

trace::EventId ImClient::sends_msrp(std::string const& method, Amendment const& amendment) {
  auto* const msrp = newest_msrp();
  return msrp == nullptr ? 0 : msrp->sends(method, method == "REPORT" ? last_message_id_ : "", amendment);
}

void ImClient::repeats(trace::EventId sent) {
  auto const event = recorder_.trace().at(recorder_.latest(sent));
  if (event.channel == trace::Channel::sip)
    endpoint_.send_again(event);
  else if (auto* const msrp = newest_msrp())
    msrp->repeats(event);
}

Task<void> ImClient::registers() {
  sends_register();
  (void)co_await receives("200 REGISTER", ixit_.live);
}

}  // namespace tollgate
