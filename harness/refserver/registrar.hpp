#pragma once
/// The registrar: which contacts a user can be reached at (RFC 3261 10.3).
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "codec/sip/message.hpp"
#include "refserver/authenticator.hpp"
#include "refserver/config.hpp"

namespace tollgate::refserver {

struct Binding {
  std::string contact;  ///< URI
  Instant expires{};
  std::string call_id;
  std::uint32_t cseq = 0;
  bool is_third_party = false;  ///< the contact is an S-CSCF that serves the user (TS 24.229 5.4.1.7)
  std::vector<std::string> path = {};  ///< URIs of the proxies on the way to the contact, the nearest first (RFC 3327 5.3)
};

class Registrar {
 public:
  Registrar(Clock& clock, Config const& config, Random random) : clock_(clock), config_(config), authenticator_(clock, config, random) {}

  struct Registration {
    sip::Message response;
    std::string aor;            ///< "" unless the response is a 200
    bool is_reachable = false;  ///< a binding was added or refreshed: the trigger of step 3
  };
  /// Applies a REGISTER whole or not at all.
  [[nodiscard]] Registration registers(sip::Message const& request, std::string_view to_tag);
  /// The newest binding that has not expired.
  [[nodiscard]] std::optional<Binding> binding(std::string const& aor) const;
  /// How many bindings there are, of M119.
  [[nodiscard]] std::size_t count(std::string const& aor) const;

 private:
  struct Change;
  struct User {
    int status = 0;  ///< 200, or why the user cannot be registered
    std::string aor;
    std::string user;
  };
  [[nodiscard]] User user_of(sip::Message const& request) const;
  /// Of who does not prove that he may change these bindings; nothing where he does.
  [[nodiscard]] std::optional<sip::Message> refusal_of(sip::Message const& request, User const& user, std::string_view to_tag);
  [[nodiscard]] int read_changes(sip::Message const& request, std::string const& aor, std::vector<Change>& changes) const;
  [[nodiscard]] int read_contacts(sip::Message const& request, std::string const& aor, std::vector<Change>& changes) const;
  [[nodiscard]] int remove_all(sip::Message const& request, std::string const& aor, std::vector<Change>& changes) const;
  [[nodiscard]] bool is_third_party(sip::Message const& request) const;
  void drop_expired(std::string const& aor);
  void list_bindings(sip::Message& response, std::string const& aor) const;

  Clock& clock_;
  Config const& config_;
  Authenticator authenticator_;
  std::map<std::string, std::vector<Binding>> bindings_;
};

}  // namespace tollgate::refserver
