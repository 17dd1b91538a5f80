#pragma once
/// The encapsulated part of a message/cpim: its MIME headers, and a notification (RFC 3862 2, RFC 5438 7.2.1).
#include <cstddef>
#include <string_view>

#include "codec/cpim/message.hpp"
#include "codec/deviations.hpp"

namespace tollgate::cpim {

/// Notes LF alone at the end of a line that stands at `offset`.
void judge_line_end(std::string_view raw, std::size_t offset, Deviations& found);

/// `offset` is that of the first header of the content.
void judge_content(Message const& message, std::size_t offset, Deviations& found);

}  // namespace tollgate::cpim
