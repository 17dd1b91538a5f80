#pragma once
/// Whether a bundle is what it says: hashes, signatures, the plan against the results, and every recorded trace judged again.
#include <string>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "reports/bundle/signing.hpp"

namespace tollgate::reports {

struct Verification {
  std::vector<std::string> complaints;  ///< each names the file or the case, and what is wrong; none: all of it holds
  std::vector<std::string> signers;     ///< "ab12... trusted", one for each signature that is right
  std::size_t files = 0;
  std::size_t cases = 0;
  std::size_t judged = 0;  ///< traces
};

/// Each key of `trusted` must have signed. `version`: ours; what follows from the verdicts in a `results.json` that it wrote is made once
/// more.
[[nodiscard]] Verification verify(Files const& files, std::vector<PublicKey> const& trusted, std::string_view version);

}  // namespace tollgate::reports
