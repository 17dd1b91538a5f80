#include "rules/deviations.hpp"

#include "codec/ch2/binding.hpp"
#include "codec/msrp/judge.hpp"
#include "codec/sip/judge.hpp"

namespace tollgate::rules {

Judgement judgement(trace::Event const& message) {
  switch (message.channel) {
    case trace::Channel::sip:
      return sip::judge(message.octets, message.transport == trace::Transport::udp ? sip::Framing::datagram : sip::Framing::stream);
    case trace::Channel::msrp: return msrp::judge(message.octets);
    case trace::Channel::ch2: return ch2::judge(message.octets, message.is_http ? ch2::Binding::http : ch2::binding_of(message.octets));
  }
  return {};
}

std::vector<Diagnostic> deviations(trace::Event const& message) {
  return judgement(message).diagnostics;
}

}  // namespace tollgate::rules
