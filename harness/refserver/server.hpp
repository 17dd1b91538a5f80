#pragma once
/// The reference IM Server: registrar, store of deferred messages, Charging Enabler User and push (OMA IM 6.3.2.8).
/// A correct server first; each named fault makes it wrong in exactly one way. It knows nothing of actors and rules.
#include <memory>
#include <set>
#include <string>

#include "base/random.hpp"
#include "refserver/faults.hpp"
#include "refserver/profile.hpp"
#include "sim/clock.hpp"
#include "transport/network.hpp"

namespace tollgate::refserver {

/// The standards' timers, scaled by `imserver --clock-scale`.
struct Timers {
  Duration sip_t1 = 500ms;            ///< RFC 3261 17.1.1.1
  Duration sip_t2 = 4s;
  Duration msrp_transaction = 30s;    ///< RFC 4975 7.1.1
  Duration diameter_tx = 10s;         ///< RFC 8506 13
  Duration diameter_watchdog = 30s;   ///< RFC 3539 3.4.1
  Duration reconnect = 1s;            ///< to the Charging Enabler, RFC 6733 12 says Tc 30 s; short for tests
  Duration bind = 10s;                ///< from the 200 to the INVITE to a usable MSRP connection

  /// Every one of them times `factor`.
  void scale(double factor);
};

struct Config {
  Address sip{"127.0.0.1", 0};        ///< UDP and TCP; port 0 means a free one
  Address charging_enabler;           ///< its Diameter peer address
  std::string domain = "ims.example";
  std::string origin_host = "ims.ims.example";
  std::string origin_realm = "ims.example";
  std::string destination_realm = "ims.example";
  std::string service_context = "im@openmobilealliance.org";
  std::size_t chunk_octets = 2048;    ///< longer messages go out in chunks of this size (RFC 4975 5.1)
  Timers timers;
  Profile profile;
  std::set<Fault> faults;
};

class Server {
 public:
  /// Throws NetworkError when it cannot listen.
  Server(Clock& clock, Network& network, Random random, Config config);
  ~Server();
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// Where it takes SIP, with the real port.
  [[nodiscard]] Address sip() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tollgate::refserver
