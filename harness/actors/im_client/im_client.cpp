#include "actors/im_client/im_client.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "actors/im_client/stranger.hpp"
#include "codec/cpim/message.hpp"
#include "codec/media_type.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/response.hpp"
#include "codec/sip/subscriber.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/via.hpp"
#include "codec/sip/views.hpp"

namespace tollgate {

using sip::Name;

static std::string user_of(std::string const& aor) {
  auto const uri = sip::parse_uri(aor);
  return uri ? std::string(uri->user) : "user";
}

ImClient::ImClient(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random, std::string name, std::string aor,
                   std::string served)
    : Actor(clock, recorder, std::move(name)), network_(network), ixit_(ixit), random_(random), aor_(std::move(aor)),
      served_(served.empty() ? aor_ : std::move(served)), user_(user_of(aor_)),
      endpoint_(
          clock, network, ixit, recorder, Actor::name(), served_,
          [this](sip::Message message, trace::Event event, SipSource const& source) { take(std::move(message), std::move(event), source); },
          [this](trace::EventId event) { deliver_connection(event, "sip-closed"); }),
      transactions_(clock, ixit, endpoint_), register_call_id_(random_.token(20)), tag_(random_.token(10)),
      credentials_(user_, ixit.password, random_.fork()), gone_out_(clock) {}

ImClient::~ImClient() = default;

// What arrives.

void ImClient::take(sip::Message message, trace::Event event, SipSource const& source) {
  if (message.is_request())
    take_request(std::move(message), std::move(event), source);
  else
    take_response(std::move(message), std::move(event));
}

/// Where the response goes: over UDP to the port of sent-by, unless the SUT asks for its source port (RFC 3261 18.2.2,
/// RFC 3581 4).
static SipSource reply_to(sip::Via const& via, SipSource source) {
  constexpr std::uint16_t sip_port = 5060;
  if (source.transport == trace::Transport::udp && !via.parameters.has("rport")) source.remote.port = via.port.value_or(sip_port);
  return source;
}

/// 404 where it begins something, 481 where it goes on with something (RFC 3261 8.2.2.1, 9.2, 12.2.2). Nobody of the case hears of it.
void ImClient::turns_away(sip::Message const& request, trace::Event event, SipSource const& source) {
  constexpr int not_found = 404, no_dialog = 481;
  auto const to = sip::to(request);
  bool const goes_on = request.method() == "CANCEL" || (to && to->parameters.has("tag"));
  bool const wants_answer = request.method() != "ACK";
  int const status = goes_on ? no_dialog : not_found;
  event.kind = trace::Kind::foreign;
  event.party.clear();
  event.note = fmt::format("{}, which is not the SUT, sent {} for {}, which is nobody of this run: {}", event.remote, request.method(),
                           printable(request.request_uri(), 60), wants_answer ? fmt::format("answered {}", status) : "left alone");
  recorder_.of_no_case().record_few(std::move(event), "requests of strangers");
  if (!wants_answer) return;
  auto response = sip::response_to(request, status, tag_);
  response.set_body("", "");
  auto const via = sip::top_via(request);
  endpoint_.send_unrecorded(response.write(), via ? reply_to(*via, source) : source);
}

void ImClient::take_request(sip::Message message, trace::Event event, SipSource const& source) {
  if (is_of_stranger(message, source, ixit_, user_, tag_)) return turns_away(message, std::move(event), source);
  auto const via = sip::top_via(message);
  std::string const branch(via ? via->branch() : "");
  std::string const method(message.method());
  if (auto* seen = transactions_.find(branch, method)) {  // a repetition: RFC 3261 17.2.2
    event.repeats = seen->first_copy;
    recorder_.record(std::move(event));
    if (!seen->response.empty()) endpoint_.send_response(seen->response, seen->source, seen->first_copy, seen->response_event);
    return;
  }
  Received item;
  item.event = recorder_.record(std::move(event));
  item.name = method;
  transactions_.remember(branch, method, item.event, via ? reply_to(*via, source) : source);
  auto const call_id = std::string(sip::call_id(message).value_or(""));
  if (method == "INVITE") {
    Session& session = sessions_[call_id];
    session.branch = branch;
    session.dialog = Dialog::of(message, tag_);
    newest_call_ = call_id;
  }
  item.sip = std::move(message);
  if (method == "ACK" && author_) author_->hears(*item.sip);  // before a connection is made, which takes time
  if (method == "ACK") take_ack(call_id);
  if (method == "CANCEL" && !scripts_cancel_) take_cancel(*item.sip, branch);
  if (method == "INVITE" && !ixit_.msrp_relay.empty() && !sessions_.at(call_id).relay) return deliver_with_path(call_id, std::move(item));
  deliver(std::move(item));
}

/// The INVITE is heard once there is a path to answer it with.
void ImClient::deliver_with_path(std::string const& call_id, Received invite) {
  auto const waits = recorder_.hands_over(
      {.channel = trace::Channel::msrp, .actor = name(), .party = served_, .note = "INVITE waits for a path of the MSRP relay"});
  auto on_path = [this, call_id, waits, invite = std::move(invite)](RelayedPath path) {
    recorder_.went_out(waits, 0);
    sessions_.at(call_id).relayed = std::move(path);
    deliver(invite);
  };
  sessions_.at(call_id).relay =
      std::make_unique<MsrpRelay>(clock_, network_, ixit_, recorder_, random_.fork(), name(), served_, std::move(on_path));
}

/// RFC 3261 9.2: 200 to the CANCEL and 487 to the INVITE that has no final response yet; 481 when there is no such INVITE.
void ImClient::take_cancel(sip::Message const& cancel, std::string const& branch) {
  constexpr int ok = 200, no_transaction = 481, request_terminated = 487;
  answer_sip(cancel, transactions_.find(branch, "INVITE") == nullptr ? no_transaction : ok, {});
  auto const is_cancelled = [&](auto const& entry) {
    if (entry.second.name != "INVITE" || !entry.second.sip) return false;
    auto const via = sip::top_via(*entry.second.sip);
    return via && via->branch() == branch;
  };
  auto const invite = std::ranges::find_if(unanswered_, is_cancelled);
  if (invite != unanswered_.end()) answers(Received(invite->second), request_terminated);
}

void ImClient::take_response(sip::Message message, trace::Event event) {
  auto const via = sip::top_via(message);
  auto const cseq = sip::cseq(message);
  std::string const branch(via ? via->branch() : "");
  auto const raw_cseq = message.value(Name::cseq).value_or("");  // perhaps one of ours that nobody can read
  std::string const method(cseq ? cseq->method : raw_cseq.substr(raw_cseq.rfind(' ') + 1));
  auto const match = transactions_.match(branch, method, message.status());
  event.about = match.request;
  event.repeats = match.first_copy;
  if (match.request == 0) event.note = "answers no request of ours";
  Received item;
  item.event =
      match.request == 0 ? recorder_.record_few(std::move(event), "responses to no request of ours") : recorder_.record(std::move(event));
  if (match.request == 0 || match.first_copy != 0) return;
  transactions_.remember_response(branch, method, message.status(), item.event);
  if (author_) author_->hears(message);
  if (message.status() >= 200)
    if (auto asked = asked_.extract(branch); asked && answers_challenge(std::move(asked.mapped()), message, match.request)) return;
  if (method == "INVITE" && message.status() >= 200) acknowledge(message);
  if (method == "BYE" && message.status() >= 200)
    if (auto const call = sessions_.find(std::string(sip::call_id(message).value_or(""))); call != sessions_.end())
      call->second.ended = true;
  item.name = method;
  item.status = message.status();
  item.sip = std::move(message);
  deliver(std::move(item));
}

void ImClient::take_ack(std::string const& call_id) {
  auto const session = sessions_.find(call_id);
  if (session == sessions_.end()) return;
  transactions_.acknowledged(session->second.branch);
  bool const connects = behaviour_.connects != MsrpBehaviour::Connects::never;
  if (connects && session->second.msrp && !session->second.ended) session->second.msrp->connect();
}

/// Media types are case-insensitive and may have parameters (RFC 2045 5.1).
static bool is_cpim(std::string_view content_type) {
  return names_media_type(content_type, "message/cpim");
}

void ImClient::take_send(std::string const& call_id, msrp::Message const& send, trace::EventId event, std::optional<std::string> content) {
  Received item;
  item.event = event;
  item.name = "SEND";
  item.content = content.value_or("");
  if (auto const cpim = cpim::Message::parse(item.content); cpim && is_cpim(send.value("Content-Type").value_or("")))
    item.content = cpim->content;
  item.msrp = send;
  if (content) delivered_.push_back(item.content);
  last_message_id_ = send.value("Message-ID").value_or("");
  sends_.emplace(event, call_id);
  deliver(std::move(item));
}

void ImClient::deliver(Received item) {
  bool const wants_answer =
      item.status == 0 && item.name != "ACK" && (item.name != "CANCEL" || scripts_cancel_) && (item.sip || item.name == "SEND");
  if (wants_answer) {
    recorder_.asked(item.event);
    unanswered_.emplace(item.event, item);
    if (alone_) answers(item, 200);
  }
  inbox_.push(std::move(item));
}

// What we answer.

trace::EventId ImClient::answers(Received const& request, int status, Amendment const& amendment) {
  if (!unanswered_.contains(request.event)) return 0;
  bool const is_final = status >= 200 || request.msrp;
  if (is_final) {
    unanswered_.erase(request.event);
    recorder_.answered(request.event);
  }
  return answers_again(request, status, amendment);
}

trace::EventId ImClient::answers_again(Received const& request, int status, Amendment const& amendment) {
  if (request.sip) return answer_sip(*request.sip, status, amendment);
  return sessions_.at(sends_.at(request.event)).msrp->respond(*request.msrp, request.event, status, amendment);
}

trace::EventId ImClient::answer_sip(sip::Message const& request, int status, Amendment const& amendment) {
  auto response = sip::response_to(request, status, status > 100 ? tag_ : "");
  auto const call_id = std::string(sip::call_id(request).value_or(""));
  auto const via = sip::top_via(request);
  std::string const branch(via ? via->branch() : "");
  bool const accepts = request.method() == "INVITE" && status / 100 == 2;
  if (request.method() == "INVITE") {
    Session& session = sessions_[call_id];
    response.add(Name::contact, fmt::format("<{}>;+g.oma.sip-im", word("session-contact")));
    constexpr int session_progress = 183;
    if (accepts || status == session_progress) add_sdp_answer(request, response, call_id);
    if (status >= 300) session.ended = true;
  }
  if (request.method() == "BYE" && status / 100 == 2) sessions_[call_id].ended = true;
  if (response.body().empty()) response.set_body("", "");
  auto const send = [this, branch, method = std::string(request.method()), amendment](sip::Message const& written) {
    return send_response(branch, method, written, amendment);
  };
  return send_as_written({.message = std::move(response), .request = request}, amendment, send);
}

trace::EventId ImClient::send_response(std::string const& branch, std::string const& method, sip::Message const& response,
                                       Amendment const& amendment) {
  auto const call_id = std::string(sip::call_id(response).value_or(""));
  int const status = response.status();
  bool const accepts = method == "INVITE" && status / 100 == 2;
  auto const sent = transactions_.respond(branch, method, amendment.finish(response.write()));
  if (accepts && behaviour_.connects == MsrpBehaviour::Connects::with_answer && sessions_[call_id].msrp) sessions_[call_id].msrp->connect();
  // RFC 3261 13.3.1.4 for a 2xx on any transport; timer G of 17.2.1 for the rest over UDP.
  bool const is_final = method == "INVITE" && status >= 200;
  if (accepts || (is_final && endpoint_.transport() == trace::Transport::udp)) transactions_.repeat_until_ack(branch);
  return sent;
}

void ImClient::add_sdp_answer(sip::Message const& invite, sip::Message& response, std::string const& call_id) {
  Octets& answer = sessions_.at(call_id).sdp_answer;
  if (answer.empty()) answer = sdp_answer(invite, call_id);
  if (!answer.empty()) response.set_body(answer, "application/sdp");
}

void ImClient::deliver_connection(trace::EventId event, char const* what) {
  Received item;
  item.event = event;
  item.name = what;
  deliver(std::move(item));
}

/// Opens the session's MSRP endpoint. Empty when the INVITE has no offer that can be answered.
Octets ImClient::sdp_answer(sip::Message const& invite, std::string const& call_id) {
  auto const description = sdp::Description::parse(invite.body());
  if (!description) return "";
  auto const offer = sdp::msrp_media(*description);
  if (!offer) return "";
  Session& session = sessions_.at(call_id);
  session.msrp = std::make_unique<MsrpEndpoint>(
      clock_, network_, ixit_, recorder_, random_.fork(), name(), served_,
      MsrpEndpoint::Handlers{[this, call_id](msrp::Message const& send, trace::EventId event, std::optional<std::string> content) {
                               take_send(call_id, send, event, std::move(content));
                             },
                             [this](msrp::Message const& message, trace::EventId event, std::string const& method) {
                               deliver({.event = event,
                                        .name = method,
                                        .status = message.status(),
                                        .type = {},
                                        .content = {},
                                        .sip = {},
                                        .msrp = message,
                                        .charge = {},
                                        .ccr = {}});
                             },
                             [this](trace::EventId event) { deliver_connection(event, "closed"); },
                             [this](trace::EventId event) { deliver_connection(event, "connected"); }});
  session.msrp->behaves(behaviour_);
  session.msrp->shares(shared_port_);
  if (session.relayed) session.msrp->goes_through(*std::exchange(session.relayed, std::nullopt));
  return sdp::describe(session.msrp->answer(*offer, setup_), random_.below(1U << 31), 1).write();
}

bool ImClient::has_msrp_connection() const {
  return std::ranges::any_of(sessions_, [](auto const& s) { return s.second.msrp && s.second.msrp->is_connected(); });
}

MsrpEndpoint* ImClient::newest_msrp() const {
  auto const session = sessions_.find(newest_call_);
  return session == sessions_.end() ? nullptr : session->second.msrp.get();
}

void ImClient::closes_msrp(bool reset) {
  for (auto& [call_id, session] : sessions_) {
    if (!session.msrp) continue;
    if (reset)
      session.msrp->reset();
    else
      session.msrp->close();
  }
}

void ImClient::connects_msrp_again() {
  if (auto* const msrp = newest_msrp()) msrp->connects_again();
}

void ImClient::reads_on() {
  for (auto& [call_id, session] : sessions_)
    if (session.msrp) session.msrp->reads_on();
}

std::string ImClient::word(std::string_view what) {
  auto const over = endpoint_.transport();
  auto transport = over == trace::Transport::udp ? "" : fmt::format(";transport={}", to_string(over));
  auto const uri = [&](Address const& at) { return fmt::format("sip:{}@{}{}", user_, at.text(), transport); };
  auto const* msrp = newest_msrp();
  if (what == "transport") return transport;
  if (what == "aor") return aor_;
  if (what == "user") return user_;
  if (what == "e164") {
    auto number = sip::e164(aor_);
    return number.empty() ? "no number" : number;
  }
  if (what == "contact") return contact_.empty() ? uri(endpoint_.contact()) : contact_;
  if (what == "host") return endpoint_.contact().uri_host();
  if (what == "address") return endpoint_.contact().host;  // an IPv6 one without its brackets
  if (what == "port") return fmt::format("{}", endpoint_.contact().port);
  if (what == "session-contact") return session_contact_.empty() ? uri(endpoint_.session_contact()) : session_contact_;
  if (what == "session-host") return endpoint_.session_contact().uri_host();
  if (what == "session-port") return fmt::format("{}", endpoint_.session_contact().port);
  return what == "path" && msrp != nullptr ? msrp->path() : "";
}

void ImClient::answer_all(int to_invite) {
  alone_ = true;
  while (!unanswered_.empty()) {
    auto const item = unanswered_.begin()->second;
    answers(item, item.name == "INVITE" ? to_invite : 200);
  }
}

void ImClient::winds_up() {
  constexpr int busy_here = 486;
  answer_all(busy_here);
  for (auto const& [call_id, session] : sessions_)
    if (session.msrp) session.msrp->reads_on();
}

bool ImClient::is_settled() const {
  return unanswered_.empty() && unwritten_ == 0 && std::ranges::all_of(sessions_, [](auto const& s) { return s.second.ended; });
}

}  // namespace tollgate
