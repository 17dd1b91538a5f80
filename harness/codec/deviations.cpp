#include "codec/deviations.hpp"

#include <algorithm>
#include <utility>

namespace tollgate {

static int weight(Outcome outcome) {
  switch (outcome) {
    case Outcome::accept: return 0;
    case Outcome::either: return 1;
    case Outcome::reject: return 2;
  }
  return 0;
}

void Deviations::weigh(Outcome outcome, std::optional<std::uint32_t> answer) {
  bool const decides = weight(outcome) > weight(judgement_.outcome);
  if (decides) judgement_.outcome = outcome;
  bool const is_accepted = judgement_.outcome == Outcome::accept;
  if (decides || (is_accepted && !judgement_.answer)) judgement_.answer = answer;
}

void Deviations::note(Diagnostic deviation, Outcome outcome, std::optional<std::uint32_t> answer) {
  weigh(outcome, answer);
  insert(std::move(deviation));
}

void Deviations::insert(Diagnostic deviation) {
  auto& all = judgement_.diagnostics;
  all.insert(std::ranges::upper_bound(all, deviation.offset, {}, &Diagnostic::offset), std::move(deviation));
}

void Deviations::note(ParseError const& error, Outcome outcome, std::optional<std::uint32_t> answer, std::size_t size) {
  note({.offset = error.offset,
        .size = size,
        .rule = error.rule,
        .clause = error.clause,
        .strength = Strength::must,
        .detail = std::string(error.detail)},
       outcome, answer);
}

void Deviations::note(Judgement&& part, std::size_t base, std::optional<std::uint32_t> answer) {
  if (part.diagnostics.empty()) return;
  weigh(part.outcome, part.outcome == Outcome::accept ? std::nullopt : answer);
  for (auto& deviation : part.diagnostics) {
    deviation.offset += base;
    insert(std::move(deviation));
  }
}

Judgement Deviations::take() && {
  return std::move(judgement_);
}

}  // namespace tollgate
