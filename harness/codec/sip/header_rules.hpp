#pragma once
/// What the standards say of each header field we know: its grammar, how often it may stand, and where that is written.
#include <cstdint>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/name.hpp"

namespace tollgate::sip {

enum class Shape : std::uint8_t {
  once,    ///< one field, one value
  list,    ///< any number of fields, each a comma list (RFC 3261 7.3.1), none of whose elements is empty
  list_or_none,  ///< the same, or an empty value, which says "none"
  repeat,  ///< any number of fields, each with one value that may hold commas: challenges, credentials
};

struct HeaderRule {
  Name name = Name::unknown;
  Shape shape = Shape::once;
  /// Refuses a value (of a list: one element) that the grammar does not make.
  Parsed<void> (*check)(std::string_view value) = nullptr;
  std::string_view clause;  ///< "RFC 3261 20.8"
};

/// The rule of a name other than `unknown`.
[[nodiscard]] HeaderRule const& rule_of(Name name);

/// Refuses what the grammar of that name does not make: the whole value, lists included, and what its quotes and comments
/// hold. An unknown name allows any TEXT-UTF8. The clause is that of the name, also where several names share a grammar.
[[nodiscard]] Parsed<void> check_value(Name name, std::string_view value);

}  // namespace tollgate::sip
