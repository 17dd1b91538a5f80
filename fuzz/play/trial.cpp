#include "fuzz/play/trial.hpp"

#include <algorithm>
#include <iterator>

#include "fuzz/oracle/expected_answer.hpp"
#include "fuzz/oracle/growth.hpp"
#include "fuzz/play/known_good.hpp"
#include "fuzz/script/capabilities.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

/// The flow itself is under way, not only what lingers of it: behind what of it is latest.
Duration flow_most_of(std::span<Script const> scripts) {
  std::uint64_t latest = 0;
  for (auto const& script : scripts)
    for (auto const& change : script.changes)
      if (change.act == Change::Act::late) latest = std::max(latest, change.number);
  return 5s + std::chrono::milliseconds(latest);
}

/// AddressSanitizer keeps what is freed, which looks as if it grew.
SutFile keeps_nothing_back(SutFile file) {
  auto const options = file.env.find("ASAN_OPTIONS");
  if (options != file.env.end()) options->second += ":quarantine_size_mb=1";
  return file;
}

class Trial {
 public:
  Trial(Ground const& ground, TrialOptions const& options)
      : options_(options), is_running_already_(ground.file.launch.empty()),
        arena_(ground, options.in_rounds ? keeps_nothing_back(ground.file) : ground.file) {}

  TrialResult play(std::span<Script const> scripts) {
    if (is_running_already_) out_.unready = arena_.resets();  // as fresh as it can be
    auto const* const capabilities = change_of_capabilities(scripts);
    if (capabilities != nullptr) arena_.changes_capabilities(*capabilities);
    if (out_.unready.empty()) out_.unready = arena_.becomes_ready();
    if (!out_.unready.empty()) return std::move(out_);
    if (!arena_.has_users_for(1)) arena_.wears_users();
    arena_.on_played = [this](Played played) { judge(std::move(played)); };
    auto const known_good = options_.known_good.empty() ? std::nullopt : KnownGood::learnt(arena_, options_.known_good);
    if (known_good) out_.unchanged = known_good->played();
    if (options_.in_rounds)
      play_in_rounds(scripts);
    else
      for (unsigned round = 0; round < std::max(options_.rounds, 1U) && !is_over(); ++round) play_once(scripts);
    if (known_good && !is_over())
      if (auto problem = known_good->fails(arena_)) out_.problems.push_back(std::move(*problem));
    look_at_server();
    if (capabilities != nullptr) tells_capabilities(scripts.front());
    return std::move(out_);
  }

 private:
  void play_once(std::span<Script const> scripts) {
    auto const flow_most = flow_most_of(scripts);
    for (auto const& script : scripts) {
      wait([this] { return arena_.has_users_for(1); }, options_.settle_most);
      if (is_over() || !arena_.has_users_for(1)) break;
      arena_.start(script);
      wait([this] { return arena_.playing() < options_.side_by_side; }, flow_most);
    }
    wait([this] { return arena_.playing() == 0; }, flow_most);
    wait([this] { return !arena_.has_late_departures(); }, flow_most);  // a flow may have gone to its end before
    if (!is_over()) wait([] { return false; }, idle_time);  // what the last of them has set going
    look_at_strays();
    if (options_.settles && !is_over()) wait([this] { return arena_.under_way() == 0; }, options_.settle_most);
  }

  /// What is left of a flow says nothing of what the server keeps of those that have ended.
  void play_in_rounds(std::span<Script const> scripts) {
    std::vector<Script> round;
    for (std::size_t i = 0; i < times_in_round(scripts.size()); ++i) round.insert(round.end(), scripts.begin(), scripts.end());
    std::vector<Footprint> held;
    while (held.size() < growth_rounds && !is_over()) {
      play_once(round);
      auto const now = arena_.footprint();
      if (arena_.under_way() != 0 || !now) return;
      held.push_back(*now);
    }
    if (held.size() < growth_rounds) return;
    if (auto problem = growth_over(held, scripts.size())) out_.problems.push_back(std::move(*problem));
  }

