#pragma once
/// IXIT: addresses, timers and values for one run (ISO 9646's word). Read from the SUT file, or made for the embedded server.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "codec/ch2/binding.hpp"
#include "sim/clock.hpp"
#include "trace/event.hpp"
#include "transport/address.hpp"
#include "transport/tls_keys.hpp"

namespace tollgate {

class TlsIdentity;

struct Ixit {
  Address sut_sip;                                         ///< where the SUT takes SIP over UDP and TCP
  Address sut_sip_tls;                                     ///< and over TLS
  trace::Transport sip_transport = trace::Transport::udp;  ///< of whoever asks for no other
  std::string domain = "ims.example";
  std::string bind = "127.0.0.1";                          ///< our own address; ports are free ones
  ch2::Binding binding = ch2::Binding::diameter;
  trace::Transport ch2_transport = trace::Transport::tcp;  ///< or tls
  std::shared_ptr<TlsIdentity const> identity;             ///< ours for SIP and CH-2 over TLS
  TlsKeys msrp_keys = TlsKeys::drawn;                      ///< of the identity that a client has in each MSRP session over TLS
  std::string origin_host = "ocs.ims.example";             ///< of the mock Charging Enabler
  std::string origin_realm = "ims.example";
  std::string user_pattern = "sip:user{n}@ims.example";
  unsigned user_count = 500;
  std::string msrp_relay;       ///< the URI of the clients' MSRP relay (RFC 4976); "": none
  std::string password;         ///< of every user that the SUT asks who it is (RFC 3261 22); "": it asks nobody
  std::string service_context;  ///< the Service-Context-Id that the SUT declares (RFC 8506 8.42); "": none
  std::string secured_pattern;  ///< users that it asks; "": whoever is of `user_pattern`
  std::string msrps_pattern;    ///< users whose MSRP is over TLS, where not everybody's is
  std::int64_t started_at = 1'790'000'000;  ///< seconds since 1970 at the clock's zero: real where the clock is, else fixed

  [[nodiscard]] Address const& sut_sip_over(trace::Transport transport) const {
    return transport == trace::Transport::tls ? sut_sip_tls : sut_sip;
  }

  unsigned load_percent = 100;  ///< how much of their repetitions the cases of load play
  unsigned schedules = 500;     ///< of RB-15, 20 acts each
  unsigned soak = 200;          ///< pushes of the soak test
  /// Flows that may run side by side, each with users of its own: about six for a case, for some a hundred.
  [[nodiscard]] unsigned side_by_side() const {
    constexpr unsigned users_each = 20;
    return std::max(1U, user_count / users_each);
  }
  unsigned flows_most = 1'000'000;  ///< of one case side by side, by the descriptors that there are
  [[nodiscard]] unsigned share(unsigned whole) const {
    return std::clamp(whole * load_percent / 100, 1U, std::min(side_by_side(), flows_most));
  }

  // Timers that the SUT uses, and how long we watch.
  Duration msrp_transaction = 30s;
  Duration diameter_tx = 10s;
  Duration diameter_watchdog = 30s;
  Duration sip_t1 = 500ms;
  Duration sip_t2 = 4s;
  Duration no_answer = 60s;       ///< from a provisional response to the SUT's INVITE to its CANCEL
  Duration msrp_bind = 10s;       ///< from the 200 to the INVITE until the SUT gives up on the MSRP session
  Duration nonce = 30s;           ///< how long the SUT takes its nonces for fresh (RFC 7616 3.3)
  Duration live = 2s;         ///< the SUT reacts within this
  Duration quiet = 3s;        ///< silence is judged over this
  Duration quiet_long = 10s;
  Duration epsilon = 20ms;    ///< times on two sockets closer than this say nothing
};

}  // namespace tollgate
