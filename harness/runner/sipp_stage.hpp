#pragma once
/// Starts SIPp for the legs of `--client sipp`: each process with a loopback address of its own, a scenario in a folder of the
/// run's, and a bound on its time.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "actors/sipp/sipp_author.hpp"
#include "runner/sipp_settings.hpp"
#include "sim/wall_clock.hpp"
#include "transport/network.hpp"

namespace tollgate {

/// The first line that SIPp complains of in what it has written, without the time in front; "" where it does not.
[[nodiscard]] std::string complaint_of_sipp(std::string_view written);

/// Why there is no place for the folder of a SippStage, as a sentence; nothing where there is one.
[[nodiscard]] std::optional<std::string> why_no_sipp_stage();

class SippStage {
 public:
  /// Throws std::runtime_error where that says why.
  SippStage(WallClock& clock, SippSettings settings);
  ~SippStage();
  SippStage(SippStage const&) = delete;
  SippStage& operator=(SippStage const&) = delete;

  [[nodiscard]] std::unique_ptr<SipAuthor> author(Seat seat, Network& network);

 private:
  [[nodiscard]] sipp::Staged start(sipp::Part const& part);
  [[nodiscard]] std::string const& scene(sipp::Part const& part) const;
  /// The scenario as a file, with what stands in braces filled in.
  [[nodiscard]] std::string scenario_file(sipp::Part const& part, std::uint32_t nth);

  /// The second octet of the loopback addresses that are this process's.
  [[nodiscard]] std::uint32_t own_network();

  WallClock& clock_;
  SippSettings settings_;
  std::unique_ptr<Network> network_;     ///< of the machine
  std::unique_ptr<Datagrams> reserved_;  ///< says to other processes that those addresses are taken
  std::filesystem::path folder_;
  std::uint32_t started_ = 0;
  std::uint32_t own_network_ = 0;
};

}  // namespace tollgate
