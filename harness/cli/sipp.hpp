#pragma once
/// `--client sipp`: the SIPp of this machine, and the scenarios that it is to play.
#include <expected>
#include <string>

#include "cli/environment.hpp"
#include "runner/sipp_settings.hpp"

namespace tollgate::cli {

/// "3.6.1", of the SIPp on the path; or why that one does not do, with what to do about it.
[[nodiscard]] std::expected<std::string, std::string> sipp_version();
[[nodiscard]] std::expected<SippSettings, Refusal> load_sipp(Options const& options);

}  // namespace tollgate::cli
