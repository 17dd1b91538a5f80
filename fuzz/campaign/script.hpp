#pragma once
/// What the campaign plays: flows, each with its changes. As `repro.toml` it is what a finding is played again from.
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/campaign/change.hpp"

namespace tollgate::fuzz {

struct Script {
  std::string base;                ///< name of a BaseFlow
  std::vector<Change> changes;     ///< none: a known-good flow
  std::uint64_t number = 0;        ///< of the case in its campaign

  friend bool operator==(Script const&, Script const&) = default;
};

}  // namespace tollgate::fuzz
