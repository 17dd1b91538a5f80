#pragma once
/// A charge of a subscriber who has nothing to do with what is played: no malformed input may bring it about.
#include <string>
#include <string_view>

#include "fuzz/oracle/problem.hpp"

namespace tollgate::fuzz {

/// The user part of a subscriber, or the number of a tel URI, to be found in messages of ours however it is written there: a server may
/// rightly charge whom a message names, though a mutation has made that name.
class SubscriberName {
 public:
  explicit SubscriberName(std::string_view subscriber);
  /// Escapes, upper case, and whatever is no letter and no digit make no difference. True where there is no name to look for.
  [[nodiscard]] bool is_in(std::string_view octets) const;
  /// We have sent it, on any channel.
  [[nodiscard]] bool is_sent_in(trace::Trace const& trace) const;

 private:
  std::string as_written_;
  std::string bare_;  ///< its letters, in lower case, and digits
};

/// `step`: "reserve_units". One kind of problem with each step.
[[nodiscard]] Problem charge_for_nobody(std::string_view subscriber, std::string_view step);

}  // namespace tollgate::fuzz
