#pragma once
/// A part of a message that a finding does not need: a header field by its name, an AVP by its code, or octets, "120+40". How the
/// messages of a finding are made smaller.
#include <string>
#include <string_view>
#include <vector>

#include "trace/event.hpp"

namespace tollgate::fuzz {

[[nodiscard]] bool is_part(std::string_view word);

/// The message without it; the message itself where it has no such part. A Content-Length or Message Length that was right stays
/// right.
[[nodiscard]] std::string without(trace::Channel channel, std::string_view octets, std::string_view part);

/// The fields, or the AVPs, that can be named, each once.
[[nodiscard]] std::vector<std::string> parts_of(trace::Channel channel, std::string_view octets);

}  // namespace tollgate::fuzz
