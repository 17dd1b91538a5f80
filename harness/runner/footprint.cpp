#include "runner/footprint.hpp"

#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <string_view>
#include <unistd.h>

namespace tollgate {

/// The soft limit, of the line "Max open files            1024                 4096                 files"; 0 for none.
static unsigned files_most_of(std::filesystem::path const& process) {
  constexpr std::string_view name = "Max open files";
  std::ifstream limits(process / "limits");
  for (std::string line; std::getline(limits, line);) {
    if (!line.starts_with(name)) continue;
    unsigned soft = 0;
    std::istringstream(line.substr(name.size())) >> soft;
    return soft;
  }
  return 0;
}

std::optional<Footprint> footprint_of(pid_t pid) {
  std::filesystem::path const folder = fmt::format("/proc/{}", pid);
  std::uint64_t size = 0, resident = 0;  // pages
  std::ifstream statm(folder / "statm");
  if (!(statm >> size >> resident)) return std::nullopt;
  std::error_code error;
  std::filesystem::directory_iterator files(folder / "fd", error);
  if (error) return std::nullopt;
  Footprint out{.files_most = files_most_of(folder),
                .memory_mb = static_cast<unsigned>(resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) >> 20)};
  for (; files != std::filesystem::directory_iterator() && !error; files.increment(error)) ++out.open_files;
  return out;
}

std::optional<Footprint> footprint_of(std::string const& pid_file) {
  pid_t pid = 0;
  std::ifstream in(pid_file);
  return in >> pid && pid > 0 ? footprint_of(pid) : std::nullopt;
}

}  // namespace tollgate
