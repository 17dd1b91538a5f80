#include "fuzz/play/known_good.hpp"

#include <array>
#include <fmt/format.h>

#include "fuzz/play/calibration.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

static constexpr std::string_view bucket_begin = "hang unchanged ";

std::string known_good_of(std::string_view bucket) {
  return bucket.starts_with(bucket_begin) ? std::string(bucket.substr(bucket_begin.size())) : "";
}

std::optional<KnownGood> KnownGood::learnt(Arena& arena, std::string const& base) {
  auto const result = arena.plays_unchanged(base);
  if (!result || result->verdict != Verdict::pass) return std::nullopt;
  KnownGood out(profile_of(base, result->trace));
  out.played_ = Played{.script = {.base = base, .changes = {}}, .result = *result};
  return out;
}

std::string KnownGood::does_not_pass(Arena& arena) const {
  auto const result = arena.plays_unchanged(expected_.base);
  if (!result) return "it did not end in 5 s";
  if (result->verdict != Verdict::pass) return result->because;
  auto const seen = profile_of(expected_.base, result->trace);
  constexpr std::array channels{"SIP", "MSRP", "CH-2"};  // by trace::Channel
  for (std::size_t i = 0; i < channels.size(); ++i)
    if (expected_.sent.at(i) > 0 && seen.sent.at(i) == 0) return fmt::format("nothing crosses {}", channels.at(i));
  return "";
}

std::optional<Problem> KnownGood::fails(Arena& arena) const {
  constexpr unsigned times = 3;
  constexpr Duration flows_most = 5s;
  std::string because;
  for (unsigned i = 0; i < times; ++i) {
    if (!arena.has_users_for(1) || !arena.has_peer() || was_interrupted()) return std::nullopt;
    because = does_not_pass(arena);
    if (because.empty() || was_interrupted() || !arena.answers()) return std::nullopt;
    arena.wait([&] { return arena.playing() == 0 || !arena.ended().empty() || was_interrupted(); }, flows_most);
  }
  return Problem{.kind = "hang",
                 .bucket = std::string(bucket_begin) + expected_.base,
                 .says = fmt::format("the unchanged flow {} passes no more: {}", expected_.base, because),
                 .report = {}};
}

}  // namespace tollgate::fuzz
