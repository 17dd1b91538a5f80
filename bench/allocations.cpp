/// malloc and its kin in front of glibc's, which has them under names of its own.
#include "bench/allocations.hpp"

namespace {
std::size_t count = 0;  // one thread only
}

extern "C" {
void* libc_malloc(std::size_t size) __asm__("__libc_malloc");
void* libc_calloc(std::size_t number, std::size_t size) __asm__("__libc_calloc");
void* libc_realloc(void* memory, std::size_t size) __asm__("__libc_realloc");
void* libc_memalign(std::size_t alignment, std::size_t size) __asm__("__libc_memalign");

void* malloc(std::size_t size) {
  ++count;
  return libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) {
  ++count;
  return libc_calloc(number, size);
}
void* realloc(void* memory, std::size_t size) {
  ++count;
  return libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++count;
  return libc_memalign(alignment, size);
}
}

namespace tollgate::bench {

std::size_t allocations() {
  return count;
}

}  // namespace tollgate::bench
