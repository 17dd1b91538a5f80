#pragma once
/// What another has written in the place of a message of ours, held to our own judge and to the message that the case wanted: a SUT
/// must not be charged with what it makes of somebody else's mistake.
#include <optional>
#include <string>

#include "codec/sip/message.hpp"

namespace tollgate {

/// A sentence about a message that is not as it was wanted.
struct Difference {
  /// It is another message: a response of another class (RFC 3261 21), one that answers something else, a request to somebody else, a
  /// contact that is not the tap's, another description or content, or what a receiver has to reject by our judge. Else it is the
  /// wanted one, and a SUT may take it amiss: a MUST that its receiver may bear, an expiry or a feature of the contact that it leaves out.
  bool is_another = false;
  std::string how;
};

/// Nothing where a SUT can only take it as it was meant.
[[nodiscard]] std::optional<Difference> difference(sip::Message const& wanted, sip::Message const& written);

/// How a message for which there is no wanted one has to be rejected.
[[nodiscard]] std::optional<std::string> broken(sip::Message const& written);

}  // namespace tollgate
