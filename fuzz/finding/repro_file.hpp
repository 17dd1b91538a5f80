#pragma once
/// `repro.toml`: what is played to see a finding again, and on what server it was seen.
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/oracle/problem.hpp"
#include "fuzz/script/script.hpp"
#include "runner/file_error.hpp"
#include "runner/ways.hpp"

namespace tollgate::fuzz {

struct ReproFile {
  Problem problem = {};              ///< without its report
  std::uint64_t seed = 0;            ///< of the campaign
  std::vector<std::string> faults;   ///< of the embedded server
  std::string sut;                   ///< path of the SUT file; "" for the embedded server
  std::string folder;                ///< in which tollgate ran then: from there paths in the SUT file count; "" for the present one
  std::string imserver;              ///< program of the embedded server; "" for the one beside tollgate
  double timeout_scale = 1;          ///< of the embedded server's timers
  Ways ways;                         ///< to the embedded server
  unsigned rounds = 1;               ///< that the flows are played on one server until it shows: two of them may have to meet
  unsigned reproduced = 0, times = 0;  ///< how often it came, of so many plays on a fresh server; 0 times: nobody has said
  std::size_t side_by_side = 0;      ///< flows that may be under way at a time; 0: a few one after the other, many side by side
  std::vector<Script> flows;
};

inline constexpr unsigned rounds_most = 100, times_most = 1000;
inline constexpr std::size_t side_by_side_most = 1000;

[[nodiscard]] std::string to_toml(ReproFile const& repro);
/// Unknown keys, changes that mean nothing and a file without flows are refused.
[[nodiscard]] std::expected<ReproFile, FileError> read_repro(std::string const& file, std::string_view text);

}  // namespace tollgate::fuzz
