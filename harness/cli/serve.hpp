#pragma once
/// --serve ADDRESS: where the live view of a run is served, and to whom.
#include <expected>
#include <optional>

#include "cli/environment.hpp"
#include "reports/live/live_server.hpp"

namespace tollgate::cli {

/// Nothing without --serve. Anywhere but on loopback a token of this run's own is asked for, which the address that is printed has.
[[nodiscard]] std::expected<std::optional<reports::LiveServer::Settings>, Refusal> serve_settings(Options const& options);

}  // namespace tollgate::cli
