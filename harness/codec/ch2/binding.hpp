#pragma once
/// Octets of CH-2 in either binding: Diameter credit control, or documents over HTTP.
#include <cstdint>
#include <string_view>

#include "codec/diameter/message.hpp"
#include "codec/judgement.hpp"

namespace tollgate::ch2 {

enum class Binding : std::uint8_t { diameter, http };

/// By the first octet: Diameter begins with its version, HTTP with a letter.
[[nodiscard]] Binding binding_of(std::string_view octets);

/// The Diameter message, or the CCR or CCA that says what the document in an HTTP message says. Offsets count from the start of
/// the octets. An HTTP message without a document, as a 408 may be, is refused.
[[nodiscard]] Parsed<diameter::Message> read_message(std::string_view octets);

/// Every deviation from the standards of the binding; `answer` is a Result-Code over Diameter, an HTTP status over HTTP.
[[nodiscard]] Judgement judge(std::string_view octets);
/// The same where somebody knows the binding.
[[nodiscard]] Judgement judge(std::string_view octets, Binding binding);

}  // namespace tollgate::ch2
