#pragma once
/// One Deferred Message Push: steps 3 to 12 for one user (OMA IM 6.3.2.8).
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "refserver/charging_user.hpp"
#include "refserver/credit_session.hpp"
#include "refserver/invitation.hpp"
#include "refserver/msrp_session.hpp"
#include "refserver/registrar.hpp"
#include "refserver/store.hpp"
#include "sim/mailbox.hpp"
#include "sim/task.hpp"

namespace tollgate::refserver {

/// What every push of the server shares.
struct Services {
  Clock& clock;
  Network& network;
  Config const& config;
  Store& store;
  Registrar const& registrar;
  ChargingUser& charging_user;
  SipTransport& transport;
  Transactions& transactions;
};

class Push {
 public:
  /// `on_end` is called once, from the push's own coroutine: whoever destroys the push does so later.
  Push(Services services, Random random, std::string user, std::function<void()> on_end);
  ~Push();

  void start() { scope_.start(run()); }
  /// A BYE of the user that belongs to this push's dialog ends it. False when it belongs to another.
  [[nodiscard]] bool takes_bye(sip::Message const& bye);

 private:
  /// What becomes of the messages of this push.
  struct Progress {
    std::vector<Deferred> messages;  ///< those that the grant allows
    std::size_t unsettled = 0;       ///< sent and without an outcome
    std::size_t delivered = 0;       ///< answered 200
    std::size_t debits = 0;
  };

  [[nodiscard]] Task<void> run();
  void reserve();
  [[nodiscard]] Task<bool> is_granted();
  void invite();
  [[nodiscard]] Task<bool> is_accepted();
  [[nodiscard]] Task<void> deliver();
  void send_all();
  void settled(std::uint64_t message, int status);
  void outcome(int status);
  void rest_failed();
  void debit(std::uint64_t units);
  [[nodiscard]] std::uint64_t units_of_one(int status) const;
  [[nodiscard]] std::uint64_t units_of_all() const;
  void bye();
  void aborted();
  [[nodiscard]] Task<void> release();
  [[nodiscard]] bool has(Fault fault) const { return services_.config.has(fault); }

  Services services_;
  Random random_;
  std::string user_;
  std::function<void()> on_end_;
  CreditSession credit_;
  std::vector<std::unique_ptr<CreditSession>> extra_reservations_;  ///< of M13
  std::optional<MsrpSession> msrp_;
  std::shared_ptr<Invitation> invitation_;
  Mailbox<std::optional<sip::Message>> final_responses_;
  Mailbox<MsrpEvent> msrp_events_;
  Mailbox<bool> released_;  ///< our BYE has ended
  Progress progress_;
  bool user_hung_up_ = false;
  bool bye_sent_ = false;
  bool aborted_ = false;  ///< by the Charging Enabler
  TimerId timer_of_m10_;
  TaskScope scope_;
};

}  // namespace tollgate::refserver
