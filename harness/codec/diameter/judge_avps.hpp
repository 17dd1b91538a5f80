#pragma once
/// The AVPs of a Diameter message: header, flags, value, place and number of each (RFC 6733 4, 7).
#include <string_view>

#include "codec/deviations.hpp"
#include "codec/diameter/dictionary.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::diameter {

struct JudgedCommand {
  std::string_view octets;  ///< of the whole message
  Header const& header;
  CommandRule const* command;  ///< whose grammar holds; null when unknown: its AVPs are then judged without one
};

void judge_avps(JudgedCommand const& message, Dictionary const& dictionary, Limits const& limits, Deviations& found);

}  // namespace tollgate::diameter
