#pragma once
/// Other ways to write the same SIP message, all of them legal: what a suite that alarms for them would be wrong about.
#include <string_view>

#include "base/text.hpp"

namespace tollgate::refserver {

struct SipForm {
  bool compact_names = false;  ///< "v:" for Via and so on (RFC 3261 7.3.3)
  bool other_order = false;    ///< the fields backwards, those of one name in their order (RFC 3261 7.3.1)

  [[nodiscard]] bool operator==(SipForm const&) const = default;
};

/// The message in that form; its start line and body stay. What is no whole message stays as it is.
[[nodiscard]] Octets in_form(std::string_view message, SipForm const& form);

}  // namespace tollgate::refserver
