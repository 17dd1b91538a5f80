#pragma once
/// SIPp writes the address that it sits at; the SUT must see that of the tap.
#include "codec/sip/message.hpp"
#include "trace/event.hpp"
#include "transport/address.hpp"

namespace tollgate::sipp {

struct Addresses {
  Address own;              ///< SIPp's
  Address contact;          ///< of the tap, for a REGISTER
  Address session_contact;  ///< of the tap, for everything else
  trace::Transport transport = trace::Transport::udp;  ///< to the SUT; SIPp says TCP, which it speaks with the tap
};

/// Every `own` in a header field becomes the tap's, and the top Via of a request names the transport to the SUT and asks for
/// rport (RFC 3581).
void show_tap(sip::Message& message, Addresses const& addresses);

}  // namespace tollgate::sipp
