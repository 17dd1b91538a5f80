#pragma once
/// A scenario that a user has written for SIPp, before SIPp reads it.
#include <optional>
#include <string>
#include <string_view>

#include "runner/file_error.hpp"

namespace tollgate {

/// What is wrong with its form: SIPp wants the XML declaration and <scenario>, whose first message for `what` is `first`, "send" or
/// "recv". Nothing where SIPp can be asked about the rest.
[[nodiscard]] std::optional<FileError> ill_formed_sipp_scenario(std::string const& file, std::string_view text, std::string_view first,
                                                                std::string_view what);

}  // namespace tollgate
