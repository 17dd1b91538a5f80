#pragma once
/// What no fresh server has shown again: nothing that a report may claim, and yet something to look at, and to seek anew.
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "fuzz/campaign/case_journal.hpp"
#include "fuzz/finding/confirm.hpp"
#include "fuzz/finding/repro_file.hpp"
#include "sim/clock.hpp"

namespace tollgate::fuzz {

class Unconfirmed {
 public:
  /// Folders lie under `out`/unconfirmed.
  explicit Unconfirmed(std::filesystem::path out) : folder_(std::move(out) / unconfirmed_folder) {}

  [[nodiscard]] std::size_t problems() const { return tries_.size(); }
  /// It has been tried so often that it is let be.
  [[nodiscard]] bool has_been_tried(Problem const& problem) const;
  /// One more try was in vain, or, where `repro` was played 0 times, none could be made: the folder that says what was, or is to be, tried.
  /// Throws reports::ReportError.
  std::filesystem::path keep(Suspicion const& suspicion, ReproFile const& repro);
  /// An earlier part of the campaign has left it there and could not try it: it lies there until it is kept or forgotten.
  void take_up(Problem const& problem, std::filesystem::path folder) { untried_[problem.bucket] = std::move(folder); }
  /// It has been shown after all: its folders are removed.
  void forget(Problem const& problem);

  /// To be sought thoroughly later, each problem once: false where it has been. Of very many the oldest are dropped: their folders stay.
  [[nodiscard]] bool put_off(Suspicion suspicion);
  /// Seeking thoroughly has its share of the time that the campaign has taken.
  [[nodiscard]] bool has_share_of(Duration campaign) const;
  void sought_for(Duration time) { sought_ += time; }
  /// The oldest that was put off; nothing where none is left.
  [[nodiscard]] std::optional<Suspicion> next();

 private:
  void remove_untried(Problem const& problem);

  std::filesystem::path folder_;
  std::map<std::string, unsigned> tries_;  ///< by bucket
  std::map<std::string, std::filesystem::path> untried_;  ///< by bucket
  std::deque<Suspicion> put_off_;
  std::set<std::string> were_put_off_;  ///< by bucket
  Duration sought_{};
};

}  // namespace tollgate::fuzz
