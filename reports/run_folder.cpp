#include "reports/run_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "base/assert.hpp"
#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/formats.hpp"
#include "reports/html/page.hpp"
#include "reports/junit.hpp"
#include "reports/ladder_svg.hpp"
#include "reports/results_json.hpp"
#include "reports/stored_run.hpp"
#include "trace/capture/pcapng.hpp"

namespace tollgate::reports {

namespace {

[[noreturn]] void refuse(std::filesystem::path const& path, std::string_view what, std::error_code const& error) {
  throw ReportError(fmt::format("{}: {}: {}", path.string(), what, error.message()));
}

void make_folder(std::filesystem::path const& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) refuse(path, "the folder cannot be made", error);
}

/// Beside the file, so that renaming stays within one file system.
std::filesystem::path beside(std::filesystem::path const& path) {
  auto temporary = path;
  temporary += ".tmp";
  return temporary;
}

}  // namespace

/// GitHub names the file that it shows.
static std::filesystem::path step_summary() {
  auto const* path = std::getenv("GITHUB_STEP_SUMMARY");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return path == nullptr ? "" : path;
}

std::expected<ExtraReport, std::string> ExtraReport::parse(std::string_view option) {
  auto const equals = option.find('=');
  auto const kind = option.substr(0, equals);
  bool const has_path = equals != std::string_view::npos && equals + 1 < option.size();
  if (option == "github") {
    if (step_summary().empty()) return std::unexpected("--report github without a path wants GITHUB_STEP_SUMMARY, which GitHub sets");
    return ExtraReport{.kind = "github", .path = step_summary(), .is_step_summary = true};
  }
  if (!has_path) return std::unexpected(fmt::format("--report {} is not KIND=PATH", option));
  if (format_of(kind) == nullptr) return std::unexpected(fmt::format("--report knows {}, not '{}'", kinds(), kind));
  return ExtraReport{.kind = std::string(kind), .path = std::filesystem::path(option.substr(equals + 1))};
}

std::string render(std::string_view kind, Run const& run, std::filesystem::path const& place) {
  if (kind == "html") return html_page(run, place);
  auto const* format = format_of(kind);
  TOLLGATE_ASSERT(format != nullptr);
  return format->render(run);
}

void write(ExtraReport const& report, std::string_view octets) {
  if (!report.is_step_summary) {
    if (report.path.has_parent_path()) make_folder(report.path.parent_path());
    return write_file(report.path, octets);
  }
  std::ofstream file(report.path, std::ios::binary | std::ios::app);
  file << octets;
  file.close();
  if (!file) refuse(report.path, "cannot be written", std::error_code(errno, std::generic_category()));
}

std::string default_folder(std::string_view stamp, std::uint64_t seed) {
  return fmt::format("reports/out/{}-{}", stamp, seed);
}

void write_file(std::filesystem::path const& where, std::string_view octets) {
  // What a link points at is replaced, not the link; a device or a pipe is written to.
  std::error_code error;
  auto const path = std::filesystem::is_symlink(where, error) ? std::filesystem::weakly_canonical(where, error) : where;
  bool const replaces = !std::filesystem::exists(path, error) || std::filesystem::is_regular_file(path, error);
  auto const target = replaces ? beside(path) : path;
  errno = 0;
  std::ofstream file(target, replaces ? std::ios::binary | std::ios::trunc : std::ios::binary);
  file.write(octets.data(), static_cast<std::streamsize>(octets.size()));
  file.close();
  if (!file) refuse(where, "cannot be written", std::error_code(errno, std::generic_category()));
  if (!replaces) return;
  std::filesystem::rename(target, path, error);
  if (error) refuse(where, "cannot be replaced", error);
}

RunFolder::RunFolder(Run const& run, std::vector<ExtraReport> extra)
    : run_(run), folder_(run.out), extra_(std::move(extra)), files_(artefacts(run)) {
  make_folder(folder_ / "tests");
  for (auto const& report : extra_)
    if (report.path.has_parent_path()) make_folder(report.path.parent_path());
  lines_.resize(run.cases.size());
  testcases_.resize(run.cases.size());
  remove_earlier();
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    renew(i);
    remove(files_[i]);
  }
  write_file(folder_ / "plan.json", plan_json(run));
  if (!run.baseline.empty()) write_file(folder_ / baseline_name, run.baseline);
  write_all(When::start);
}

