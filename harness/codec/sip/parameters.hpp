#pragma once
/// Parameters behind a header value or in a URI: *( SEMI name [ EQUAL value ] ) (RFC 3261 25.1 generic-param).
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"

namespace tollgate::sip {

struct Parameter {
  std::string_view name;
  std::optional<std::string_view> value;  ///< quoted strings keep their quotes
};

struct Parameters {
  std::vector<Parameter> list;

  /// The value of the first parameter of that name (case-insensitive); "" for a flag such as `lr`; nothing if absent.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }
};

/// `text` starts at a ";" (after optional white space) or is empty. A quoted value may hold any character.
[[nodiscard]] Parsed<Parameters> parse_parameters(std::string_view text);

}  // namespace tollgate::sip
