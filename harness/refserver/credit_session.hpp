#pragma once
/// One credit session with the Charging Enabler: reserve, debit by profile, close (RFC 8506 5; TS 32.299 6.3).
#include <memory>
#include <optional>
#include <string>

#include "refserver/charging_user.hpp"
#include "sim/mailbox.hpp"

namespace tollgate::refserver {

/// What was sent and delivered in all, for IM-Information (OMA DDS 8.5.6).
struct Counters {
  std::uint32_t sent = 0;
  std::uint32_t delivered = 0;
};

class CreditSession {
 public:
  CreditSession(Clock& clock, ChargingUser& charging_user, Config const& config, std::string const& subscriber);
  /// One that was open when the server ended.
  CreditSession(Clock& clock, ChargingUser& charging_user, Config const& config, OpenCredit const& left_open);
  [[nodiscard]] std::string const& subscriber() const { return subscriber_; }
  ~CreditSession();
  CreditSession(CreditSession const&) = delete;
  CreditSession& operator=(CreditSession const&) = delete;

  /// Step 3. The answer comes to `reserved()`.
  void reserve(std::uint64_t units);
  [[nodiscard]] Mailbox<std::optional<ch2::Answer>>& reserved() { return state_->reserved; }
  /// Step 8, by profile: TERMINATION (ecur), UPDATE (ecuru) or a direct debit in a session of its own (split).
  void debit(std::uint64_t units, Counters counters);
  /// Gives back what is still held: TERMINATION without used units. Nothing if the session is not open.
  void close();
  /// From now on the service is free: no debit and no end is told to the Charging Enabler (4011: RFC 8506 5.2; CCFH
  /// CONTINUE: 5.7).
  void becomes_free();
  /// By 4011; under X-4011-DEBIT it is debited all the same.
  void becomes_unlimited();
  /// `close` will say that the answer was an incorrect one (RFC 8506 8.17).
  void blames_answer() { blames_answer_ = true; }
  /// Called when the Charging Enabler ends the session (ASR): the service has to end, then `close`.
  std::function<void()> on_abort = [] {};
  /// The reservation was granted and nothing has ended it.
  [[nodiscard]] bool is_open() const { return state_->open; }
  /// Debits whose answer is outstanding; each answer is told to `debited()`.
  [[nodiscard]] std::size_t unanswered_debits() const { return state_->unanswered; }
  [[nodiscard]] Mailbox<bool>& debited() { return state_->debited; }

 private:
  /// Outlives the session while an answer is outstanding.
  struct State {
    explicit State(Clock& clock) : reserved(clock), debited(clock) {}
    Mailbox<std::optional<ch2::Answer>> reserved;
    Mailbox<bool> debited;
    std::size_t unanswered = 0;
    std::uint32_t number = 0;  ///< CC-Request-Number of the next request
    bool open = false;
    bool free = false;
    bool unlimited = false;    ///< free because of 4011
    bool debits = false;       ///< a debit was sent
  };
  CreditSession(Clock& clock, ChargingUser& charging_user, Config const& config, std::string subscriber, std::string session_id);
  void reauthorize();
  [[nodiscard]] ch2::Request next(ch2::RequestType type);
  [[nodiscard]] std::uint32_t ntp_now() const;

  Clock& clock_;
  ChargingUser& charging_user_;
  Config const& config_;
  std::string subscriber_;
  std::string session_id_;
  std::uint64_t units_ = 0;  ///< reserved
  bool blames_answer_ = false;
  std::shared_ptr<State> state_;
};

}  // namespace tollgate::refserver
