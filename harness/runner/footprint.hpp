#pragma once
/// What a process holds: /proc/PID of Linux.
#include <optional>
#include <string>
#include <sys/types.h>

namespace tollgate {

struct Footprint {
  unsigned open_files = 0;  ///< descriptors
  unsigned files_most = 0;  ///< descriptors that it may open (RLIMIT_NOFILE); 0: nobody says
  unsigned memory_mb = 0;   ///< resident, in units of 2^20 octets
};

/// Nothing when there is no such process, or it is not ours to look at.
[[nodiscard]] std::optional<Footprint> footprint_of(pid_t pid);
/// Of the process whose id is the first word of that file.
[[nodiscard]] std::optional<Footprint> footprint_of(std::string const& pid_file);

}  // namespace tollgate
