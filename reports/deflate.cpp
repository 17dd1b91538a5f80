#include "reports/deflate.hpp"

#include <zlib.h>

#include "base/assert.hpp"

namespace tollgate::reports {

Octets deflate(std::string_view octets) {
  auto size = compressBound(octets.size());
  Octets out(size, '\0');
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast)
  TOLLGATE_ASSERT(compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<Bytef const*>(octets.data()), octets.size(),
                            Z_DEFAULT_COMPRESSION) == Z_OK);
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  out.resize(size);
  return out;
}

}  // namespace tollgate::reports
