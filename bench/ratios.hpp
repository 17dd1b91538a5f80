#pragma once
/// The ratios that the project promises of its readers, measured in one run so that like is compared with like.
#include <benchmark/benchmark.h>
#include <map>
#include <string>

namespace tollgate::bench {

/// Keeps the shortest of the repetitions of each benchmark: what other work on the machine adds is no property of ours.
class RatioReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(Context const& context) override;
  void ReportRuns(std::vector<Run> const& runs) override;
  /// The table, in Markdown, of times and of ratios with their bounds.
  void Finalize() override;
  /// Whether everything was measured and keeps its bound.
  [[nodiscard]] bool keeps_all() const { return keeps_all_; }

 private:
  struct Measured {
    double ns = 0;
    double allocations = 0;
  };
  [[nodiscard]] Measured const* find(std::string const& name) const;
  void print_ratios();

  std::map<std::string, Measured> measured_;
  bool keeps_all_ = true;
};

}  // namespace tollgate::bench
