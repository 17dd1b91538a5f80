#include "runner/sut_text.hpp"

#include <fmt/format.h>

#include "runner/axes.hpp"
#include "runner/timers.hpp"

namespace tollgate {

std::string effective_text(SutFile const& sut) {
  std::string out = fmt::format(
      "# The embedded reference IM server; no SUT file was given. This is what held for the run.\n"
      "[embedded]\nname = \"{}\"\n[profile]\nbundle = \"{}\"\n",
      sut.name, sut.profile.bundle);
  for (auto const& axis : axes())
    if (axis.declared != nullptr && !(sut.profile.*axis.declared).empty())
      out += fmt::format("{} = \"{}\"\n", axis.key, sut.profile.*axis.declared);
  out += "[timers]\n";
  for (auto const& timer : named_timers)
    out += fmt::format("{} = \"{}ms\"\n", timer.name, std::chrono::duration<double, std::milli>(sut.ixit.*timer.value).count());
  out += "[ics]\n";
  for (auto const claim : known_claims()) out += fmt::format("{} = {}\n", claim, sut.claims.contains(claim));
  return out;
}

}  // namespace tollgate
