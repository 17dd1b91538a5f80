#pragma once
/// What a campaign begins with: its seed, its folders, and what an earlier part of it, or another one, has left there.
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "cli/environment.hpp"
#include "fuzz/campaign/campaign.hpp"

namespace tollgate::cli {

struct FuzzStart {
  std::uint64_t seed = 0, first = 1;
  std::vector<fuzz::Script> corpus;  ///< to be played
  std::vector<fuzz::Script> known;   ///< has been played by an earlier part of it
  std::string out;
  std::vector<fuzz::Found> found;      ///< by an earlier part of it
  std::vector<fuzz::Untried> untried;  ///< suspected by an earlier part of it, which had no time to make sure
};

/// With the folders of --out and --corpus there and writable: exit code 74 where they cannot be. Without --resume what another
/// campaign has left in --out is out of the way.
[[nodiscard]] std::expected<FuzzStart, Refusal> start_of(Options const& options);

}  // namespace tollgate::cli
