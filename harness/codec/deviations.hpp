#pragma once
/// Gathers what is wrong with a message while it is judged; what each deviation means to the receiver adds up to one
/// outcome.
#include <cstdint>
#include <optional>

#include "base/parsed.hpp"
#include "codec/judgement.hpp"

namespace tollgate {

class Deviations {
 public:
  /// `outcome` is what a receiver makes of this deviation alone, `answer` what it would answer to it. The worst outcome
  /// decides, and of several such the first that was noted.
  void note(Diagnostic deviation, Outcome outcome, std::optional<std::uint32_t> answer = std::nullopt);
  /// An error of a parser as a deviation from a MUST, of `size` octets.
  void note(ParseError const& error, Outcome outcome, std::optional<std::uint32_t> answer = std::nullopt, std::size_t size = 0);
  /// What another judge found in a part of the message that starts at `base`.
  void note(Judgement&& part, std::size_t base, std::optional<std::uint32_t> answer = std::nullopt);

  [[nodiscard]] Outcome outcome() const { return judgement_.outcome; }
  [[nodiscard]] Judgement take() &&;

 private:
  void insert(Diagnostic deviation);
  void weigh(Outcome outcome, std::optional<std::uint32_t> answer);

  Judgement judgement_;
};

}  // namespace tollgate
