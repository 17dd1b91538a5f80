#include "cli/descriptors.hpp"

#include <algorithm>
#include <sys/resource.h>

namespace tollgate::cli {

void takes_descriptors() {
  constexpr rlim_t enough = 65536;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= enough) return;
  limit.rlim_cur = std::min(enough, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);  // as it was, where that is refused
}

}  // namespace tollgate::cli
