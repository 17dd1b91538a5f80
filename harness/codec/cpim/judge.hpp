#pragma once
/// What is wrong with a message/cpim and what its receiver has to make of it (RFC 3862, RFC 5438).
#include <string_view>

#include "codec/judgement.hpp"

namespace tollgate::cpim {

/// `answer` stays empty: it is for the protocol that carries the message.
[[nodiscard]] Judgement judge(std::string_view octets);

}  // namespace tollgate::cpim
