#pragma once
/// What a case, a step or a rule concludes.
#include <cstdint>
#include <string_view>

namespace tollgate {

/// Worsens only (TTCN-3), but for `na` and `known`, which a plan decides. `error` is the harness's own fault.
enum class Verdict : std::uint8_t { none, pass, inconc, fail, error, na, known };
[[nodiscard]] std::string_view to_string(Verdict verdict);
/// The worse of two verdicts out of none, pass, inconc, fail, error.
[[nodiscard]] Verdict worse(Verdict a, Verdict b);

}  // namespace tollgate
