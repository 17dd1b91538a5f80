#include "fuzz/oracle/expected_answer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "rules/deviations.hpp"

namespace tollgate::fuzz {

namespace {

bool is_success(trace::Channel channel, std::uint32_t status) {
  constexpr std::uint32_t class_of_status = 100, class_of_result = 1000;
  return status / (channel == trace::Channel::ch2 ? class_of_result : class_of_status) == 2;
}

/// The server answers by a code of its own: a server that is strict in another way, or that does not know whom it is for, does too.
bool is_any_refusal(std::uint32_t wanted) {
  constexpr std::uint32_t bad_request = 400;
  return wanted == bad_request;
}

bool was_changed(trace::Trace const& flow, trace::Event const& sent) {
  return sent.id > 1 && sent.direction == trace::Direction::sent && flow.at(sent.id - 1).kind == trace::Kind::tampered;
}

}  // namespace

void Advisories::look(trace::Trace const& flow, std::uint64_t case_number) {
  constexpr std::size_t most = 1000;
  constexpr int final_status = 200;
  for (auto const& event : flow.events()) {
    if (event.kind != trace::Kind::message || event.direction != trace::Direction::received || event.about == 0) continue;
    if (event.meaning.status < final_status || event.repeats != 0 || !was_changed(flow, flow.at(event.about))) continue;
    auto const judgement = rules::judgement(flow.at(event.about));
    auto const got = static_cast<std::uint32_t>(event.meaning.status);
    if (judgement.outcome != Outcome::reject || !judgement.answer || *judgement.answer == got) continue;
    if (!is_success(event.channel, got) && is_any_refusal(*judgement.answer)) continue;
    auto const why = std::ranges::find(judgement.diagnostics, Strength::must, &Diagnostic::strength);
    if (why == judgement.diagnostics.end()) continue;
    Key const key{event.channel, fmt::format("{} ({})", why->rule, why->clause), *judgement.answer, got};
    if (all_.size() >= most && !all_.contains(key)) continue;
    auto& [times, first_case] = all_[key];
    if (times++ == 0) first_case = case_number;
  }
}

std::string Advisories::text() const {
  std::vector<std::pair<Key, Seen>> sorted(all_.begin(), all_.end());
  std::ranges::sort(sorted, std::ranges::greater(), [](auto const& one) { return one.second.times; });
  std::string out;
  for (auto const& [key, seen] : sorted) {
    auto const& [channel, what, wanted, got] = key;
    out += fmt::format("{:>6} times  {:<4} {}: {} is right, {} came; first in case {}\n", seen.times, trace::to_string(channel), what,
                       wanted, got, seen.first_case);
  }
  return out;
}

}  // namespace tollgate::fuzz
