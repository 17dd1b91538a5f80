#pragma once
/// What is wrong with a Diameter message and what its receiver has to make of it, by a dictionary with its command
/// grammars (RFC 6733 3-7).
#include <string_view>

#include "codec/diameter/dictionary.hpp"
#include "codec/diameter/message.hpp"
#include "codec/judgement.hpp"

namespace tollgate::diameter {

/// Judges the octets of one message, as `frame` cut it or up to the end of the stream. `answer` is the Result-Code that
/// the receiver of a request answers it with because of what it found; nothing for a good request, for an answer, and
/// where only closing the connection helps. A rule of an AVP is its name, which lives as long as the dictionary.
/// What stands inside Failed-AVP was found wrong by its sender and is judged as AVPs only. Allocates for deviations
/// only.
[[nodiscard]] Judgement judge(std::string_view octets, Dictionary const& dictionary = Dictionary::standard(), Limits const& limits = {});

}  // namespace tollgate::diameter
