#pragma once
/// Judges the messages of one connection in their order: what is good by itself may come too early (RFC 6733 5.6,
/// RFC 8506 7).
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "codec/deviations.hpp"
#include "codec/diameter/avp_cursor.hpp"
#include "codec/diameter/dictionary.hpp"
#include "codec/judgement.hpp"

namespace tollgate::diameter {

class PeerState {
 public:
  /// `sessions_max` bounds the memory: an INITIAL_REQUEST above it is answered 5006.
  explicit PeerState(Dictionary const& dictionary = Dictionary::standard(), Limits limits = {}, std::size_t sessions_max = 4096)
      : dictionary_(dictionary), limits_(limits), sessions_max_(sessions_max) {}

  /// Judges what the peer sent next, by itself and by what came before:
  ///   the first message is CER or CEA, or the connection is closed unanswered     RFC 6733 5.3, 5.6
  ///   nothing but answers comes after DPR                                         RFC 6733 5.4
  ///   UPDATE and TERMINATION belong to a session that INITIAL opened: else 5002   RFC 8506 7
  ///   CC-Request-Number starts at 0 and counts                                    RFC 8506 8.2
  ///   EVENT_REQUEST says what it wants by Requested-Action: else 5005             RFC 8506 8.41
  /// A message that is refused changes nothing.
  [[nodiscard]] Judgement judge(std::string_view octets);

  [[nodiscard]] bool is_open() const { return state_ == State::open; }
  [[nodiscard]] std::size_t sessions() const { return next_numbers_.size(); }

 private:
  enum class State : std::uint8_t { wait_capabilities, open, closing };
  struct CreditControl;

  void order(Header const& header, Deviations& found) const;
  void credit_control(CreditControl const& request, Deviations& found) const;
  void belongs_to_session(CreditControl const& request, Deviations& found) const;
  void take(Header const& header);
  void take(CreditControl const& request);

  Dictionary const& dictionary_;
  Limits limits_;
  std::size_t sessions_max_;
  State state_ = State::wait_capabilities;
  /// Session-Id and the CC-Request-Number that its next request has.
  std::map<std::string, std::uint32_t, std::less<>> next_numbers_;
};

}  // namespace tollgate::diameter
