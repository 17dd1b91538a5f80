#pragma once
/// Every mutation that the campaign knows, by name: those of each protocol, on the message itself or on the body that it
/// carries, and some of plain octets. "sip.long_value", "sdp.drop_line", "raw.cut_off".
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/ch2/binding.hpp"
#include "fuzz/mutate/mutate.hpp"
#include "fuzz/script/change.hpp"
#include "trace/event.hpp"

namespace tollgate::fuzz {

struct NamedMutation {
  std::string name;
  std::string_view says;
  Framing framing = Framing::kept;
  Protocol layer = Protocol::sip;   ///< whose grammar it breaks
  bool raw = false;                 ///< of octets, whatever they mean
  std::string (*apply)(std::string_view message, Random& random) = nullptr;
};

/// Those that can be used on a message of that channel; on CH-2 those of the binding.
[[nodiscard]] std::span<NamedMutation const* const> mutations_on(trace::Channel channel, ch2::Binding binding = ch2::Binding::diameter);
[[nodiscard]] NamedMutation const* find_mutation(std::string_view name);

/// The message with that mutation, of the layer that it belongs to; the message itself where it does not apply.
[[nodiscard]] std::string mutated(NamedMutation const& mutation, std::string_view message, Random& random);
/// The message with that `mutate`, or its copy with that `again`. Nothing where it does not apply, or would lead away from this machine.
[[nodiscard]] std::optional<std::string> mutated(Change const& change, std::string_view message);

}  // namespace tollgate::fuzz
