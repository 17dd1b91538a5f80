#include <fmt/format.h>
#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "runner/plan.hpp"
#include "runner/real_run.hpp"
namespace tollgate::cli { int explain_exit(Options const&){return 70;}
int run(Options const& options){
  auto suite = load_suite(options); auto sut = load_sut(options);
  auto plan = select(*suite, {options.select, options.filter, options.level});
  auto results = plan_results(plan, sut->profile);
  RealRun real(*sut, 1); 
  try { real.make_ready(options.sut.empty()); } catch (Unreachable const& e) { return refuse({69, e.what()}); }
  RunnerOptions ro; rules::Terms terms;
  auto t0 = real.clock().now();
  real.run(plan, results, terms, ro, [&](CaseResult& r){ fmt::print("{} [{:8.3f}ms] {} {} {}\n", to_string(r.verdict), double(r.duration.count())/1e6, r.info.id, r.reason, r.because); });
  fmt::print("total {} ms lag {} us\n", double((real.clock().now()-t0).count())/1e6, double(real.lag_p99().count())/1e3);
  return 0; } }
