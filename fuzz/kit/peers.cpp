#include "fuzz/kit/peers.hpp"

extern "C" {
#define TOLLGATE_PEER(name, protocol) \
  int name##_init(void);              \
  int name##_parse(std::uint8_t const* data, std::size_t size, int read_as);
#include "fuzz/kit/peers.inc"
#undef TOLLGATE_PEER
}

namespace tollgate::fuzz {

std::span<Peer const> linked_peers() {
  static std::vector<Peer> const all = {
#define TOLLGATE_PEER(name, protocol) Peer{#name, protocol, name##_init, name##_parse},
#include "fuzz/kit/peers.inc"
#undef TOLLGATE_PEER
  };
  return all;
}

}  // namespace tollgate::fuzz