  /// Where the server ended before any flow, they are all that can be told.
  void tells_capabilities(Script const& script) {
    out_.capabilities = arena_.changed_capabilities();
    if (out_.played.empty()) out_.played.push_back({.script = script, .result = {.trace = arena_.capabilities_exchange()}});
  }

  void wait(std::function<bool()> const& done, Duration most) {
    arena_.wait([&] { return done() || is_over(); }, most);
  }

  [[nodiscard]] bool is_over() const {
    return !arena_.ended().empty() || was_interrupted() || arena_.clock().now() >= options_.until ||
           (!options_.wanted.empty() && out_.has(options_.wanted));
  }

  void judge(Played played) {
    add(problems_in(played.result));
    if (options_.judges_answers) add(problems_of_answers(played.result.trace));
    constexpr std::ptrdiff_t kept_most = 500;  // a trace each: what shows a problem is among few
    if (std::ssize(out_.played) == 2 * kept_most) {
      out_.played.erase(out_.played.begin(), out_.played.begin() + kept_most);
      has_all_played_ = false;
    }
    out_.played.push_back(std::move(played));
    look_at_strays();
  }

  void add(std::vector<Problem> problems) {
    for (auto& problem : problems) out_.problems.push_back(std::move(problem));
  }

  /// Who was named in a message that is kept no more nobody can say.
  void look_at_strays() {
    if (has_all_played_) add(arena_.charges_for_nobody(out_.played));
  }

  void look_at_server() {
    look_at_strays();
    bool const alive = arena_.ended().empty() && (was_interrupted() || out_.has(options_.wanted) || arena_.answers());
    auto words = alive ? std::vector<Problem>() : arena_.last_words();
    arena_.cut_off();
    if (!out_.played.empty()) arena_.adds_charges_for_nobody(out_.played.back().result.trace);
    if (!alive)
      add(std::move(words));
    else if (options_.ends_server)
      add(arena_.ends());
    out_.output = arena_.output();
  }

  TrialOptions options_;
  bool is_running_already_;
  TrialResult out_;
  bool has_all_played_ = true;  ///< what has been played, and not only the last of it
  Arena arena_;
};

}  // namespace

bool TrialResult::has(std::string_view bucket) const {
  return find_problem(problems, bucket) != nullptr;
}

std::size_t usually_side_by_side(std::size_t flows) {
  constexpr std::size_t few = 8;
  return flows > few ? many_at_once : 1;
}

std::string TrialResult::step() const {
  trace::Trace const* last = nullptr;
  std::int64_t latest = 0;
  for (auto const& flow : played)
    if (auto const* const event = last_changed(flow.result.trace); event != nullptr && (last == nullptr || event->at_ns >= latest)) {
      last = &flow.result.trace;
      latest = event->at_ns;
    }
  return last == nullptr ? "" : step_of(*last);
}

TrialOptions looking_for(Problem const& problem, std::size_t side_by_side) {
  constexpr std::size_t in_a_round = 16;
  auto bucket = problem.bucket;
  if (bucket == growth_of_files || bucket == growth_of_memory)
    return {.wanted = std::move(bucket), .ends_server = false, .side_by_side = in_a_round, .in_rounds = true};
  auto known_good = known_good_of(bucket);
  return {.wanted = std::move(bucket),
          .judges_answers = problem.kind == misanswered,
          .ends_server = problem.kind == "leak" || problem.at_end,
          .side_by_side = side_by_side,
          .settles = !is_its_own_word(problem) && problem.kind != misanswered,
          .known_good = std::move(known_good)};
}

TrialResult try_out(Ground const& ground, std::span<Script const> scripts, TrialOptions const& options) {
  if (ground.lasting != nullptr && !ground.lasting->gone.empty())
    return {.problems = {}, .played = {}, .output = {}, .unready = ground.lasting->gone};
  return Trial(ground, options).play(scripts);
}

}  // namespace tollgate::fuzz