void RunFolder::remove(Artefacts const& files) const {
  for (auto const& old : {files.trace(), files.capture(), files.ladder()}) {
    std::error_code not_there;
    std::filesystem::remove(folder_ / old, not_there);
  }
}

/// What an earlier run into the same folder left would be evidence of no case of this one.
void RunFolder::remove_earlier() const {
  auto const results = [this](std::string const& name) -> std::optional<std::string> {
    std::ifstream in(folder_ / name, std::ios::binary);
    if (name != "results.json" || !in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  if (auto const earlier = stored_run(results))
    for (auto const& files : artefacts(*earlier)) remove(files);
  std::error_code error;
  std::filesystem::remove(folder_ / baseline_name, error);
  for (auto const& entry : std::filesystem::directory_iterator(folder_, error))
    if (auto const name = entry.path().filename().string(); name.starts_with("peers") && name.ends_with(".jsonl"))
      std::filesystem::remove(entry.path(), error);
}

void RunFolder::renew(std::size_t index) {
  lines_[index] = case_json(run_, run_.cases[index], files_[index]);
  testcases_[index] = testcase_xml(run_, run_.cases[index], files_[index]);
}

void RunFolder::write_artefacts(std::size_t index, CaseResult const& result) const {
  if (!has_artefacts(result)) return;
  auto const& files = files_[index];
  auto const proof = witnesses(result);
  trace::CaptureOptions capture{.comment = result.info.id + " " + result.info.purpose};
  for (auto const event : proof) capture.remarks[event] = "witness: " + result.reason;
  write_file(folder_ / files.trace(), trace::save(result.trace));
  write_file(folder_ / files.capture(), trace::pcapng(result.trace, capture));
  write_file(folder_ / files.ladder(), case_ladder(result));
}

void RunFolder::finished(CaseResult const& result) {
  auto const index = static_cast<std::size_t>(&result - run_.cases.data());
  TOLLGATE_ASSERT(index < run_.cases.size());
  renew(index);
  write_results();
  write_extra(When::verdict);
}

std::string RunFolder::made(std::string_view kind, std::filesystem::path const& place) const {
  if (kind == "json") return results_json(run_, lines_, files_);
  if (kind == "junit") return junit_xml(run_, testcases_);
  return render(kind, run_, place);
}

void RunFolder::write_results() const {
  write_file(folder_ / "results.json", made("json"));
  write_file(folder_ / "junit.xml", made("junit"));
}

void RunFolder::write_extra(When when) const {
  for (auto const& report : extra_) {
    bool const is_wanted = when == When::end || (!report.is_step_summary && (when == When::start || format_of(report.kind)->follows));
    if (is_wanted) write(report, made(report.kind, report.path));
  }
}

void RunFolder::added() {
  write_all(When::verdict);
}

void RunFolder::complete() {
  write_all(When::end);
}

void RunFolder::write_all(When when) {
  files_ = artefacts(run_);
  for (auto added = lines_.size(); added < run_.cases.size(); ++added) write_artefacts(added, run_.cases[added]);  // found beside the plan
  lines_.resize(run_.cases.size());
  testcases_.resize(run_.cases.size());
  for (std::size_t i = 0; i < run_.cases.size(); ++i) renew(i);
  write_results();
  write_extra(when);
  write_file(folder_ / "index.html", html_page(run_));
  write_file(folder_ / "sut.toml", run_.sut_toml);
  write_file(folder_ / "tollgate.log", legible(run_.log));
}

void RunFolder::link_latest() const {
  auto const whole = std::filesystem::absolute(folder_).lexically_normal();
  auto const target = whole.has_filename() ? whole : whole.parent_path();
  auto const link = target.parent_path() / "latest";
  auto const temporary = beside(link);
  std::error_code error;
  std::filesystem::remove(temporary, error);
  std::filesystem::create_directory_symlink(target.filename(), temporary, error);
  if (!error) std::filesystem::rename(temporary, link, error);
  if (error) refuse(link, "cannot point to the run", error);
}

}  // namespace tollgate::reports
