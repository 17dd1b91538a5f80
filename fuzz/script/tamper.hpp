#pragma once
/// Plays the changes of one flow on its messages as they go out. What a change does is done to the live message, so that tags,
/// branches, paths and identifiers stay right wherever the change does not touch them.
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/script/change.hpp"
#include "runner/bed.hpp"
#include "sim/later.hpp"

namespace tollgate::fuzz {

/// The newest message of each kind that any flow has sent: another flow may send it too.
class MessagePool {
 public:
  void remember(trace::Channel channel, std::string const& label, std::string const& of, Octets octets);
  /// "" where no other flow has sent one.
  [[nodiscard]] Octets foreign(trace::Channel channel, std::string const& label, std::string_view not_of) const;

 private:
  struct Kept {
    std::string of;
    Octets octets;
  };
  /// The last two of each kind: one of them is of another flow.
  std::map<std::pair<trace::Channel, std::string>, std::array<Kept, 2>> kept_;
};

/// The changes that the tampering told of a message names.
[[nodiscard]] std::vector<Change> changes_told(std::string_view told);

/// How many octets TCP carries at once of a message of so many octets, as what the tampering told of it says; 0 where it was not cut.
[[nodiscard]] std::size_t piece_octets(std::string_view told, std::size_t octets);

/// A changed message of ours as it went out; "" where it did not.
[[nodiscard]] Octets octets_sent(trace::Trace const& trace, trace::Channel channel, unsigned nth);

/// The flow's messages go through its changes from now on. `pool` outlives the bed.
void tampers(Bed& bed, std::vector<Change> changes, MessagePool& pool);

}  // namespace tollgate::fuzz
