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
  Writer& writer;                         ///< of M172
  std::string const& last_registered;     ///< of M116: address-of-record of the newest REGISTER
};

/// Waits that end by an event: whoever is asked has a time limit of its own.
inline constexpr Duration until_told = std::chrono::hours(24 * 365);

class Push {
 public:
  /// `on_end` is called once, from the push's own coroutine: whoever destroys the push does so later. Of M119: what a
  /// `second_device` gets without charge.
  Push(Services services, Random random, std::string user, std::function<void()> on_end,
       std::optional<std::vector<Deferred>> second_device = {});
  ~Push();

  void start() { scope_.start(run()); }
  /// The status with which to answer a BYE, INVITE or UPDATE of the user in this push's dialog; nothing when it is in another.
  [[nodiscard]] std::optional<int> takes(sip::Message const& request);
  /// The user has ended the dialog.
  void ends();

 private:
  /// What becomes of the messages of this push.
  struct Progress {
    std::vector<Deferred> messages;  ///< those that the grant allows
    std::size_t unsettled = 0;       ///< to be sent or sent, and without an outcome
    std::size_t outcomes = 0;        ///< of those that trigger a debit
    bool is_written = false;         ///< nothing more will be sent
    std::size_t delivered = 0;       ///< answered 200
    std::size_t debits = 0;
    std::size_t uncounted = 0;       ///< of M146b: that was under way at a re-INVITE
    std::size_t silent = 0;          ///< of M204: those whose time limit has passed
    bool has_no_session = false;     ///< of M208: one was answered so
  };

  [[nodiscard]] Task<void> run();
  [[nodiscard]] std::string charged_party() const;
  [[nodiscard]] std::optional<Binding> binding() const;
  [[nodiscard]] std::string const& callee() const { return has(Fault::M116_last_registered) ? services_.last_registered : user_; }
  void drop_what_came_meanwhile();
  void reserve();
  [[nodiscard]] Task<bool> is_granted();
  [[nodiscard]] bool is_taken_for_success(ch2::Answer const& answer) const;
  void invite();
  [[nodiscard]] std::shared_ptr<TlsIdentity const> identity();
  [[nodiscard]] std::shared_ptr<Invitation> invitation_to(Binding const& binding);
  void invite_for_the_others(Binding const& whom, std::string const& offer);
  void reserve_again();
  [[nodiscard]] Task<bool> is_accepted();
  [[nodiscard]] Task<void> deliver();
  void send_all();
  void take(MsrpEvent const& event);
  void settled(std::uint64_t message, int status);
  void written();
  void withdrawn(std::uint64_t message);
  void outcome(int status);
  void debit_if_due();
  void debit_out_of_turn();
  [[nodiscard]] bool forgets_the_rest() const;
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
  bool is_free_;                             ///< of M119
  std::uint64_t newest_at_start_ = 0;        ///< of M118: the Deferred::id
  std::optional<Binding> binding_at_start_;  ///< of M122
  CreditSession credit_;
  std::vector<std::unique_ptr<CreditSession>> extra_reservations_;  ///< of M13 and M145
  std::optional<MsrpSession> msrp_;
  std::shared_ptr<Invitation> invitation_;
  std::vector<std::shared_ptr<Invitation>> extra_invitations_;  ///< of M91
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
