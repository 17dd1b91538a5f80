#pragma once
/// What holds of every judgement of any text, whatever the protocol: where it points, and that it comes out again.
#include <string>
#include <string_view>

#include "codec/judgement.hpp"

namespace tollgate::fuzz {

/// Each diagnostic lies in the text, in order of offset, and has rule, clause and detail; what is not accepted says why.
void require_points_into(Judgement const& judgement, std::string_view text);
void require_same(Judgement const& once, Judgement const& again);

/// The judgement of `text` by `judge(text)`, held to both; the second time the text lies elsewhere in memory.
template <class Judge>
[[nodiscard]] Judgement judged(std::string_view text, Judge judge) {
  auto judgement = judge(text);
  require_points_into(judgement, text);
  std::string const copy(text);
  require_same(judgement, judge(std::string_view(copy)));
  return judgement;
}

}  // namespace tollgate::fuzz
