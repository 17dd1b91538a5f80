#pragma once
/// Grammar-aware mutation: breaks one thing in a message and leaves the rest of it perfect. Lengths that depend on what
/// was changed (Content-Length, Message Length, AVP Length) are repaired, unless they are what is broken.
/// Reads messages by itself, so that no codec decides what can be mutated. Needs no fuzzing engine.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/random.hpp"

namespace tollgate::fuzz {

/// The numbers are those of fuzz/kit/tollgate_fuzz.h; `http` is CH-2 over it.
enum class Protocol : std::uint8_t { sip = 1, sdp, msrp, cpim, diameter, http };

/// Whether a receiver that cuts a stream into messages still finds the end of the mutated one.
/// `broken_inside`: it finds that end, but may not find that of a part in it, such as an AVP.
enum class Framing : std::uint8_t { kept, broken_inside, broken };

struct Mutation {
  std::string_view name;  ///< "drop_field"
  std::string_view says;  ///< what it does, in a sentence
  Framing framing = Framing::kept;
  /// The mutated message; the message itself where the mutation does not apply to it.
  std::string (*apply)(std::string_view message, Random& random);
};

[[nodiscard]] std::span<Mutation const> mutations(Protocol protocol);

/// One mutation that applies, drawn evenly. The message itself where none does.
[[nodiscard]] std::string mutate(Protocol protocol, std::string_view message, Random& random);

/// The first message with a part of the second in place of its own: a field, a line, an AVP.
[[nodiscard]] std::string cross_over(Protocol protocol, std::string_view first, std::string_view second, Random& random);

[[nodiscard]] std::string_view to_string(Protocol protocol);

}  // namespace tollgate::fuzz
