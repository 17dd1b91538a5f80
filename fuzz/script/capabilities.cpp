#include "fuzz/script/capabilities.hpp"

namespace tollgate::fuzz {

Change const* change_of_capabilities(std::span<Script const> scripts) {
  for (auto const& script : scripts)
    for (auto const& change : script.changes)
      if (change.channel == trace::Channel::ch2 && change.nth == nth_of_capabilities) return &change;
  return nullptr;
}

}  // namespace tollgate::fuzz
