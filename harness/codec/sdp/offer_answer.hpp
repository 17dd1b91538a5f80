#pragma once
/// What an offer and its answer owe each other (RFC 3264 6, 8; RFC 4145 4.1 and RFC 6135 4.2 for a=setup of MSRP).
/// Each text alone is `judge`'s to read; here is only what the pair says, with offsets in the second text.
#include <optional>
#include <string_view>

#include "codec/judgement.hpp"
#include "codec/sdp/attributes.hpp"

namespace tollgate::sdp {

/// Judges what only an offer may not say: passive in a=setup of MSRP, or nothing or holdconn, which are read as if
/// there were nothing (RFC 6135 4.2).
[[nodiscard]] Judgement judge_offer(std::string_view offer);
/// Judges an answer beside the offer that it answers. An offer that cannot be read asks for nothing.
[[nodiscard]] Judgement judge_answer(std::string_view offer, std::string_view answer);
/// Judges the description that a side sends after another one in the same session (RFC 3264 8).
[[nodiscard]] Judgement judge_next(std::string_view previous, std::string_view next);

/// Whether a stream that is offered as the one may be answered as the other (RFC 3264 6.1).
[[nodiscard]] bool may_answer(Direction offered, Direction answered);
/// The same of a=setup (RFC 4145 4.1); an offer without it is active (RFC 4975 5.4).
[[nodiscard]] bool may_answer(std::optional<Setup> offered, Setup answered);

}  // namespace tollgate::sdp
