#include "codec/ip_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace tollgate {

static bool is_address(int family, std::string_view text) {
  in6_addr address{};
  std::array<char, INET6_ADDRSTRLEN> copy{};
  if (text.size() >= copy.size() || text.contains('\0')) return false;
  std::ranges::copy(text, copy.begin());
  return inet_pton(family, copy.data(), &address) == 1;
}

bool is_ipv4(std::string_view text) {
  return is_address(AF_INET, text);
}

bool is_ipv6(std::string_view text) {
  return is_address(AF_INET6, text);
}

}  // namespace tollgate
