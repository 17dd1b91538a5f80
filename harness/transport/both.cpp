#include "transport/both.hpp"

namespace tollgate {

Both open_both(Network& network, Address const& local) {
  constexpr int tries = 20;  // a port that is free for TCP may be taken for UDP; seldom, for connections take ports too
  for (int left = tries;; --left) {
    auto tcp = network.listen(local);
    try {
      auto udp = network.bind(tcp->local());
      return {std::move(udp), std::move(tcp)};
    } catch (NetworkError const&) {
      if (local.port != 0 || left == 0) throw;
    }
  }
}

}  // namespace tollgate
