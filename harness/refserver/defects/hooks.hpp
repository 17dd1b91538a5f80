#pragma once
/// What the server tells the planted defects, one line at each place. Without TOLLGATE_DEFECTS every call is nothing.
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "codec/diameter/message.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"
#include "refserver/defects/catalogue.hpp"

namespace tollgate::refserver::defects {

#ifdef TOLLGATE_DEFECTS

inline constexpr bool are_built = true;

struct Planted;

/// Copies share what is planted.
class Hooks {
 public:
  Hooks();
  /// From now on that defect is there.
  void plant(Defect defect);

  void sip_octets(std::string_view octets) const;  ///< one message as it came
  void sip_message(sip::Message const& message) const;
  void register_answered(sip::Message const& request, int status, std::string const& aor) const;
  void session_description(std::string_view answer) const;
  void user_hung_up(std::string const& user) const;

  void diameter_octets(std::string_view octets) const;  ///< one message as it came
  void charging_answer(diameter::Message const& answer) const;
  void session_request(diameter::Message const& request) const;
  void debit_asked(std::string const& session_id, std::string const& subscriber) const;
  /// Of D33: whether an answer that cannot be used makes the server ask once more.
  [[nodiscard]] bool debits_again(diameter::Message const& answer) const;

  void msrp_octets(std::string_view octets) const;  ///< one message as it came
  void msrp_message(std::string_view own_path, msrp::Message const& message) const;
  void msrp_sent(std::string_view own_path, std::string_view transaction_id) const;
  void msrp_lost(std::string_view own_path) const;
  /// Of D29: whether what came counts as one more outcome.
  [[nodiscard]] bool counts_again(msrp::Message const& message) const;

 private:
  std::shared_ptr<Planted> planted_;
};

#else

inline constexpr bool are_built = false;

class Hooks {
 public:
  void plant(Defect) {}
  void sip_octets(auto const&...) const {}
  void sip_message(auto const&...) const {}
  void register_answered(auto const&...) const {}
  void session_description(auto const&...) const {}
  void user_hung_up(auto const&...) const {}
  void diameter_octets(auto const&...) const {}
  void charging_answer(auto const&...) const {}
  void session_request(auto const&...) const {}
  void debit_asked(auto const&...) const {}
  [[nodiscard]] bool debits_again(auto const&...) const { return false; }
  void msrp_octets(auto const&...) const {}
  void msrp_message(auto const&...) const {}
  void msrp_sent(auto const&...) const {}
  void msrp_lost(auto const&...) const {}
  [[nodiscard]] bool counts_again(auto const&...) const { return false; }
};

#endif

}  // namespace tollgate::refserver::defects
