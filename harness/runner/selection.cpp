#include "runner/selection.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/random.hpp"
#include "base/text.hpp"

namespace tollgate {

static constexpr std::string_view by_hash = "hash:";

std::optional<Partition> Partition::parse(std::string_view text) {
  auto const slash = text.find('/');
  if (!text.starts_with(by_hash) || slash == std::string_view::npos) return std::nullopt;
  auto const part = to_number<std::uint64_t>(text.substr(by_hash.size(), slash - by_hash.size()));
  auto const of = to_number<std::uint64_t>(text.substr(slash + 1));
  if (!part || !of || *part < 1 || *part > *of) return std::nullopt;
  return Partition{*part, *of};
}

std::string Partition::text() const {
  return fmt::format("{}{}/{}", by_hash, part, of);
}

bool Partition::holds(std::string_view id) const {
  return hash_of(id) % of + 1 == part;
}

std::string arguments(Selection const& selection) {
  Selection const all;
  auto words = selection.prefixes;
  if (selection.filter != all.filter) words.push_back("--filter " + selection.filter);
  if (selection.level != all.level) words.push_back("--level " + selection.level);
  if (selection.partition) words.push_back("--partition " + selection.partition->text());
  if (selection.repeat != all.repeat) words.push_back(fmt::format("--repeat {}", selection.repeat));
  if (selection.is_shuffled) words.emplace_back("--shuffle");
  return fmt::format("{}", fmt::join(words, " "));
}

}  // namespace tollgate
