#include "runner/secrets.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tollgate {

static bool tells_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 6> words{"password", "passwd", "secret", "token", "key", "credential"};
  auto const lowered = lower(name);
  return std::ranges::any_of(words, [&](auto word) { return lowered.contains(word); });
}

/// What tollgate fills in is no secret of the file, and a command needs it.
static std::string blank(std::string_view value) {
  std::string out = "***";
  for (std::string_view const hole : {"{user}", "{text}", "{charging}", "{state}"})
    if (value.contains(hole)) out += hole;
  return out;
}

/// "http://user:***@host": the password of a URI (RFC 3986 3.2.1); nothing where there is none.
static std::optional<std::string> without_password(std::string const& argument) {
  auto const authority = argument.find("://");
  if (authority == std::string::npos) return std::nullopt;
  auto const begin = authority + 3, end = std::min(argument.find_first_of("/?#", begin), argument.size());
  auto const at = std::string_view(argument).substr(0, end).rfind('@');
  auto const colon = argument.find(':', begin);
  if (at == std::string_view::npos || at < begin || colon >= at) return std::nullopt;
  return argument.substr(0, colon + 1) + blank(std::string_view(argument).substr(colon + 1, at - colon - 1)) + argument.substr(at);
}

std::vector<std::optional<std::string>> blanked(std::vector<std::string> const& arguments) {
  std::vector<std::optional<std::string>> out(arguments.size());
  bool is_value = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto const& argument = arguments[i];
    auto const name = std::string_view(argument).substr(0, argument.find('='));
    bool const has_value = name.size() < argument.size();
    if (is_value || (i > 0 && argument.find_first_of(" \t\r\n") != std::string::npos && tells_secret(argument)))
      out[i] = blank(argument);
    else if (has_value && tells_secret(name))
      out[i] = std::string(name) + "=" + blank(std::string_view(argument).substr(name.size()));
    else
      out[i] = without_password(argument);
    is_value = !is_value && !has_value && name.starts_with('-') && tells_secret(name);
  }
  return out;
}

}  // namespace tollgate
