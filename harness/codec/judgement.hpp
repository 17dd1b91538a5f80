#pragma once
/// What is wrong with a message, and what its receiver has to make of it: the result of judging octets by their
/// standard. Each protocol has a `judge` of its own; `tollgate lint` prints the result and monitor G12 stands on it.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate {

/// RFC 2119's words for how strongly a clause asks for something.
enum class Strength : std::uint8_t { must, should, may };

/// One deviation. `rule` and `clause` point at literals.
struct Diagnostic {
  std::size_t offset = 0;   ///< of the octets that deviate, from the start of the text that was judged
  std::size_t size = 0;     ///< how many octets; 0 where something is absent that had to stand at `offset`
  std::string_view rule;    ///< grammar rule, as the standard spells it: "CSeq", "end-line", "Result-Code"
  std::string_view clause;  ///< "RFC 3261 20.16"
  Strength strength = Strength::must;
  std::string detail;  ///< what was found and what would be right, in a few words
};

/// As RFC 4475 uses the words: what a receiver that keeps to the standard does with the message.
enum class Outcome : std::uint8_t { accept, reject, either };

struct Judgement {
  Outcome outcome = Outcome::accept;
  std::vector<Diagnostic> diagnostics;  ///< in order of offset
  /// What a receiver would answer: SIP or MSRP status, Diameter Result-Code; nothing where it would answer nothing.
  std::optional<std::uint32_t> answer;
};

[[nodiscard]] std::string_view to_string(Strength strength);
[[nodiscard]] std::string_view to_string(Outcome outcome);

}  // namespace tollgate
