#pragma once
/// AFL++'s shared-memory map: a server that was built with afl-clang-fast, or with -fsanitize-coverage=trace-pc-guard and AFL++'s
/// runtime, fills it when it inherits __AFL_SHM_ID and AFL_MAP_SIZE. No fork server is wanted.
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace tollgate::fuzz {

class CoverageMap {
 public:
  /// Throws std::runtime_error where the system gives no shared memory.
  CoverageMap();
  ~CoverageMap();
  CoverageMap(CoverageMap const&) = delete;
  CoverageMap& operator=(CoverageMap const&) = delete;

  static constexpr std::array<char const*, 2> variables{"__AFL_SHM_ID", "AFL_MAP_SIZE"};
  /// What the server's environment must say: those.
  [[nodiscard]] std::map<std::string, std::string> environment() const;
  /// Whether any server has ever written to it.
  [[nodiscard]] bool is_filled() const { return reached_ > 0; }
  /// How many edges were reached for the first time since the last call. Of flows side by side nothing more can be told apart.
  std::size_t news();
  /// Edges ever reached.
  [[nodiscard]] std::size_t reached() const { return reached_; }

 private:
  static constexpr std::size_t size = 1U << 20;
  int id_ = -1;
  std::span<std::uint8_t> counts_;
  std::vector<bool> seen_;  ///< edges
  std::size_t reached_ = 0;
  std::size_t used_ = 0;  ///< octets from the front that were ever written to
  unsigned looks_ = 0;
};

}  // namespace tollgate::fuzz
