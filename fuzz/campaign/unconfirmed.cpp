#include "fuzz/campaign/unconfirmed.hpp"

#include <fmt/format.h>

#include "reports/run_folder.hpp"

namespace tollgate::fuzz {

static std::filesystem::path folder_of(std::filesystem::path const& all, Problem const& problem, unsigned nth) {
  return all / fmt::format("{}-{}", problem.name(), nth);
}

bool Unconfirmed::has_been_tried(Problem const& problem) const {
  constexpr unsigned most = 3;
  auto const tries = tries_.find(problem.bucket);
  return tries != tries_.end() && tries->second >= most;
}

std::filesystem::path Unconfirmed::keep(Suspicion const& suspicion, ReproFile const& repro) {
  auto const& problem = suspicion.problem;
  remove_untried(problem);
  auto nth = ++tries_[problem.bucket];
  while (std::filesystem::exists(folder_of(folder_, problem, nth))) ++nth;  // of the campaign that this one goes on with
  auto folder = folder_of(folder_, problem, nth);
  std::filesystem::create_directories(folder);
  reports::write_file(folder / "repro.toml", to_toml(repro));
  if (!problem.report.empty()) reports::write_file(folder / "report.txt", problem.report);
  if (!suspicion.trace.empty()) reports::write_file(folder / "trace.jsonl", trace::save(suspicion.trace));
  if (repro.times == 0) take_up(problem, folder);
  return folder;
}

void Unconfirmed::remove_untried(Problem const& problem) {
  std::error_code is_no_matter;
  if (auto const untried = untried_.extract(problem.bucket)) std::filesystem::remove_all(untried.mapped(), is_no_matter);
}

void Unconfirmed::forget(Problem const& problem) {
  remove_untried(problem);
  std::error_code is_no_matter;
  if (tries_.erase(problem.bucket) > 0)
    for (unsigned nth = 1; std::filesystem::exists(folder_of(folder_, problem, nth), is_no_matter); ++nth)
      std::filesystem::remove_all(folder_of(folder_, problem, nth), is_no_matter);
  std::filesystem::remove(folder_, is_no_matter);  // where nothing else lies there
}

bool Unconfirmed::put_off(Suspicion suspicion) {
  if (!were_put_off_.insert(suspicion.problem.bucket).second) return false;
  constexpr std::size_t most = 16;
  if (put_off_.size() == most) put_off_.pop_front();
  put_off_.push_back(std::move(suspicion));
  return true;
}

bool Unconfirmed::has_share_of(Duration campaign) const {
  constexpr int share = 3;
  constexpr Duration usually = 90s;
  return !put_off_.empty() && (sought_ + usually) * share <= campaign;
}

std::optional<Suspicion> Unconfirmed::next() {
  if (put_off_.empty()) return std::nullopt;
  auto out = std::move(put_off_.front());
  put_off_.pop_front();
  return out;
}

}  // namespace tollgate::fuzz
