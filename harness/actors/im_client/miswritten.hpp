#pragma once
/// What another has written in the place of a message of ours, held to our own judge and to the message that the case wanted: a SUT
/// must not be charged with what it makes of somebody else's mistake.
#include <optional>
#include <string>

#include "codec/sip/message.hpp"

namespace tollgate {

/// How it is another message than `wanted`, as a sentence: a response of another class (RFC 3261 21), one that answers something else, a
/// request to somebody else, a contact that is not the tap's, another description or content, or what a receiver has to reject by our
/// judge. Nothing where it is what the case wanted.
[[nodiscard]] std::optional<std::string> miswritten(sip::Message const& wanted, sip::Message const& written);

/// What of it a SUT may take amiss although it is the wanted message: a MUST that its receiver may bear, an expiry or a feature of the
/// contact that it leaves out. Nothing where a SUT can only take it as it was meant.
[[nodiscard]] std::optional<std::string> may_mislead(sip::Message const& wanted, sip::Message const& written);

/// How a message for which there is no wanted one has to be rejected.
[[nodiscard]] std::optional<std::string> broken(sip::Message const& written);

}  // namespace tollgate
