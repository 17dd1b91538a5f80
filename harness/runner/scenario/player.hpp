#pragma once
/// Plays one flow of a scenario on a bed.
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runner/bed.hpp"
#include "runner/push_state.hpp"
#include "runner/scenario/names.hpp"
#include "runner/scenario/scenario.hpp"

namespace tollgate {

class Player {
 public:
  Player(Flow const& flow, Bed& bed) : flow_(flow), bed_(bed), names_(bed) {}
  Task<void> play();

 private:
  // What we do: play_stimuli.cpp.
  Task<void> run(step::Deposit const& s);
  Task<void> run(step::Given const& s);
  Task<void> run(step::Send const& s);
  Task<void> run(step::Answer const& s);
  Task<void> run(step::Repeat const& s);
  Task<void> run(step::Alone const& s);
  Task<void> run(step::Scripts const& s);
  Task<void> run(step::Client const& s);
  Task<void> run(step::Connect const& s);
  Task<void> run(step::Close const& s);
  Task<void> run(step::Resume const& s);
  Task<void> run(step::Restart const& s);
  Task<void> run(step::Measure const& s);
  Task<void> run(step::Wait const& s);
  // What must come: play_expectations.cpp, and what must hold of it: play_checks.cpp.
  Task<void> run(step::Expect const& s);
  Task<void> run(step::Unordered const& s);
  Task<void> run(step::Silence const& s);
  Task<void> run(step::Check const& s);
  Task<void> run(step::Distinct const& s);
  Task<void> run(step::Count const& s);
  Task<void> run(step::Sum const& s);
  Task<void> run(step::Skip const& s);
  Task<void> run(step::Delivered const& s);
  Task<void> run(step::Copies const& s);
  Task<void> run(step::Completes const& s);
  Task<void> run(step::Probe const& s);

  void script_answers();
  void name_all(std::string const& role, Reached const& reached);
  Task<void> expect(step::Expect const& s, Duration within);
  Task<void> expect_copy(step::Expect const& s, Duration within);
  [[nodiscard]] bool had_closed(std::string const& role, trace::EventId event) const;
  void require_units(char const* what, std::uint64_t wanted, Received const& item, std::optional<std::uint64_t> got) const;
  [[nodiscard]] std::vector<std::string> values_of(trace::EventId event, std::string const& field) const;
  void check_message(step::Check const& s, trace::EventId event, std::set<std::string>& all) const;
  /// Of the values of all its messages.
  void check_all(step::Check const& s, std::set<std::string> const& all, std::vector<trace::EventId> const& events) const;
  void check_series(step::Check const& s, std::vector<trace::EventId> const& events) const;
  /// Why that value does not do; nothing when it does.
  [[nodiscard]] std::optional<std::string> misses(step::Check const& s, std::string const& value) const;
  void require_delivered(step::Delivered const& s, std::vector<trace::EventId> const& sends) const;
  [[nodiscard]] std::uint64_t units(step::Sum const& s, std::vector<trace::EventId>& events) const;
  /// The duration, less what has passed since the named message.
  [[nodiscard]] Duration left(std::string const& duration, std::string const& since) const;
  [[nodiscard]] bool counts(step::Axes const& profile) const;
  /// The events of this flow that were received by that actor and are called that, repetitions apart.
  [[nodiscard]] std::vector<trace::EventId> heard(std::string const& by, std::string const& label, bool copies = false) const;

  Flow const& flow_;
  Bed& bed_;
  Names names_;
  trace::EventId last_copy_ = 0;  ///< of `copy-of`
};

}  // namespace tollgate
