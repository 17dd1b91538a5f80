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

std::string sentence(Misanswer const& one) {
  return fmt::format("{}: {} is right, {} came", one.what, one.wanted, one.came);
}

}  // namespace

std::vector<Misanswer> misanswers_in(trace::Trace const& flow) {
  constexpr int final_status = 200;
  std::vector<Misanswer> out;
  for (auto const& event : flow.events()) {
    if (event.kind != trace::Kind::message || event.direction != trace::Direction::received || event.about == 0) continue;
    if (event.meaning.status < final_status || event.repeats != 0 || !was_changed(flow, flow.at(event.about))) continue;
    auto const judgement = rules::judgement(flow.at(event.about));
    auto const came = static_cast<std::uint32_t>(event.meaning.status);
    if (judgement.outcome != Outcome::reject || !judgement.answer || *judgement.answer == came) continue;
    if (!is_success(event.channel, came) && is_any_refusal(*judgement.answer)) continue;
    auto const why = std::ranges::find(judgement.diagnostics, Strength::must, &Diagnostic::strength);
    if (why == judgement.diagnostics.end()) continue;
    out.push_back(
        {.channel = event.channel, .what = fmt::format("{} ({})", why->rule, why->clause), .wanted = *judgement.answer, .came = came});
  }
  return out;
}

std::vector<Problem> problems_of_answers(trace::Trace const& flow) {
  std::vector<Problem> out;
  for (auto const& one : misanswers_in(flow)) {
    auto const says = fmt::format("{} {}", trace::to_string(one.channel), sentence(one));
    out.push_back({.kind = std::string(misanswered), .bucket = fmt::format("{} {}", misanswered, says), .says = says, .report = {}});
  }
  return out;
}

void Advisories::look(trace::Trace const& flow, std::uint64_t case_number) {
  constexpr std::size_t most = 1000;
  for (auto& one : misanswers_in(flow)) {
    if (all_.size() >= most && !all_.contains(one)) continue;
    auto& [times, first_case] = all_[std::move(one)];
    if (times++ == 0) first_case = case_number;
  }
}

std::string Advisories::text() const {
  std::vector<std::pair<Misanswer, Seen>> sorted(all_.begin(), all_.end());
  std::ranges::sort(sorted, std::ranges::greater(), [](auto const& one) { return one.second.times; });
  std::string out;
  for (auto const& [one, seen] : sorted)
    out +=
        fmt::format("{:>6} times  {:<4} {}; first in case {}\n", seen.times, trace::to_string(one.channel), sentence(one), seen.first_case);
  return out;
}

}  // namespace tollgate::fuzz
