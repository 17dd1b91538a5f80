#include "cli/serve.hpp"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>
#include <random>

#include "cli/commands.hpp"
#include "transport/address.hpp"

namespace tollgate::cli {

/// 128 bits that nobody guesses.
static std::string fresh_token() {
  std::random_device device;
  std::string out;
  for (int i = 0; i < 4; ++i) out += fmt::format("{:08x}", device());
  return out;
}

std::expected<std::optional<reports::LiveServer::Settings>, Refusal> serve_settings(Options const& options) {
  if (options.serve.empty()) return std::nullopt;
  auto const at = Address::parse(options.serve);
  boost::system::error_code error;
  auto const address = at ? boost::asio::ip::make_address(at->host, error) : boost::asio::ip::address();
  if (!at || error)
    return std::unexpected(
        Refusal{exit_usage, fmt::format("--serve {}: an IP address and a port are expected, like 127.0.0.1:8080", options.serve)});
  return reports::LiveServer::Settings{.host = at->host, .port = at->port, .token = address.is_loopback() ? "" : fresh_token()};
}

}  // namespace tollgate::cli
