#pragma once
/// Whether a bundle is what it says: hashes, signatures, the plan against the results, and every recorded trace judged again.
#include <string>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "reports/bundle/rejudge.hpp"
#include "reports/bundle/signing.hpp"

namespace tollgate::reports {

struct Verification {
  std::vector<std::string> complaints;  ///< each names the file or the case, and what is wrong; none: it holds
  std::vector<std::string> notes;       ///< what could not be looked at; none: all of it holds
  std::string chosen_by;                ///< the arguments that chose the cases: "ORD --level shall"; "" for all cases
  std::vector<std::string> signers;     ///< "ab12... trusted", one for each key whose signature is right
  bool is_trusted = false;              ///< somebody whom we trust has signed
  std::size_t files = 0;
  std::size_t cases = 0;
  std::size_t judged = 0;  ///< traces
};

struct Demands {
  std::vector<PublicKey> trusted;  ///< each must have signed
  bool may_be_unsigned = false;
};

[[nodiscard]] Verification verify(Files const& files, Demands const& demands, Judge const& judge);

}  // namespace tollgate::reports
