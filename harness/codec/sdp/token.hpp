#pragma once
/// token = 1*token-char, of which names and types of SDP are made (RFC 8866 9).
#include "base/char_set.hpp"

namespace tollgate::sdp {

inline constexpr CharSet token_set = CharSet::range('!', '~') - "\"(),/:;<=>?@[\\]";

}  // namespace tollgate::sdp
