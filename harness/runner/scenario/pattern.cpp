#include "runner/scenario/pattern.hpp"

#include <array>

namespace tollgate {

void Pattern::Free::operator()(regex_t* compiled) const {
  regfree(compiled);
  delete compiled;
}

std::expected<Pattern, std::string> Pattern::compile(std::string const& text) {
  auto compiled = std::make_unique<regex_t>();
  // The whole value: anchors around the alternatives of the text.
  if (int const error = regcomp(compiled.get(), ("^(" + text + ")$").c_str(), REG_EXTENDED); error != 0) {
    std::array<char, 160> why{};
    regerror(error, compiled.get(), why.data(), why.size());
    return std::unexpected(std::string(why.data()));
  }
  Pattern out;
  out.compiled_.reset(compiled.release());
  return out;
}

bool Pattern::fits(std::string_view value) const {
  constexpr std::size_t most = std::size_t{64} << 10;
  if (value.size() > most) return false;
  std::array<regmatch_t, 1> range{};
  range[0].rm_eo = static_cast<regoff_t>(value.size());
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): REG_STARTEND says where it ends
  return regexec(compiled_.get(), value.data(), range.size(), range.data(), REG_STARTEND) == 0 && range[0].rm_so == 0 &&
         range[0].rm_eo == static_cast<regoff_t>(value.size());
}

}  // namespace tollgate
