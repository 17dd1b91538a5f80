#pragma once
/// What a command or a Grouped AVP has to hold besides its grammar, because of what else it holds: "Requested-Action in
/// an EVENT_REQUEST". The grammars of the RFCs leave such sentences to the text.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "codec/judgement.hpp"

namespace tollgate::diameter {

/// Whose AVPs they are. The code is that of the command or of the AVP, which is of vendor 0.
struct Holder {
  enum class Kind : std::uint8_t { request, answer, group };
  Kind kind = Kind::group;
  std::uint32_t code = 0;
};

/// A condition that does not hold. The texts are literals.
struct Unmet {
  std::size_t offset = 0;   ///< of the AVP that may not be there, or of the end of the AVPs where one is missing
  std::size_t size = 0;     ///< of that AVP without its padding; 0 where one is missing
  std::string_view rule;    ///< name of the AVP that is missing or too many
  std::string_view clause;  ///< "RFC 8506 8.3"
  Outcome outcome = Outcome::reject;
  std::uint32_t answer = 0;  ///< Result-Code
  std::string_view detail;
};

/// Calls `note` for each condition that the AVPs of `holder` do not meet. They lie at `base` in the message and can be
/// read to their end.
void check_conditions(Holder holder, std::string_view avps, std::size_t base, std::function<void(Unmet const&)> const& note);

}  // namespace tollgate::diameter
