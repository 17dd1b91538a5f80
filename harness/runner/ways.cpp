#include "runner/ways.hpp"

#include <fmt/format.h>

namespace tollgate {

std::string Ways::flags() const {
  Ways const usual;
  std::string out;
  if (sip != usual.sip) out += fmt::format(" --sip {}", to_string(sip));
  if (binding != usual.binding) out += " --binding http";
  if (ch2 != usual.ch2) out += fmt::format(" --charging {}", to_string(ch2));
  if (ip != usual.ip) out += fmt::format(" --ip {}", ip);
  return out;
}

}  // namespace tollgate
