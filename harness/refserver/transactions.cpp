#include "refserver/transactions.hpp"

#include <algorithm>

#include "codec/sip/via.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::refserver {

using sip::Name;

struct Transactions::Sent {
  sip::Message request;
  Hop to;
  Client client;
  Octets octets;
  Duration interval{};
  TimerId repetition;
  TimerId end;
  bool completed = false;  ///< a final response came
  Octets ack;              ///< of a non-2xx to INVITE

  [[nodiscard]] bool is_invite() const { return request.method() == "INVITE"; }
};

Transactions::~Transactions() {
  for (auto& [key, sent] : sent_) {
    clock_.cancel(sent->repetition);
    clock_.cancel(sent->end);
  }
  for (auto& [key, answered] : answered_) clock_.cancel(answered.end);
}

// Client side.

void Transactions::request(sip::Message const& request, Hop const& to, Client client) {
  auto const via = sip::top_via(request);
  ClientKey const key{via ? via->branch() : "", request.method()};
  auto sent = std::make_shared<Sent>(
      Sent{.request = request, .to = to, .client = std::move(client), .octets = request.write(), .interval = timers_.sip_t1});
  sent_[key] = sent;
  sent->end = clock_.after(64 * timers_.sip_t1, [this, key] { timed_out(key); });
  if (to.transport == Transport::udp || (sent->is_invite() && config_.has(Fault::M88b_repeats_over_tcp)))
    sent->repetition = clock_.after(sent->interval, [this, key] { repeat(key); });
  transport_.send(sent->octets, to);
}

void Transactions::repeat(ClientKey const& key) {
  Sent& sent = *sent_.at(key);
  transport_.send(sent.octets, sent.to);
  // Timer A doubles without bound, timer E up to T2 (RFC 3261 17.1.1.2, 17.1.2.2).
  bool const is_bounded = !sent.is_invite() && !config_.has(Fault::M148b_bye_without_t2);
  sent.interval = is_bounded ? std::min(sent.interval * 2, timers_.sip_t2) : sent.interval * 2;
  sent.repetition = clock_.after(sent.interval, [this, key] { repeat(key); });
}

void Transactions::end_after(ClientKey const& key, Duration delay) {
  Sent& sent = *sent_.at(key);
  clock_.cancel(sent.end);
  sent.end = clock_.after(delay, [this, key] {
    clock_.cancel(sent_.at(key)->repetition);
    sent_.erase(key);
  });
}

void Transactions::timed_out(ClientKey const& key) {
  auto const sent = sent_.at(key);
  if (key.second == "BYE" && config_.has(Fault::M148_bye_for_ever)) return;
  clock_.cancel(sent->repetition);
  sent_.erase(key);
  sent->client.on_timeout();
}

void Transactions::take_response(sip::Message const& response) {
  auto const via = sip::top_via(response);
  auto const cseq = sip::cseq(response);
  if (!via || !cseq) return;
  ClientKey const key{via->branch(), cseq->method};
  auto const found = sent_.find(key);
  if (found == sent_.end()) return;
  auto const sent = found->second;  // stays while its core may end it
  if (response.status() >= 200) return take_final(key, *sent, response);
  if (sent->completed) return;
  if (sent->is_invite()) {  // Proceeding: no more repetitions, and no time limit of the transaction
    if (!config_.has(Fault::M88_repeats_after_100)) clock_.cancel(sent->repetition);
    clock_.cancel(sent->end);
  }
  sent->client.on_response(response);
}

void Transactions::take_final(ClientKey const& key, Sent& sent, sip::Message const& response) {
  bool const first = !std::exchange(sent.completed, true);
  bool const accepted = response.status() < 300;
  if (key.second != "BYE" || !config_.has(Fault::M196_bye_after_200)) clock_.cancel(sent.repetition);
  if (first) end_after(key, sent.is_invite() || sent.to.transport == Transport::udp ? 64 * timers_.sip_t1 : Duration::zero());
  if (sent.is_invite() && !accepted) acknowledge(sent, response);
  if (first || (sent.is_invite() && accepted)) sent.client.on_response(response);
}

/// RFC 3261 17.1.1.3: hop by hop, with the branch, Request-URI and Route of the INVITE and the To of the response.
void Transactions::acknowledge(Sent& sent, sip::Message const& response) {
  if (sent.ack.empty()) {
    auto ack = sip::Message::request("ACK", sent.request.request_uri());
    auto const via = sent.request.value(Name::via).value_or("");
    ack.add(Name::via, config_.has(Fault::M86_new_branch_in_ack) ? std::string(via) + "a" : std::string(via));
    for (auto const route : sent.request.values(Name::route)) ack.add(Name::route, route);
    ack.add(Name::max_forwards, "70");
    ack.add(Name::from, sent.request.value(Name::from).value_or(""));
    ack.add(Name::to, response.value(Name::to).value_or(""));
    ack.add(Name::call_id, sent.request.value(Name::call_id).value_or(""));
    ack.add(Name::cseq, std::to_string(sip::cseq(sent.request)->number) + " ACK");
    ack.set_body("", "");
    sent.ack = ack.write();
  }
  transport_.send(sent.ack, sent.to);
}

// Server side.

Transactions::ServerKey Transactions::key_of(sip::Message const& request) {
  auto const via = sip::top_via(request);
  if (via && via->branch().starts_with("z9hG4bK"))
    return {std::string(via->branch()), std::string(via->host) + ":" + std::to_string(via->port.value_or(0)),
            std::string(request.method())};
  // RFC 3261 17.2.3 for clients of RFC 2543: the fields that make a request unique.
  return {std::string(request.value(Name::call_id).value_or("")), std::string(request.value(Name::from).value_or("")),
          std::string(request.value(Name::cseq).value_or(""))};
}

/// Of M89.
static Octets with_another_tag(Octets const& octets) {
  auto response = *sip::Message::parse(octets);
  return response.set(Name::to, std::string(response.value(Name::to).value_or("")) + "b").write();
}

bool Transactions::is_repetition(sip::Message const& request) {
  auto const found = answered_.find(key_of(request));
  if (found == answered_.end()) return false;
  auto const& response = found->second.response;
  bool const forgot = config_.has(Fault::M89_new_tag_on_repetition) && request.method() == "REGISTER";
  transport_.send(forgot ? with_another_tag(response) : response, found->second.to);
  return true;
}

/// RFC 3261 18.2.2, RFC 3581 4: over UDP to the port that the Via names, to the source port only when rport asks for it.
static Hop way_back(sip::Message const& request, Hop from) {
  constexpr std::uint16_t default_port = 5060;
  auto const via = sip::top_via(request);
  if (from.transport != Transport::udp || !via || via->parameters.find("rport")) return from;
  if (auto const maddr = via->parameters.find("maddr"); maddr && !maddr->empty()) from.address.host = *maddr;
  from.address.port = via->port.value_or(default_port);
  return from;
}

void Transactions::respond(sip::Message const& request, sip::Message const& response, Hop const& from) {
  auto const to = way_back(request, from);
  auto const key = key_of(request);
  Answered& answered = answered_[key];
  clock_.cancel(answered.end);
  answered = {response.write(), to, clock_.after(64 * timers_.sip_t1, [this, key] { answered_.erase(key); })};
  transport_.send(answered.response, to);
}

}  // namespace tollgate::refserver
