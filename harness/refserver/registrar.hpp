#pragma once
/// The registrar: which contacts a user can be reached at (RFC 3261 10.3).
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "codec/sip/message.hpp"
#include "refserver/config.hpp"

namespace tollgate::refserver {

struct Binding {
  std::string contact;  ///< URI
  Instant expires{};
  std::string call_id;
  std::uint32_t cseq = 0;
};

class Registrar {
 public:
  Registrar(Clock& clock, Config const& config) : clock_(clock), config_(config) {}

  struct Registration {
    sip::Message response;
    std::string aor;            ///< "" unless the response is a 200
    bool is_reachable = false;  ///< a binding was added or refreshed: the trigger of step 3
  };
  /// Applies a REGISTER whole or not at all.
  [[nodiscard]] Registration registers(sip::Message const& request, std::string_view to_tag);
  /// The newest binding that has not expired.
  [[nodiscard]] std::optional<Binding> binding(std::string const& aor) const;

 private:
  struct Change;
  [[nodiscard]] int read_changes(sip::Message const& request, std::string const& aor, std::vector<Change>& changes) const;
  [[nodiscard]] std::optional<std::string> address_of_record(sip::Message const& request) const;
  void drop_expired(std::string const& aor);
  void list_bindings(sip::Message& response, std::string const& aor) const;

  Clock& clock_;
  Config const& config_;
  std::map<std::string, std::vector<Binding>> bindings_;
};

}  // namespace tollgate::refserver
