#pragma once
/// What the campaign plays: flows, each with its changes. As `repro.toml` it is what a finding is played again from.
#include <cstdint>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "fuzz/script/change.hpp"

namespace tollgate::fuzz {

struct Script {
  std::string base;                ///< name of a BaseFlow
  std::vector<Change> changes;     ///< none: a known-good flow
  std::uint64_t number = 0;        ///< of the case in its campaign

  friend bool operator==(Script const&, Script const&) = default;
};

/// What a case draws its identifiers from: the same on every fresh server, so that a mutation that goes by the octets of a message does
/// the same each time. `nth`: played on that server before so often, of which no two may have the same Call-ID.
[[nodiscard]] inline Random random_of_case(std::uint64_t seed, std::uint64_t number, std::uint64_t nth) {
  return Random::of({seed, number, nth});
}

}  // namespace tollgate::fuzz
