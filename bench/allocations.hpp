#pragma once
/// Counts the heap allocations of the whole program, those of C libraries too: malloc and its kin are replaced in
/// tollgate_bench.
#include <benchmark/benchmark.h>
#include <cstddef>

namespace tollgate::bench {

/// Allocations so far: each malloc, calloc, realloc and aligned allocation that gave memory.
[[nodiscard]] std::size_t allocations();

/// Runs `work` as a benchmark over `size` octets: its time, octets a second, and allocations each time ("allocs").
template <class Work>
void measure(benchmark::State& state, std::size_t size, Work work) {
  auto const before = allocations();
  for (auto _ : state) work();
  auto const made = allocations() - before;
  state.SetBytesProcessed(static_cast<std::int64_t>(size) * static_cast<std::int64_t>(state.iterations()));
  state.counters["allocs"] = static_cast<double>(made) / static_cast<double>(state.iterations());
}

}  // namespace tollgate::bench
