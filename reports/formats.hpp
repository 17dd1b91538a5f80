#pragma once
/// The kinds of report that one file holds: what `--report KIND=PATH` may name.
#include <span>
#include <string>
#include <string_view>

#include "runner/result.hpp"

namespace tollgate::reports {

struct Format {
  std::string_view kind;
  std::string (*render)(Run const& run);
  bool follows = false;  ///< it is replaced after every verdict, not only at the end
};

[[nodiscard]] std::span<Format const> formats();
/// Nothing where no format has that name.
[[nodiscard]] Format const* format_of(std::string_view kind);
/// "junit, json, html, text, sarif, tap, tap13 and github"
[[nodiscard]] std::string kinds();

}  // namespace tollgate::reports
