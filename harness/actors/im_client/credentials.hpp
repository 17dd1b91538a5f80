#pragma once
/// The IM Client's side of digest authentication: what the SUT has asked, and what proves who we are (RFC 3261 22.1-22.3,
/// RFC 7616 3.4).
#include <cstdint>
#include <map>
#include <string>

#include "base/random.hpp"
#include "codec/sip/digest.hpp"
#include "codec/sip/message.hpp"

namespace tollgate {

/// What a request of ours proves.
enum class Proof : std::uint8_t {
  when_asked,  ///< a challenge is answered by itself, and once there was one every request proves who we are
  none,
  wrong,  ///< of the secret "wrong"; the last challenge's, as is `good`
  good,
};

class Credentials {
 public:
  /// `username` of the digest; with an empty `password` no challenge can be answered.
  Credentials(std::string username, std::string password, Random random)
      : username_(std::move(username)), password_(std::move(password)), random_(random) {}

  /// Keeps the challenges of a 401 or 407, for each of both the first that we can compute. Whether a request that carried
  /// credentials before (`answered`) is worth another attempt: not unless its nonce was stale.
  bool learn(sip::Message const& response, bool answered);
  [[nodiscard]] bool knows_challenge() const { return !challenges_.empty(); }
  /// Authorization and Proxy-Authorization for the request as it is now, in place of those that it has. Nothing before the
  /// first challenge.
  void add_to(sip::Message& request, bool wrong);

 private:
  struct Challenge {
    std::string realm, nonce, algorithm, opaque;
    bool has_qop = false;
    std::uint32_t count = 0;  ///< requests that have used the nonce
  };
  [[nodiscard]] std::string answer(Challenge& challenge, sip::Message const& request, std::string const& secret);

  std::string username_;
  std::string password_;
  Random random_;
  std::map<sip::Name, Challenge> challenges_;  ///< by the header field that answers it
};

}  // namespace tollgate
