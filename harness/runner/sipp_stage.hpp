#pragma once
/// Starts SIPp for the legs of `--client sipp`: each process with a loopback address of its own, a scenario in a folder of the
/// run's, and a bound on its time.
#include <cstdint>
#include <filesystem>
#include <memory>

#include "actors/sipp/sipp_author.hpp"
#include "runner/sipp_settings.hpp"
#include "sim/wall_clock.hpp"

namespace tollgate {

class SippStage {
 public:
  SippStage(WallClock& clock, SippSettings settings);
  ~SippStage();
  SippStage(SippStage const&) = delete;
  SippStage& operator=(SippStage const&) = delete;

  [[nodiscard]] std::unique_ptr<SipAuthor> author(Seat seat, Network& network);

 private:
  [[nodiscard]] sipp::Staged start(sipp::Part const& part);
  /// The scenario as a file, with what stands in braces filled in.
  [[nodiscard]] std::string scenario_file(sipp::Part const& part);

  WallClock& clock_;
  SippSettings settings_;
  std::filesystem::path folder_;
  std::uint32_t started_ = 0;
};

}  // namespace tollgate
