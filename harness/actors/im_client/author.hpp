#pragma once
/// Who writes the SIP messages of an IM Client where it does not write them itself: another user agent, behind us as behind a
/// tap. What it writes we amend, record, send and repeat as if it were ours; what the SUT sends it hears from us.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "actors/recorder.hpp"
#include "codec/sip/message.hpp"
#include "transport/address.hpp"

namespace tollgate {

/// A message that is wanted.
struct Draft {
  sip::Message message;                                 ///< as the IM Client itself would write it
  std::optional<sip::Message> request = std::nullopt;   ///< what it answers, where it is a response
  std::optional<sip::Message> challenge = std::nullopt; ///< the 401 or 407 that it answers, where it is a request (RFC 3261 22)
};

/// How an author's play ended that we ended; behind it may stand what he complains of.
inline constexpr std::string_view ended_with_the_case = "ended by us, with the case";

/// How the trace begins to tell of a message of theirs that no case had asked for, or of one that a SUT may take amiss: what comes of it
/// is not charged to the SUT.
inline constexpr std::string_view wrote = "SIPp wrote ";

class SipAuthor {
 public:
  virtual ~SipAuthor() = default;

  /// `written` gets the message in its place, later and once; never, where the other one fails.
  using Written = std::function<void(sip::Message)>;
  virtual void writes(Draft draft, Written written) = 0;
  /// Why it cannot write that: a sentence; nothing where it can.
  [[nodiscard]] virtual std::optional<std::string> refuses(Draft const& draft) const = 0;
  /// What the SUT sent and what no draft answers: an ACK, a response.
  virtual void hears(sip::Message const& message) = 0;
  /// The case is over: of whoever still plays the trace says so.
  virtual void dismissed() = 0;

  /// What it writes by itself, with no draft.
  std::function<void(sip::Message)> on_unasked;
};

/// Where an author sits: whose messages it writes, and at which addresses the SUT sees them.
struct Seat {
  Clock& clock;
  Recorder& recorder;
  std::string actor;
  std::string party;     ///< address-of-record
  std::string password;  ///< "": nobody asks
  // As they are then: what it registers over may change.
  std::function<Address()> contact;          ///< that it registers
  std::function<Address()> session_contact;  ///< that it sends from
  std::function<trace::Transport()> transport;
};

}  // namespace tollgate
