#pragma once
/// The arguments of a run that choose its cases.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate {

/// One of `of` parts of a suite: the cases whose ids hash to it. The parts are disjoint and stay as they are when cases
/// are added.
struct Partition {
  std::uint64_t part = 1;  ///< from 1
  std::uint64_t of = 1;

  /// "hash:2/3"; nothing for anything else.
  [[nodiscard]] static std::optional<Partition> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool holds(std::string_view id) const;
};

struct Selection {
  std::vector<std::string> prefixes;  ///< "ORD", "DBT-0", or ids, "DBT-10", which choose their parts too, DBT-10b; empty for all
  std::string filter = "*";           ///< "ORD-*:DBT-0?-ORD-13": patterns joined by ':', negatives behind the first '-'
  std::string level = "may";          ///< weakest strength that runs: shall, should or may
  std::optional<Partition> partition = {};
  std::size_t repeat = 1;             ///< the whole selection, so many times over
  bool is_shuffled = false;           ///< in the order of the seed
};

/// As they stand behind `tollgate run`: "ORD --level shall"; "" where all cases are chosen, once, in the order of the suite.
[[nodiscard]] std::string arguments(Selection const& selection);

}  // namespace tollgate
