#include "reports/hash.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/assert.hpp"

namespace tollgate::reports {

Octets sha256_octets(std::string_view octets) {
  constexpr std::size_t digest_size = 32;
  Octets digest(digest_size, '\0');
  unsigned size = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  TOLLGATE_ASSERT(EVP_Digest(octets.data(), octets.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, EVP_sha256(), nullptr) ==
                  1);
  return digest;
}

std::string sha256(std::string_view octets) {
  std::string hex;
  for (char const octet : sha256_octets(octets)) hex += fmt::format("{:02x}", static_cast<unsigned char>(octet));
  return hex;
}

}  // namespace tollgate::reports
