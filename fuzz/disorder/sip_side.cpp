#include "fuzz/disorder/sip_side.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "codec/sip/addresses.hpp"
#include "codec/sip/response.hpp"
#include "codec/sip/via.hpp"
#include "codec/sip/views.hpp"
#include "fuzz/support/target.hpp"

namespace tollgate::fuzz {

using sip::Name;

static std::pair<std::string, std::string> transaction_of(sip::Message const& message) {
  auto const via = sip::top_via(message);
  auto const cseq = sip::cseq(message);
  return {std::string(via ? via->branch() : ""), std::string(cseq ? cseq->method : "")};
}

SipSide::SipSide(Journal& journal, Network& network, Address server, std::string user)
    : journal_(journal), server_(std::move(server)), socket_(network.bind({"127.0.0.1", 0})), user_(std::move(user)),
      aor_("sip:" + user_ + "@ims.example") {
  socket_->on_octets = [this](Octets const& octets, Address const&) { take(octets); };
}

// What comes.

void SipSide::take(Octets const& octets) {
  auto message = sip::Message::parse(octets);
  require(message.has_value(), "the server sends a SIP message that cannot be read");
  trace::Event event{.channel = trace::Channel::sip, .actor = user_, .party = aor_, .transport = trace::Transport::udp, .octets = octets};
  auto const transaction = transaction_of(*message);
  if (message->is_request()) return take_request(std::move(*message), transaction, std::move(event));
  auto& first = responses_[{transaction, message->status()}];
  event.repeats = first;
  if (auto const asked = sent_.find(transaction); asked != sent_.end()) event.about = asked->second;
  auto const id = journal_.record(std::move(event));
  if (first == 0) first = id;
  probe_answered_ |= transaction.first == probe_branch_ && message->status() == 200;
}

void SipSide::take_request(sip::Message request, Transaction const& transaction, trace::Event event) {
  auto& first = seen_[transaction];
  event.repeats = first;
  auto const id = journal_.record(std::move(event));
  if (first != 0) return;
  first = id;
  if (request.method() == "INVITE") {
    auto const description = sdp::Description::parse(request.body());
    require(description.has_value(), "the server offers what is no session description");
    auto media = sdp::msrp_media(*description);
    require(media.has_value(), "the server offers no MSRP media");
    offer_ = std::move(*media);
  }
  if (request.method() != "ACK") asked_.push_front({std::move(request), id});
}

// What goes.

sip::Message SipSide::request(std::string_view method, std::string_view uri, std::string_view to) {
  ++number_;
  auto out = sip::Message::request(method, uri);
  out.add(Name::via, fmt::format("SIP/2.0/UDP {};branch=z9hG4bK{}{}", socket_->local().text(), user_, number_));
  out.add(Name::max_forwards, "70");
  out.add(Name::from, fmt::format("<{}>;tag={}", aor_, user_));
  out.add(Name::to, fmt::format("<{}>", to));
  out.add(Name::call_id, method == "REGISTER" ? user_ : fmt::format("{}{}", user_, number_));
  out.add(Name::cseq, fmt::format("{} {}", number_, method));
  return out;
}

void SipSide::registers(Choices& choices) {
  auto const own = fmt::format("<sip:{}@{}>", user_, socket_->local().text());
  std::array<std::string, 10> const contacts{own,
                                             own + ";expires=0",
                                             own + ";expires=1",
                                             "*",
                                             fmt::format("<sip:{}@{};transport=tcp>", user_, socket_->local().text()),
                                             "<sip:gone@127.0.0.1:1>",
                                             "<sip:gone@[::1]:5999>",
                                             "<tel:+15551234>",
                                             own + ", <sip:gone@127.0.0.1:1>",
                                             "<sip:" + user_ + "@unknown.example>"};
  auto message = request("REGISTER", "sip:ims.example", aor_);
  auto const contact = choices.below(2 * contacts.size());  // good in every second one
  message.add(Name::contact, contact < contacts.size() ? contacts[contact] : own);
  if (choices.below(4) == 1) message.add(Name::expires, choices.below(2) == 0 ? "0" : "2");
  message.set_body("", "");
  send(message.write());
}

void SipSide::deposits(std::string_view to, std::string_view text, Choices& choices) {
  constexpr std::array<std::string_view, 4> types{"text/plain", "message/cpim", "text/plain\r\n ;charset=utf-8", "*"};
  auto message = request("MESSAGE", to, to);
  message.set_body(text, types[choices.below(8) % 5 % types.size()]);
  send(message.write());
}

void SipSide::answers(std::size_t which, int status, std::string const& answer_sdp) {
  if (asked_.empty()) return;
  auto const& asked = asked_[which % asked_.size()].request;
  auto response = sip::response_to(asked, status, status == 100 ? "" : user_);
  if (asked.method() == "INVITE" && status >= 180) response.add(Name::contact, fmt::format("<sip:{}@{}>", user_, socket_->local().text()));
  bool const accepts = asked.method() == "INVITE" && status / 100 == 2;
  response.set_body(accepts ? answer_sdp : "", "application/sdp");
  last_response_ = response;
  send(response.write());
}

void SipSide::answers_again(int status) {
  if (last_response_.status() == 0) return;
  auto response = sip::Message::response(status, "Again");
  for (auto const& field : last_response_.fields()) response.add(field.spelling, field.value);
  response.set_body(last_response_.body(), "application/sdp");
  send(response.write());
}

void SipSide::hangs_up(std::string_view tag) {
  auto const invite = std::ranges::find(asked_, "INVITE", [](Asked const& asked) { return asked.request.method(); });
  if (invite == asked_.end()) return;
  auto bye = request("BYE", fmt::format("sip:im@{}", server_.text()), "sip:im@ims.example");
  bye.set(Name::call_id, invite->request.value(Name::call_id).value_or(""));
  bye.set(Name::to, invite->request.value(Name::from).value_or(""));
  if (!tag.empty()) bye.set(Name::from, fmt::format("<{}>;tag={}", aor_, tag));
  bye.set_body("", "");
  send(bye.write());
}

void SipSide::probes() {
  auto message = request("OPTIONS", "sip:ims.example", "sip:ims.example");
  message.set_body("", "");
  probe_branch_ = transaction_of(message).first;
  send(message.write());
}

void SipSide::sends(Octets octets) {
  send(std::move(octets));
}

void SipSide::send(Octets octets) {
  octets = journal_.mangled(Protocol::sip, std::move(octets));
  trace::Event event{.channel = trace::Channel::sip,
                     .direction = trace::Direction::sent,
                     .actor = user_,
                     .party = aor_,
                     .transport = trace::Transport::udp,
                     .octets = octets};
  auto const message = sip::Message::parse(octets);
  if (message && !message->is_request()) note_response(*message, event);
  auto const id = journal_.record(std::move(event));
  if (message && message->is_request()) sent_[transaction_of(*message)] = id;
  socket_->send(octets, server_);
}

/// A response counts when its transaction is one of the server's, and of final ones the first (RFC 3261 17.1.1.2).
void SipSide::note_response(sip::Message const& response, trace::Event& event) {
  auto const transaction = transaction_of(response);
  auto const request = seen_.find(transaction);
  auto const before = final_.find(transaction);
  if (request == seen_.end() || before != final_.end()) {
    event.party.clear();
    event.note = "counts for nothing";
    return;
  }
  event.about = request->second;
  if (response.status() >= 200) final_[transaction] = journal_.trace().events().size() + 1;
}

}  // namespace tollgate::fuzz
