#include "base/hexadecimal.hpp"

#include <fmt/format.h>
#include <iterator>

namespace tollgate {

std::string hexadecimal(std::string_view octets) {
  std::string out;
  for (char const octet : octets) fmt::format_to(std::back_inserter(out), "{:02x}", static_cast<unsigned char>(octet));
  return out;
}

}  // namespace tollgate
