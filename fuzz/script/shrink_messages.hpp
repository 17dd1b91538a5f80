#pragma once
/// Makes the changed messages of a finding smaller once its flows and changes are few: header fields or AVPs one by one, then octets
/// in ever smaller stretches, each step made sure.
#include <functional>
#include <span>
#include <vector>

#include "fuzz/script/script.hpp"

namespace tollgate::fuzz {

/// Which message: our `nth` on that channel in that flow.
struct MessagePlace {
  std::size_t flow = 0;
  trace::Channel channel = trace::Channel::sip;
  unsigned nth = 1;
  friend bool operator==(MessagePlace const&, MessagePlace const&) = default;
};

struct ShrinkingMessages {
  std::function<bool(std::span<Script const>)> shows;
  /// As it went out when `shows` was last true; "" where it did not.
  std::function<Octets(MessagePlace const&)> octets;
  unsigned trials_most = 0;
};

[[nodiscard]] std::vector<Script> with_smaller_messages(std::vector<Script> scripts, ShrinkingMessages const& how);

}  // namespace tollgate::fuzz
