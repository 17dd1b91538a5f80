#pragma once
/// Digest authentication of REGISTER: challenges with SHA-256 and MD5, qop "auth"; nonces that expire; no nonce count
/// twice (RFC 7616 3.3, 3.4; RFC 8760 2; RFC 3261 22).
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "codec/sip/digest.hpp"
#include "codec/sip/message.hpp"
#include "refserver/config.hpp"

namespace tollgate::refserver {

class Authenticator {
 public:
  Authenticator(Clock& clock, Config const& config, Random random) : clock_(clock), config_(config), random_(random) {}

  /// Users have secrets, and a REGISTER must prove that it knows this one's.
  [[nodiscard]] bool asks(std::string_view user) const;

  enum class Judgement : std::uint8_t {
    accepted,
    refused,  ///< no credentials, or wrong ones: a challenge follows
    stale,    ///< right ones, but of a nonce that has expired: stale=true (RFC 7616 3.3)
    other,    ///< right ones of somebody else, who may not change these bindings: 403 (RFC 3261 10.3 step 4)
  };
  /// `user` is the user part of the address-of-record to be registered.
  [[nodiscard]] Judgement judges(sip::Message const& request, std::string_view user);
  /// A challenge for each algorithm, the preferred one first (RFC 8760 2.4), with a fresh nonce.
  void challenge(sip::Message& response, bool stale);

 private:
  struct Nonce {
    Instant expires{};
    std::uint32_t count = 0;  ///< the highest nc so far
  };
  /// It is so with the secret of who he says he is.
  [[nodiscard]] bool is_right_of_another(sip::DigestResponse const& credentials, sip::Message const& request, std::string_view user) const;
  [[nodiscard]] std::optional<std::string> secret_of(std::string_view username, std::string_view user) const;
  [[nodiscard]] bool is_right(sip::DigestResponse const& credentials, sip::Message const& request, std::string_view user) const;

  Clock& clock_;
  Config const& config_;
  Random random_;
  std::map<std::string, Nonce, std::less<>> nonces_;
};

}  // namespace tollgate::refserver
