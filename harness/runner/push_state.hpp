#pragma once
/// The preconditions of the test purposes (section 1) as steps that every case shares.
#include <cstdint>
#include <optional>
#include <string>

#include "runner/bed.hpp"

namespace tollgate {

enum class PushState : std::uint8_t {
  registered,  ///< before anything is stored
  stored,      ///< P1: k messages stored
  reserving,   ///< and registered, the reserve request received and not answered
  invited,     ///< P2: and granted, the INVITE received and not answered
  in_session,  ///< P3: and accepted, the ACK received
  sending,     ///< P4: and the first SEND received, not answered
};

/// What was received and sent on the way; nothing of what lies behind the state.
struct Reached {
  trace::EventId registers = 0, accepts = 0;  ///< our REGISTER, our 200 to the INVITE
  std::optional<Received> registered, reserve, invite, ack, send;
};

/// The text of the i-th message that `reach` stores, from 1.
[[nodiscard]] std::string stored_text(unsigned i);
/// A text of so many octets, no two lines of which are the same.
[[nodiscard]] std::string long_text(std::size_t octets);
/// The n-th of several clients of one role, from 1: alice, alice2, alice3.
[[nodiscard]] std::string nth_role(std::string const& role, unsigned n);
/// What a scenario calls the message that this word stands for: "invite" of alice, "alice2.invite" of another.
[[nodiscard]] std::string name_of(std::string const& role, std::string_view word);
/// Plays the steps up to that state; every answer is a success and the grant is for all messages. Where something was stored for
/// that role before, nothing more is. Throws CaseStopped where the SUT does not follow.
[[nodiscard]] Task<Reached> reach(Bed& bed, PushState state, std::string role, unsigned messages);

}  // namespace tollgate
