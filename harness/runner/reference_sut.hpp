#pragma once
/// How the reference server is set up wherever tollgate starts it, as a process or in simulated time.
#include <string_view>

#include "actors/ixit.hpp"

namespace tollgate::reference_sut {

inline constexpr std::string_view user_prefix = "user";             ///< of the users whom it knows
inline constexpr std::string_view secured_prefix = "user-secure";   ///< of those whom it asks for their password

inline constexpr std::string_view msrps_prefix = "user-msrps";      ///< of those to whom it sends over TLS

/// What a SUT file would say of it.
[[nodiscard]] inline Ixit ixit() {
  Ixit out;
  out.user_count = 100'000'000;  // it takes whoever comes; no two flows of a run wish for the same
  out.password = "secret";
  out.service_context = "im@openmobilealliance.org";
  out.secured_pattern = "sip:" + std::string(secured_prefix) + "{n}@" + out.domain;
  out.msrps_pattern = "sip:" + std::string(msrps_prefix) + "{n}@" + out.domain;
  return out;
}

}  // namespace tollgate::reference_sut
