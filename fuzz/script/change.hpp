#pragma once
/// What a case of the campaign does to one message of a flow, as a line that people read and write:
///   sip 3 mutate sip.long_value 8123     ch2 1 drop     msrp 1 repeat 2     sip 2 late 300     msrp 1 cut 7
///   msrp 2 close     msrp 2 reset     ch2 1 foreign     msrp 1 also BYE     msrp 1 also BYE 30     sip 2 without Via
///   msrp 1 again msrp.path 7     ch2 0 mutate diameter.avp_length 7
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "trace/event.hpp"

namespace tollgate::fuzz {

struct Change {
  enum class Act : std::uint8_t {
    mutate,   ///< `what` names the mutation, `number` is the seed of its choices
    drop,     ///< it is never sent
    repeat,   ///< it is sent `number` times
    late,     ///< it is sent `number` milliseconds later
    cut,      ///< TCP carries it in pieces of `number` octets
    close,    ///< its connection ends behind it
    reset,    ///< the same, as RST
    foreign,  ///< the newest message of its kind from another flow goes instead
    again,    ///< behind it a copy goes out, changed by the mutation `what`, with `number` as the seed of its choices
    also,     ///< `what` follows it, `number` milliseconds later, which the flow would not send there: see stimulus.hpp
    without,  ///< it has no `what`: see part.hpp
  };
  trace::Channel channel = trace::Channel::sip;
  unsigned nth = 1;  ///< of our messages on that channel, from 1, repetitions apart; 0 is the answer to a CER: see capabilities.hpp
  Act act = Act::mutate;
  std::string what = {};
  std::uint64_t number = 0;

  friend bool operator==(Change const&, Change const&) = default;
};

/// `what` names a mutation.
[[nodiscard]] bool draws_mutation(Change::Act act);

[[nodiscard]] std::string to_text(Change const& change);
/// The error is a sentence.
[[nodiscard]] std::expected<Change, std::string> parse_change(std::string_view text);

/// What `number` may be: limits that keep a case short and its messages bounded.
inline constexpr std::uint64_t repeats_most = 50, late_most_ms = 60'000;

/// It changes octets of the message that it is done to, or of a copy.
[[nodiscard]] constexpr bool changes_octets(Change const& change) {
  using enum Change::Act;
  return change.act == mutate || change.act == again || change.act == without;
}

}  // namespace tollgate::fuzz
