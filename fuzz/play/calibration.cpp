#include "fuzz/play/calibration.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "fuzz/oracle/novelty.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

/// What a single message is made of; `nullopt` where the flow has sent none.
std::optional<Original> original_of(std::string base, trace::Trace const& trace) {
  auto const& events = trace.events();
  auto const sent = std::ranges::find_if(events, [](trace::Event const& event) {
    return event.kind == trace::Kind::message && event.channel == trace::Channel::sip && event.direction == trace::Direction::sent;
  });
  if (sent == events.end()) return std::nullopt;
  return Original{std::move(base), sent->octets, sent->local};
}

bool owes_watchdog(Problem const& problem) {
  return problem.says.starts_with(no_answer_to_watchdog);
}

/// How it ended is no problem of the flow then; what a report says is one, whoever brings it about.
std::string usual_end_in(TrialResult& seen) {
  std::string out;
  for (auto const& one : seen.problems)
    if (one.at_end && says_no_place(one)) out = one.bucket;
  std::erase_if(seen.problems, [](Problem const& one) { return one.at_end; });
  return out;
}

/// Why it does not; "" where it does.
std::string does_not_pass(TrialResult const& seen) {
  if (!seen.problems.empty()) return seen.problems.front().says;
  if (seen.played.empty()) return "it did not end";
  auto const& result = seen.played.front().result;
  return result.verdict == Verdict::pass ? "" : result.because;
}

}  // namespace

FlowProfile profile_of(std::string base, trace::Trace const& trace) {
  FlowProfile out{.base = std::move(base)};
  for (auto const& event : trace.events())
    if (event.kind == trace::Kind::message && event.direction == trace::Direction::sent && event.repeats == 0)
      ++out.sent.at(static_cast<std::size_t>(event.channel));
  return out;
}

Calibration calibrated(Ground const& ground, std::function<void(std::string const&)> const& says) {
  constexpr Duration quick_most = 2s;  // whoever is asked often may not take long
  Calibration out;
  auto now = ground;
  std::uint64_t number = 0;
  for (auto const& flow : ground.flows) {
    Script const script{.base = flow.name, .changes = {}, .number = ++number};
    bool const is_first = out.profiles.empty() && !ground.file.launch.empty();
    auto const play = [&] { return try_out(now, std::span(&script, 1), {.ends_server = is_first}); };
    auto seen = play();
    if (now.asks_watchdog && std::ranges::any_of(seen.problems, owes_watchdog)) {
      says("the server answers no DWR (RFC 6733 5.5.1): whether it lives OPTIONS alone say");
      now.asks_watchdog = out.answers_watchdog = false;
      seen = play();
    }
    out.why = seen.unready;
    if (!out.why.empty() || was_interrupted()) return out;
    now.has_served = true;
    if (is_first) out.usual_end = usual_end_in(seen);
    if (auto const because = does_not_pass(seen); !because.empty()) {
      says(fmt::format("the flow {} does not pass by itself and is left out: {}", flow.name, because));
      continue;
    }
    auto const& trace = seen.played.front().result.trace;
    out.profiles.push_back(profile_of(flow.name, trace));
    bool const is_quick = seen.played.front().result.duration <= quick_most;
    if (is_quick && (!out.known_good || flow.name == plain_push().name)) out.known_good = out.profiles.back();
    if (auto original = original_of(flow.name, trace)) out.originals.push_back(std::move(*original));
    out.features.merge(features_of(trace));
  }
  if (out.profiles.empty()) out.why = "no flow passes unchanged: there is nothing to build on. `tollgate run` says what is wrong";
  return out;
}

}  // namespace tollgate::fuzz
