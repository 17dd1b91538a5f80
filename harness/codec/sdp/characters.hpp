#pragma once
/// Character classes of RFC 8866 9.
#include "base/char_set.hpp"

namespace tollgate::sdp {

inline constexpr CharSet digit_set = CharSet::range('0', '9');
inline constexpr CharSet alphanum_set = digit_set | CharSet::range('a', 'z') | CharSet::range('A', 'Z');
/// token = 1*token-char, of which names and types are made
inline constexpr CharSet token_set = CharSet::range('!', '~') - "\"(),/:;<=>?@[\\]";

}  // namespace tollgate::sdp
