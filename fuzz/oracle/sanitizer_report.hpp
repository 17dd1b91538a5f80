#pragma once
/// What a sanitizer said of a server, out of the server's output: AddressSanitizer, LeakSanitizer, UndefinedBehaviorSanitizer.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::fuzz {

struct SanitizerReport {
  std::string kind;                 ///< "heap-buffer-overflow", "leak", "runtime error"
  std::vector<std::string> frames;  ///< the functions of the server's own, innermost first, at most three
  std::string text;                 ///< the whole report
  /// The same bug has the same one: the frames. What a wild length or address makes of it, an overflow or a SEGV, is the day's luck.
  [[nodiscard]] std::string bucket() const;
};

/// The first report in it.
[[nodiscard]] std::optional<SanitizerReport> sanitizer_report(std::string_view output);
/// The same, and of one that tells leaks each direct one of the first, by where it was allocated.
[[nodiscard]] std::vector<SanitizerReport> sanitizer_reports(std::string_view output);

}  // namespace tollgate::fuzz
