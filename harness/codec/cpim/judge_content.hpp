#pragma once
/// The encapsulated part of a message/cpim: its MIME headers, and a notification (RFC 3862 2, RFC 5438 7.2.1).
#include <cstddef>

#include "codec/cpim/message.hpp"
#include "codec/deviations.hpp"

namespace tollgate::cpim {

/// `offset` is that of the first header of the content.
void judge_content(Message const& message, std::size_t offset, Deviations& found);

}  // namespace tollgate::cpim
