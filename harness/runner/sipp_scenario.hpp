#pragma once
/// A scenario that a user has written for SIPp, before SIPp reads it.
#include <optional>
#include <string>
#include <string_view>

#include "runner/file_error.hpp"

namespace tollgate {

/// With what it has to begin.
struct FirstMessage {
  std::string method;
  bool is_ours = false;  ///< SIPp sends it; else it waits for it
};

/// What is wrong with its form: SIPp wants the XML declaration and <scenario>, and its first message is the one that tollgate asks
/// for. Nothing where SIPp can be asked about the rest.
[[nodiscard]] std::optional<FileError> ill_formed_sipp_scenario(std::string const& file, std::string_view text, FirstMessage const& first);

}  // namespace tollgate
