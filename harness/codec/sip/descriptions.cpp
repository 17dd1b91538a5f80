//   INVITE, UPDATE with a description: the offer; a 1xx or 2xx to it has the answer
//   INVITE without one: the 2xx has the offer, the ACK the answer                      RFC 3261 13.2.1, 13.2.2.4
#include "codec/sip/descriptions.hpp"

#include <algorithm>
#include <array>

#include "codec/sdp/offer_answer.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::sip {

static bool may_negotiate(std::string_view method) {
  constexpr std::array<std::string_view, 3> methods{"INVITE", "ACK", "UPDATE"};
  return std::ranges::find(methods, method) != methods.end();
}

/// The description that is the message's body and not encoded; empty without one.
static std::string_view description_in(Message const& message) {
  auto const type = content_type(message);
  auto const encoding = message.value(Name::content_encoding);
  bool const is_plain = !encoding || iequals(*encoding, "identity");
  if (!type || !type->is("application", "sdp") || !is_plain) return {};
  auto const length = content_length(message);
  return std::string_view(message.body()).substr(0, length.value_or(message.body().size()));
}

void Descriptions::take(Judgement judgement, Told const& told, Deviations& found) {
  auto const note = [&](Judgement&& part) {
    auto const answer = told.is_answerable ? part.answer : std::nullopt;
    found.note(std::move(part), told.base, answer);
  };
  note(std::move(judgement));
  auto const [last, is_first] = last_.try_emplace(told.by, told.text);
  if (is_first) return;
  note(sdp::judge_next(last->second, told.text));
  last->second = told.text;
}

void Descriptions::request(std::string_view method, Exchange& exchange, Told const& told, Deviations& found) {
  if (method == "ACK") {
    if (!exchange.later_offer.empty() && !told.text.empty()) take(sdp::judge_answer(exchange.later_offer, told.text), told, found);
    return;
  }
  exchange = {.offer = std::string(told.text), .later_offer = {}};
  if (!told.text.empty()) take(sdp::judge_offer(told.text), told, found);
}

void Descriptions::response(int status, Exchange& exchange, Told const& told, Deviations& found) {
  if (told.text.empty()) return;
  if (!exchange.offer.empty()) return take(sdp::judge_answer(exchange.offer, told.text), told, found);
  if (status / 100 != 2) return;
  exchange.later_offer = told.text;
  take(sdp::judge_offer(told.text), told, found);
}

Judgement Descriptions::judge(std::string_view octets) {
  Deviations found;
  auto const message = Message::parse(octets);
  if (!message) return std::move(found).take();
  auto const call = call_id(*message);
  auto const sequence = cseq(*message);
  auto const asks = from(*message);
  auto const is_asked = to(*message);
  if (!call || !sequence || !asks || !is_asked || !may_negotiate(sequence->method)) return std::move(found).take();

  Side const requester(*call, asks->tag());
  bool const is_request = message->is_request();
  bool const is_ack = sequence->method == "ACK";
  auto const key = std::pair(requester, sequence->number);
  auto const known = exchanges_.find(key);
  if (known == exchanges_.end() && (!is_request || is_ack)) return std::move(found).take();
  auto& exchange = known == exchanges_.end() ? exchanges_[key] : known->second;
  Told const told{.by = is_request ? requester : Side(*call, is_asked->tag()),
                  .text = description_in(*message),
                  .base = octets.size() - message->body().size(),
                  .is_answerable = is_request && !is_ack};
  constexpr int refusal = 300;
  if (is_request)
    request(sequence->method, exchange, told, found);
  else if (message->status() < refusal)
    response(message->status(), exchange, told, found);
  else
    last_.erase(requester);
  return std::move(found).take();
}

}  // namespace tollgate::sip
