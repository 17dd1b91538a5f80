#pragma once
/// The members of a command or Grouped AVP as a table, made once from the dictionary: counting what a message holds
/// needs one look-up an AVP.
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "codec/diameter/rules.hpp"

namespace tollgate::diameter {

class Grammar {
 public:
  static constexpr std::size_t slots_max = 64;  ///< members of one grammar; the dictionary refuses more
  static constexpr std::uint8_t none = std::numeric_limits<std::uint8_t>::max();

  /// `index_of` answers the index of the AVP of that name in a dictionary of `avps` AVPs; a name "AVP" is any other.
  template <class IndexOf>
  Grammar(std::span<Occurrence const> members, std::size_t avps, IndexOf index_of) : slot_of_(avps, none) {
    for (auto const& member : members) {
      auto const slot = static_cast<std::uint8_t>(slots_.size());
      if (member.avp == "AVP")
        any_ = slot;
      else
        slot_of_[index_of(member.avp)] = slot;
      if (member.least > 0) required_.push_back(slot);
      slots_.push_back({.least = member.least, .most = member.most, .fixed = member.fixed});
    }
  }

  struct Slot {
    std::uint32_t least = 0;
    std::uint32_t most = 0;
    bool fixed = false;  ///< in the place of its slot
  };
  [[nodiscard]] std::span<Slot const> slots() const { return slots_; }
  [[nodiscard]] std::span<std::uint8_t const> required() const { return required_; }  ///< slots that must be met
  /// The slot of the AVP with that index; `none` where it may not stand.
  [[nodiscard]] std::uint8_t slot(std::size_t avp) const { return slot_of_[avp] != none ? slot_of_[avp] : any_; }
  [[nodiscard]] std::uint8_t any() const { return any_; }  ///< of AVPs that the dictionary does not know

 private:
  std::vector<std::uint8_t> slot_of_;  ///< by the AVP's index
  std::vector<Slot> slots_;
  std::vector<std::uint8_t> required_;
  std::uint8_t any_ = none;
};

/// How often each slot was met.
using SlotCounts = std::array<std::uint16_t, Grammar::slots_max>;

}  // namespace tollgate::diameter
