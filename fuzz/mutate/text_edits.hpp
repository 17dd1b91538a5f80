#pragma once
/// The mutations that every protocol of lines shares, each on the fields of a message. False where it does not apply.
#include <string_view>

#include "fuzz/mutate/text_message.hpp"

namespace tollgate::fuzz {

using Edit = bool (*)(TextMessage& message, Random& random);

[[nodiscard]] bool drop_field(TextMessage& message, Random& random);
[[nodiscard]] bool double_field(TextMessage& message, Random& random);
[[nodiscard]] bool swap_fields(TextMessage& message, Random& random);
[[nodiscard]] bool empty_value(TextMessage& message, Random& random);
[[nodiscard]] bool fold_value(TextMessage& message, Random& random);
[[nodiscard]] bool nul_in_value(TextMessage& message, Random& random);
[[nodiscard]] bool bad_utf8(TextMessage& message, Random& random);
[[nodiscard]] bool long_value(TextMessage& message, Random& random);
[[nodiscard]] bool overflow_number(TextMessage& message, Random& random);
[[nodiscard]] bool negative_number(TextMessage& message, Random& random);
[[nodiscard]] bool no_number(TextMessage& message, Random& random);
[[nodiscard]] bool edge_number(TextMessage& message, Random& random);
[[nodiscard]] bool truncate_quoted(TextMessage& message, Random& random);
[[nodiscard]] bool break_escape(TextMessage& message, Random& random);
[[nodiscard]] bool break_brackets(TextMessage& message, Random& random);
[[nodiscard]] bool change_case(TextMessage& message, Random& random);
[[nodiscard]] bool lose_colon(TextMessage& message, Random& random);
[[nodiscard]] bool space_before_colon(TextMessage& message, Random& random);
[[nodiscard]] bool bare_lf(TextMessage& message, Random& random);

/// A field of `second` in place of the one of the same name, or behind all.
[[nodiscard]] bool take_field_of(TextMessage& message, TextMessage const& second, Random& random);

/// The fields in whose length the framing of a stream lies are not touched by the edits above.
[[nodiscard]] bool frames(std::string_view field);

}  // namespace tollgate::fuzz
