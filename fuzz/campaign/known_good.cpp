#include "fuzz/campaign/known_good.hpp"

#include <fmt/format.h>

#include "runner/interruption.hpp"

namespace tollgate::fuzz {

static constexpr std::string_view bucket_begin = "hang unchanged ";

std::string known_good_of(std::string_view bucket) {
  return bucket.starts_with(bucket_begin) ? std::string(bucket.substr(bucket_begin.size())) : "";
}

std::optional<Problem> KnownGood::fails(Arena& arena) const {
  constexpr unsigned times = 3;
  constexpr Duration flows_most = 5s;
  std::string because;
  for (unsigned i = 0; i < times; ++i) {
    if (!arena.has_users_for(1) || !arena.has_peer() || was_interrupted()) return std::nullopt;
    because = arena.does_not_pass(base_);
    if (because.empty() || !arena.answers()) return std::nullopt;
    arena.wait([&] { return arena.playing() == 0 || !arena.ended().empty() || was_interrupted(); }, flows_most);
  }
  return Problem{.kind = "hang",
                 .bucket = std::string(bucket_begin) + base_,
                 .says = fmt::format("the unchanged flow {} passes no more: {}", base_, because),
                 .report = {}};
}

}  // namespace tollgate::fuzz
