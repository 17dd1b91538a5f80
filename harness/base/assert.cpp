#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace tollgate {

void assertion_failed(char const* belief, char const* file, int line) {
  std::fprintf(stderr, "%s:%d: tollgate's own belief does not hold: %s\n", file, line, belief);
  std::abort();
}

}  // namespace tollgate
