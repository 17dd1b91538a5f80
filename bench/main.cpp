/// tollgate_bench: every benchmark of the project in one run, so that ratios compare like with like.
#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
