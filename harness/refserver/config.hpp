#pragma once
/// What the reference server is told at its start.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "codec/ch2/binding.hpp"
#include "codec/ch2/ch2.hpp"
#include "refserver/defects/hooks.hpp"
#include "refserver/faults.hpp"
#include "refserver/profile.hpp"
#include "refserver/sip_form.hpp"
#include "refserver/store.hpp"
#include "sim/clock.hpp"
#include "transport/address.hpp"

namespace tollgate {
class TlsIdentity;
}

namespace tollgate::refserver {

/// The standards' timers, scaled by `imserver --clock-scale`.
struct Timers {
  Duration sip_t1 = 500ms;           ///< RFC 3261 17.1.1.1
  Duration sip_t2 = 4s;              ///< RFC 3261 17.1.2.2
  Duration no_answer = 60s;          ///< from a provisional response to the INVITE to our CANCEL
  Duration msrp_transaction = 30s;   ///< RFC 4975 7.1.1
  Duration diameter_tx = 10s;        ///< RFC 8506 13
  Duration diameter_watchdog = 30s;  ///< Tw, RFC 3539 3.4.1
  Duration reconnect = 1s;           ///< to the Charging Enabler; Tc of RFC 6733 12 is 30 s, too long for a test server
  Duration nonce = 30s;              ///< how long a digest nonce is good (RFC 7616 3.3)
  Duration bind = 10s;               ///< from the 200 to the INVITE to a bound MSRP session

  double factor = 1;  ///< by which they have been scaled

  /// Every one of them times `by`.
  void scale(double by);
};

struct Config {
  Address sip{"127.0.0.1", 0};  ///< UDP and TCP; port 0 means a free one
  std::optional<Address> sip_tls;  ///< and TLS, as well
  Address charging_enabler;     ///< where it listens
  bool charging_tls = false;    ///< over TLS (RFC 6733 13.1)
  std::shared_ptr<TlsIdentity const> identity;  ///< its own over TLS; made where there is none and it is needed
  ch2::Binding binding = ch2::Binding::diameter;
  unsigned charging_connections = 0;  ///< over HTTP, at most, with a request each; 0: as many as there are requests
  bool charging_closes = false;       ///< over HTTP: each carries one request, and says so (RFC 9112 9.6)
  std::string domain = "ims.example";
  std::string origin_host = "im.ims.example";
  std::string origin_realm = "ims.example";
  std::string destination_realm = "ims.example";
  std::string service_context = "im@openmobilealliance.org";
  SipForm sip_form;                         ///< how it writes what RFC 3261 leaves open
  ch2::UnitsAt units_at = ch2::UnitsAt::command;  ///< of its CCRs
  bool connects = false;                    ///< offers a=setup:active; else the choice is the client's (RFC 6135 4.2.1)
  std::size_t chunk_octets = 2048;          ///< longer messages go out in chunks of this size (RFC 4975 5.1)
  std::uint32_t expires_default = 3600;     ///< seconds, for a REGISTER that names none
  std::uint32_t expires_least = 60;         ///< seconds: less is answered 423 (RFC 3261 10.3 step 7)
  std::string user_prefix;                  ///< user parts begin with this; others are unknown. Empty: anybody is known
  std::string password;                     ///< every user's, for digest; empty: nobody is asked
  std::map<std::string, std::string> secrets;  ///< of single users, by user part
  std::string secured_prefix;               ///< only users whose part begins with this are asked; empty: all of them
  std::string msrps_prefix;                 ///< users whose part begins with this get MSRP over TLS (RFC 4975 14); empty: nobody
  bool reliable_provisional = false;        ///< Supported: 100rel (RFC 3262 4)
  bool third_party_register = false;        ///< REGISTER by an S-CSCF (TS 24.229 5.4.1.7)
  std::int64_t started_at = 1'790'000'000;  ///< seconds since 1970 at the clock's zero: real in `imserver`, fixed in tests
  Timers timers;
  Profile profile;
  std::set<Fault> faults;
  std::set<Fault>* looked_at = nullptr;     ///< if set: collects the faults whose switch the server looks at
  defects::Hooks defects;
  std::shared_ptr<Store> store = std::make_shared<Store>();  ///< what the next server finds that is given the same one

  [[nodiscard]] bool has(Fault fault) const {
    if (looked_at != nullptr) looked_at->insert(fault);
    return faults.contains(fault);
  }
};

}  // namespace tollgate::refserver
