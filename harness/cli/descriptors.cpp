#include "cli/descriptors.hpp"

#include <algorithm>
#include <limits>
#include <sys/resource.h>

namespace tollgate::cli {

void takes_descriptors() {
  constexpr rlim_t enough = 65536;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= enough) return;
  limit.rlim_cur = std::min(enough, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);  // as it was, where that is refused
}

unsigned flows_within_descriptors(trace::Transport transport) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<unsigned>::max();
  constexpr rlim_t at_a_time = 4, tenth = 10, most = 65536;
  rlim_t const sockets = transport == trace::Transport::udp ? 8 : transport == trace::Transport::tcp ? 12 : 16;
  auto const all = std::min(limit.rlim_cur, most);
  return static_cast<unsigned>(std::max<rlim_t>((all - all / tenth) / (at_a_time * sockets), 1));
}

}  // namespace tollgate::cli
