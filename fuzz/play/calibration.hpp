#pragma once
/// Every base flow once, unchanged: what it sends is what there is to change, and a server that cannot play it is asked no more.
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fuzz/play/salvo.hpp"
#include "fuzz/play/trial.hpp"
#include "fuzz/script/generate.hpp"

namespace tollgate::fuzz {

struct Calibration {
  std::vector<FlowProfile> profiles;  ///< of the flows that pass
  std::vector<Original> originals;    ///< what single messages are made of
  std::set<std::uint64_t> features;   ///< of their answers
  std::optional<FlowProfile> known_good = {};  ///< the plain push, or the first that is as quick; nothing where none is quick
  std::string usual_end = {};  ///< bucket of how it ends when nothing was changed, and no report says more: it is its way; "" for well
  bool answers_watchdog = true;       ///< on its CH-2 connection: it may be asked how it is
  std::string why;                    ///< no flow can be built on, as a sentence; "" where one can
};

/// How many messages we have sent in it.
[[nodiscard]] FlowProfile profile_of(std::string base, trace::Trace const& trace);

/// Each on a server of its own, where that is ours to launch, and with a user of its own. `says` hears what is left out. Interrupted,
/// it is not whole.
[[nodiscard]] Calibration calibrated(Ground const& ground, std::function<void(std::string const&)> const& says);

}  // namespace tollgate::fuzz
