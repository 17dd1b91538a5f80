#include "rules/broken_answer.hpp"

#include "codec/ch2/binding.hpp"
#include "codec/ch2/ch2.hpp"
#include "codec/diameter/message.hpp"
#include "codec/msrp/judge.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/judge.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/via.hpp"

namespace tollgate::rules {

static bool answers_sip(trace::Event const& request, trace::Event const& answer) {
  auto const asked = sip::Message::parse(request.octets), said = sip::Message::parse(answer.octets);
  auto const framing = answer.transport == trace::Transport::udp ? sip::Framing::datagram : sip::Framing::stream;
  if (!asked || !said || sip::judge(answer.octets, framing).outcome == Outcome::reject) return false;
  for (auto const name : {sip::Name::from, sip::Name::call_id, sip::Name::cseq})
    if (asked->value(name) != said->value(name)) return false;
  auto const sent = sip::top_via(*asked), returned = sip::top_via(*said);
  return sent && returned && sent->branch() == returned->branch();
}

static bool answers_msrp(trace::Event const& request, trace::Event const& answer) {
  auto const asked = msrp::Message::parse(request.octets), said = msrp::Message::parse(answer.octets);
  return asked && said && msrp::judge(answer.octets).outcome != Outcome::reject && asked->transaction_id() == said->transaction_id() &&
         asked->value("To-Path") == said->value("From-Path");
}

static bool answers_charging(trace::Event const& request, trace::Event const& answer) {
  auto const asked = ch2::read_message(request.octets), said = ch2::read_message(answer.octets);
  auto const outcome = ch2::judge(answer.octets).outcome;
  bool const is_http = ch2::binding_of(answer.octets) == ch2::Binding::http;  // another Content-Type: who reads it may
  if (!asked || !said || outcome == Outcome::reject || (is_http && outcome == Outcome::either)) return false;
  if (said->header.hop_by_hop != asked->header.hop_by_hop || said->header.end_to_end != asked->header.end_to_end) return false;
  if ((said->header.flags & diameter::flag_error) != 0) return true;  // the short answer of RFC 6733 7.2
  auto const ccr = ch2::read_request(*asked);
  auto const cca = ch2::read_answer(*said);
  return ccr && cca && cca->session_id == ccr->session_id && cca->number == ccr->number && cca->type == ccr->type;
}

bool may_be_dropped(trace::Trace const& trace, trace::Event const& answer) {
  if (answer.about == 0) return false;
  auto const& request = trace.at(answer.about);
  switch (answer.channel) {
    case trace::Channel::sip: return !answers_sip(request, answer);
    case trace::Channel::msrp: return !answers_msrp(request, answer);
    case trace::Channel::ch2: return !answers_charging(request, answer);
  }
  return false;
}

}  // namespace tollgate::rules
