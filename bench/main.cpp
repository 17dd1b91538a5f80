/// tollgate_bench: every benchmark of the project in one run, so that ratios compare like with like.
///   tollgate_bench [--benchmark_...]   Google Benchmark's own options and table
///   tollgate_bench --ratios            the codecs beside their peers and floors; exit code 1 when a bound is not kept
#include <benchmark/benchmark.h>
#include <string_view>
#include <vector>

#include "bench/ratios.hpp"

/// The codecs, not the flow, each eleven times in an order that changes.
static int run_ratios(char* program) {
  std::vector<char const*> const arguments{program, "--benchmark_filter=^(INVITE|REGISTER|200|CCR|MSRP)", "--benchmark_min_time=0.1",
                                           "--benchmark_repetitions=11", "--benchmark_enable_random_interleaving=true"};
  auto count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, const_cast<char**>(arguments.data()));
  tollgate::bench::RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return reporter.keeps_all() ? 0 : 1;
}

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--ratios") return run_ratios(argv[0]);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 64;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
