#pragma once
/// What an identity over TLS is made of.
#include <cstdint>

namespace tollgate {

enum class TlsKeys : std::uint8_t {
  drawn,     ///< Ed25519: the same random numbers make the same identity, as simulated time wants it
  elliptic,  ///< ECDSA on P-256, which every TLS stack has (RFC 8446 9.1): one certificate, for whoever tells its fingerprint
  all,       ///< that, and one of RSA for who takes the suites of RFC 3261 26.2.1 alone
};

}  // namespace tollgate
