#include "fuzz/campaign/trial.hpp"

#include <algorithm>

#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

/// The flow itself is under way, not only what lingers of it.
constexpr Duration flow_most = 5s;

class Trial {
 public:
  Trial(Ground const& ground, TrialOptions const& options)
      : options_(options), arena_(ground.clock, ground.network, ground.file, ground.flows, ground.seed) {}

  TrialResult play(std::span<Script const> scripts) {
    out_.unready = arena_.becomes_ready();
    if (!out_.unready.empty()) return std::move(out_);
    arena_.on_played = [this](Played played) { judge(std::move(played)); };
    for (auto const& script : scripts) {
      if (is_over()) break;
      arena_.start(script);
      wait([this] { return arena_.playing() < options_.side_by_side; }, flow_most);
    }
    wait([this] { return arena_.playing() == 0; }, flow_most);
    if (!is_over()) wait([] { return false; }, idle_time);  // what the last of them has set going
    if (options_.settles && !is_over()) wait([this] { return arena_.under_way() == 0; }, settle_most);
    look_at_server();
    return std::move(out_);
  }

 private:
  static constexpr Duration settle_most = 60s;

  void wait(std::function<bool()> const& done, Duration most) {
    arena_.wait([&] { return done() || is_over(); }, most);
  }

  [[nodiscard]] bool is_over() const {
    return !arena_.ended().empty() || was_interrupted() || (!options_.wanted.empty() && out_.has(options_.wanted));
  }

  void judge(Played played) {
    add(problems_in(played.result));
    out_.played.push_back(std::move(played));
  }

  void add(std::vector<Problem> problems) {
    for (auto& problem : problems) out_.problems.push_back(std::move(problem));
  }

  void look_at_server() {
    bool const alive = arena_.ended().empty() && (was_interrupted() || out_.has(options_.wanted) || arena_.answers());
    auto words = alive ? std::vector<Problem>() : arena_.last_words();
    arena_.cut_off();
    if (!alive)
      add(std::move(words));
    else if (options_.ends_server)
      add(arena_.ends());
    out_.output = arena_.output();
  }

  TrialOptions options_;
  TrialResult out_;
  Arena arena_;
};

}  // namespace

bool TrialResult::has(std::string_view bucket) const {
  return std::ranges::any_of(problems, [&](auto const& one) { return one.bucket == bucket; });
}

TrialOptions looking_for(std::string_view kind, std::string bucket) {
  bool const is_leak = kind == "leak", is_of_server = is_leak || kind == "crash" || kind == "hang";
  return {.wanted = std::move(bucket), .ends_server = is_leak, .settles = !is_of_server};
}

TrialResult try_out(Ground const& ground, std::span<Script const> scripts, TrialOptions const& options) {
  return Trial(ground, options).play(scripts);
}

}  // namespace tollgate::fuzz
