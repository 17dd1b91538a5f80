#pragma once
/// The folder that a run leaves behind. It is whole before the first case, with every planned case as `error:
/// incomplete`, and after every verdict: who reads it while tollgate runs, or after it was killed, reads a complete
/// report.
///
///   results.json junit.xml   replaced after every verdict      plan.json sut.toml   from the start
///   index.html tollgate.log  replaced at the end               tests/<ID>.{jsonl,pcapng,svg}   with the case's verdict
///   baseline.toml            from the start, where the run has one
#include <cstdint>
#include <expected>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "reports/artefacts.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

inline constexpr std::string_view baseline_name = "baseline.toml";

/// A report cannot be written: exit code 74. The text names the file.
struct ReportError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// `--report KIND=PATH`: a report beside those of the folder. `github` alone goes where GITHUB_STEP_SUMMARY says.
struct ExtraReport {
  std::string kind;  ///< of a format
  std::filesystem::path path;
  bool is_step_summary = false;  ///< GitHub's: added behind what is there, once

  /// The error is a sentence for the user: exit code 64.
  [[nodiscard]] static std::expected<ExtraReport, std::string> parse(std::string_view option);
};

/// The report of that kind; asserts that there is such a kind. Links lead to the run's files from `place`; "" for its own folder.
[[nodiscard]] std::string render(std::string_view kind, Run const& run, std::filesystem::path const& place = {});

/// "reports/out/20261124T140509Z-42"
[[nodiscard]] std::string default_folder(std::string_view stamp, std::uint64_t seed);

/// Puts the whole file in the place of the old one, never a part of it. Throws ReportError.
void write_file(std::filesystem::path const& path, std::string_view octets);

/// Throws ReportError.
void write(ExtraReport const& report, std::string_view octets);

class RunFolder {
 public:
  /// Every member may throw ReportError. `run.out` names the folder; `run` outlives this and keeps its cases where they
  /// are until `complete`.
  RunFolder(Run const& run, std::vector<ExtraReport> extra);

  /// The own files of `run.cases[index]`, whose result will be this. May be called beside everything else.
  void write_artefacts(std::size_t index, CaseResult const& result) const;
  /// `result` is an element of `run.cases`.
  void finished(CaseResult const& result);
  /// Results were added behind the plan: everything once more but what is written at the end alone.
  void added();
  /// Everything once more, with `run.exit`, the log and the page, and with the artefacts of results that were added behind
  /// the plan.
  void complete();
  /// Points `latest` beside the folder to it.
  void link_latest() const;

 private:
  void write_results() const;
  enum class When : std::uint8_t { start, verdict, end };
  void write_all(When when);
  void write_extra(When when) const;
  void renew(std::size_t index);
  void remove(Artefacts const& files) const;
  void remove_earlier() const;
  [[nodiscard]] std::string made(std::string_view kind, std::filesystem::path const& place = {}) const;

  Run const& run_;
  std::filesystem::path folder_;
  std::vector<ExtraReport> extra_;
  std::vector<Artefacts> files_;
  std::vector<std::string> lines_;      ///< of results.json, one a case
  std::vector<std::string> testcases_;  ///< of junit.xml, one a case
};

}  // namespace tollgate::reports
