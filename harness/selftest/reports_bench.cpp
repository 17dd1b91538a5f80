// The reports of 200 cases, the first of the suite as they went in simulated time: what a run writes beside its cases as each of them
// ends, what it writes at its end, and each format of --report. Beside it stands what the disk alone costs: the same files, written as
// they are. The budget of what is written at the end is a second.
#include <benchmark/benchmark.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <unistd.h>

#include "reports/formats.hpp"
#include "reports/run_folder.hpp"
#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"
#include "scenarios/suite.hpp"

namespace tollgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t cases_reported = 200;

/// Removed when the program ends.
class Scratch {
 public:
  Scratch() { fs::create_directories(root_); }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  [[nodiscard]] fs::path const& root() const { return root_; }

 private:
  fs::path root_ = fs::temp_directory_path() / ("tollgate-bench-" + std::to_string(getpid()));
};

fs::path const& scratch() {
  static Scratch const folder;
  return folder.root();
}

Run played() {
  static auto const suite = built_in_suite();
  auto plan = select(suite, {});
  plan.resize(std::min(plan.size(), cases_reported));
  Run run{.version = "bench", .seed = 1, .sut = "reference IM server", .profile = "TWELVE-STEP"};
  run.cases = plan_results(plan, {});
  run_simulated(plan, run.cases, {}, {.finished = [](CaseResult&) {}});
  run.exit = 0;
  return run;
}

Run const& the_run() {
  static auto const run = played();
  return run;
}

/// Run by `tollgate run`, which gives each run a folder of its own: every case as planned at first.
class Written {
 public:
  Written() {
    static int nth = 0;
    run_.out = scratch() / std::to_string(++nth);
    for (auto& result : run_.cases) result = CaseResult{.info = result.info};
    folder_.emplace(run_, std::vector<reports::ExtraReport>{});
  }
  /// Trace, capture and ladder of each.
  void artefacts() {
    for (std::size_t i = 0; i < run_.cases.size(); ++i) {
      run_.cases[i] = the_run().cases[i];
      folder_->write_artefacts(i, run_.cases[i]);
    }
  }
  /// Results and JUnit are replaced by each.
  void verdicts() {
    for (auto const& result : run_.cases) folder_->finished(result);
  }
  void end() { folder_->complete(); }
  [[nodiscard]] fs::path folder() const { return run_.out; }

 private:
  Run run_ = the_run();
  std::optional<reports::RunFolder> folder_;
};

void artefacts(benchmark::State& state) {
  (void)the_run();
  for (auto _ : state) Written().artefacts();
}
BENCHMARK(artefacts)->Name("REPORTS/traces, captures, ladders")->Unit(benchmark::kMillisecond)->UseRealTime();

void at_the_end(benchmark::State& state) {
  Written written;
  written.artefacts();
  for (auto _ : state) written.end();
  state.counters["of_budget"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(at_the_end)->Name("REPORTS/results, JUnit, page, at the end")->Unit(benchmark::kMillisecond)->UseRealTime();

void after_each_verdict(benchmark::State& state) {
  Written written;
  written.artefacts();
  for (auto _ : state) written.verdicts();
}
BENCHMARK(after_each_verdict)->Name("REPORTS/results, JUnit, after each verdict")->Unit(benchmark::kMillisecond)->UseRealTime();

void every_format(benchmark::State& state) {
  auto const& run = the_run();
  for (auto _ : state)
    for (auto const& format : reports::formats()) benchmark::DoNotOptimize(format.render(run));
}
BENCHMARK(every_format)->Name("REPORTS/every format of --report")->Unit(benchmark::kMillisecond)->UseRealTime();

void their_octets(benchmark::State& state) {
  Written written;
  written.artefacts();
  written.end();
  std::vector<std::pair<fs::path, std::string>> files;
  std::size_t octets = 0;
  for (auto const& entry : fs::recursive_directory_iterator(written.folder())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.emplace_back(scratch() / "plain" / std::to_string(files.size()), std::string(std::istreambuf_iterator<char>(in), {}));
    octets += files.back().second.size();
  }
  fs::create_directories(scratch() / "plain");
  for (auto _ : state)
    for (auto const& [path, text] : files) std::ofstream(path, std::ios::binary) << text;
  state.counters["MB"] = static_cast<double>(octets) / 1e6;
  fs::remove_all(scratch() / "plain");
}
BENCHMARK(their_octets)->Name("REPORTS/the octets of them all alone")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace tollgate
