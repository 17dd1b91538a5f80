#pragma once
/// The preconditions of the test purposes as steps that C++ cases share (test purposes, section 1). All speak of the role
/// "alice"; `Bed::renews` gives her a fresh user for the next flow.
#include <string>
#include <vector>

#include "runner/bed.hpp"

namespace tollgate::deferred_push {

/// The text of the i-th stored message, from 1.
[[nodiscard]] std::string text(unsigned i);
/// P1(k) and steps 1 to 3: k messages stored, registered, the reserve request received and not yet answered.
[[nodiscard]] Task<Received> reserving(Bed& bed, unsigned k);
/// P2(k): and the INVITE received, not yet answered.
[[nodiscard]] Task<Received> invited(Bed& bed, unsigned k);
/// P3(k): and the session accepted; the SENDs come next.
[[nodiscard]] Task<void> in_session(Bed& bed, unsigned k);
/// The next SEND, which must carry text(i).
[[nodiscard]] Task<Received> receives_message(Bed& bed, unsigned i);

}  // namespace tollgate::deferred_push
