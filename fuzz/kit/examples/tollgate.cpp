/// Our own header index (harness/codec/sip/index.hpp) under the kit, as a vendor's parser would be: an example in C++,
/// and what race.cmake measures beside oSIP2.
#include "codec/sip/index.hpp"
#include "fuzz/kit/tollgate_fuzz.h"

int tollgate_target_init(void) {
  return 0;
}

int tollgate_target_parse(std::uint8_t const* data, std::size_t size, int protocol) {
  if (protocol != TOLLGATE_SIP) return -1;
  std::string_view const octets(reinterpret_cast<char const*>(data), size);
  return tollgate::sip::Index::parse(octets).has_value() ? 1 : 0;
}
