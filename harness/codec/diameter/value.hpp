#pragma once
/// Whether the data of an AVP is a value of its type (RFC 6733 4.2, 4.3).
#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/diameter/rules.hpp"

namespace tollgate::diameter {

struct ValueError {
  std::size_t at = 0;        ///< in the data
  std::uint32_t answer = 0;  ///< Result-Code: 5004 or 5014
  std::string_view clause;
  std::string_view detail;
};

/// A Time counts seconds from 1900-01-01: so many had gone by when 1970 began (RFC 6733 4.3.1).
inline constexpr std::int64_t time_of_1970 = 2'208'988'800;

/// Of every type but Grouped, whose members are AVPs again.
[[nodiscard]] std::optional<ValueError> check_value(AvpRule const& rule, std::string_view data);

}  // namespace tollgate::diameter
