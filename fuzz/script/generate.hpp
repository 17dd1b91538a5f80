#pragma once
/// The cases of a campaign by number: the same seed, number and parent give the same changes.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "codec/ch2/binding.hpp"
#include "fuzz/script/script.hpp"

namespace tollgate::fuzz {

/// What a known-good playing of a base flow has shown: how many messages of ours there are to change.
struct FlowProfile {
  std::string base;
  std::array<unsigned, 3> sent{};  ///< by trace::Channel
};

/// Which channels are changed; none of them is no campaign.
struct Channels {
  bool sip = true, msrp = true, ch2 = true;
  ch2::Binding binding = ch2::Binding::diameter;  ///< of CH-2
  [[nodiscard]] bool has(trace::Channel channel) const;
};

class Generator {
 public:
  struct Draws {
    bool mutates_only = false;  ///< no message is dropped, late, sent by another flow, ...
    bool capabilities = false;  ///< one case of a thousand changes the answer to a CER: see capabilities.hpp
    bool avoids_found = true;   ///< else a case without a parent is drawn by seed and number alone
  };
  Generator(std::uint64_t seed, std::vector<FlowProfile> profiles, Channels channels, Draws draws);

  /// Some flow sends a message over a channel that is changed: without one there is nothing to make.
  [[nodiscard]] bool can_change_any() const { return !profiles_.empty(); }
  /// Built on `parent`, where there is one: its changes and one more, or one fewer.
  [[nodiscard]] Script make(std::uint64_t number, Script const* parent = nullptr) const;
  /// What has been found by such a change is not wanted again: it is drawn forty times more rarely from now on, so that what lies
  /// behind it is reached.
  void avoid(Change const& change) {
    if (!avoids(change)) found_.push_back(change);
  }
  [[nodiscard]] bool avoids(Change const& change) const;

 private:
  [[nodiscard]] Change draw(FlowProfile const& profile, Random& random) const;
  [[nodiscard]] Script capabilities_case(std::uint64_t number, Random random) const;
  [[nodiscard]] FlowProfile const& profile_of(std::string const& base) const;

  std::uint64_t seed_;
  std::vector<FlowProfile> profiles_;
  Channels channels_;
  Draws draws_;
  std::vector<Change> found_;
};

}  // namespace tollgate::fuzz
