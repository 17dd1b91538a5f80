#include "transport/both.hpp"

namespace tollgate {

Both open_both(Network& network, Address const& local) {
  constexpr int tries = 20;  // a port that is free for UDP may be taken for TCP
  for (int left = tries;; --left) {
    auto udp = network.bind(local);
    try {
      auto tcp = network.listen(udp->local());
      return {std::move(udp), std::move(tcp)};
    } catch (NetworkError const&) {
      if (local.port != 0 || left == 0) throw;
    }
  }
}

}  // namespace tollgate
