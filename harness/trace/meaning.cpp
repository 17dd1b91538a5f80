#include "trace/meaning.hpp"

#include <fmt/format.h>

#include "codec/ch2/binding.hpp"
#include "codec/ch2/ch2.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/dictionary.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/views.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/call_id.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/index.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/via.hpp"
#include "trace/event.hpp"

namespace tollgate::trace {

std::string Meaning::label() const {
  return status == 0 ? name : fmt::format("{} {}", status, name);
}

/// `Message` is the index, or where that has no room the whole message.
template <class Message>
static Meaning sip_meaning(Parsed<Message> const& message) {
  Meaning meaning;
  if (!message) return meaning;
  meaning.name = message->method();
  meaning.status = message->status();
  if (auto const cseq = sip::cseq(*message)) {
    meaning.cseq = cseq->number;
    if (meaning.status != 0) meaning.name = cseq->method;
  }
  if (auto const call_id = sip::call_id(*message)) meaning.call_id = *call_id;
  if (auto const from = sip::from(*message)) meaning.from_tag = from->tag();
  if (auto const to = sip::to(*message)) meaning.to_tag = to->tag();
  if (auto const via = sip::top_via(*message)) meaning.branch = via->branch();
  return meaning;
}

static Meaning sip_meaning(std::string_view octets) {
  auto const index = sip::Index::parse(octets);
  if (index || index.error().what != What::limit) return sip_meaning(index);
  return sip_meaning(sip::Message::parse(octets));
}

static Meaning msrp_meaning(std::string_view octets) {
  Meaning meaning;
  auto const message = msrp::Message::parse(octets);
  if (!message) return meaning;
  meaning.name = message->method();
  meaning.status = message->status();
  meaning.transaction_id = message->transaction_id();
  meaning.flag = message->flag();
  meaning.has_body = message->has_body();
  meaning.message_id = message->value("Message-ID").value_or("");  // as written: its form is not judged here
  if (meaning.name == "REPORT") meaning.report_status = msrp::report_status(*message).value_or(0);
  return meaning;
}

static void read_request(Meaning& meaning, diameter::Message const& ccr) {
  auto const request = ch2::read_request(ccr);
  if (!request) return;
  meaning.name = to_string(request->operation);
  meaning.session_id = request->session_id;
  meaning.subscriber = request->subscriber;
  meaning.number = request->number;
  meaning.requested = request->requested;
  meaning.used = request->used;
  meaning.opens_session = request->type == ch2::RequestType::initial;
  meaning.ends_session = request->type == ch2::RequestType::termination;
  meaning.is_event = request->type == ch2::RequestType::event;
}

static void read_answer(Meaning& meaning, diameter::Message const& cca, bool is_usable) {
  auto const answer = ch2::read_answer(cca);
  if (!answer) return;
  meaning.status = static_cast<int>(answer->result);
  meaning.session_id = answer->session_id;
  meaning.number = answer->number.value_or(0);
  meaning.granted = answer->granted;
  meaning.opens_session = answer->type == ch2::RequestType::initial;
  meaning.ends_session = answer->type == ch2::RequestType::termination;
  // One that nobody may use, as with an unknown mandatory AVP, grants nothing (RFC 6733 4.1).
  meaning.grants_delivery = ch2::grants_delivery(*answer) && is_usable;
  constexpr std::uint32_t failure_handling = 427;
  if (auto const* avp = cca.find(failure_handling))
    if (auto const value = diameter::unsigned32(*avp)) meaning.failure_handling = *value;
}

static Meaning ch2_meaning(std::string_view octets) {
  Meaning meaning;
  auto const message = ch2::read_message(octets);
  if (!message) return meaning;
  meaning.name = diameter::command_name(message->header);
  meaning.hop_by_hop = message->header.hop_by_hop;
  meaning.end_to_end = message->header.end_to_end;
  meaning.is_resent = message->header.is_request() && (message->header.flags & diameter::flag_retransmitted) != 0;
  bool const credit_control = message->header.command == diameter::command_credit_control;
  if (message->header.is_request()) {
    if (credit_control) read_request(meaning, *message);
  } else if (credit_control) {
    read_answer(meaning, *message, ch2::judge(octets).outcome != Outcome::reject);
  } else if (auto const result = diameter::result_code(*message)) {
    meaning.status = static_cast<int>(*result);
  }
  return meaning;
}

Meaning read_meaning(Channel channel, std::string_view octets) {
  switch (channel) {
    case Channel::sip: return sip_meaning(octets);
    case Channel::msrp: return msrp_meaning(octets);
    case Channel::ch2: return ch2_meaning(octets);
  }
  return {};
}

}  // namespace tollgate::trace
