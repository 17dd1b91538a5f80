#include "reports/hash.hpp"

#include <openssl/evp.h>

#include "base/assert.hpp"
#include "base/hexadecimal.hpp"

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
  return hexadecimal(sha256_octets(octets));
}

}  // namespace tollgate::reports
