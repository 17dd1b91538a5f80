#pragma once
/// The header fields of an MSRP message, each for itself: form, value, and whether it may stand twice.
#include <cstdint>
#include <optional>

#include "codec/deviations.hpp"
#include "codec/msrp/index.hpp"

namespace tollgate::msrp {

/// Notes in `found` what deviates; `refusal` is what a receiver would answer that refuses the message for it.
void judge_fields(Index const& index, std::optional<std::uint32_t> refusal, Deviations& found);

}  // namespace tollgate::msrp
