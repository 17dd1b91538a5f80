#include "cli/embedded.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/environment.hpp"
#include "runner/reference_sut.hpp"

namespace tollgate::cli {

SutFile embedded_server(Options const& options) {
  SutFile sut;
  sut.name = "reference IM server";
  if (!options.faults.empty()) sut.name += fmt::format(" with {}", fmt::join(options.faults, ", "));
  sut.ready = "READY";
  sut.says_address = true;
  sut.ixit = reference_sut::ixit();
  auto const& ways = options.ways;
  auto const free_port = Address{ways.host(), 0}.text();
  constexpr int least_watchdog = 6;  // RFC 3539 3.4.1: what has the Diameter connection for itself waits for it several times
  if (!options.sim) sut.ixit.diameter_watchdog = std::chrono::seconds(least_watchdog);
  sut.launch = {options.imserver.empty() ? program_folder() + "/imserver" : options.imserver,
                "--sip",
                free_port,
                "--sip-tls",
                free_port,
                "--ce",
                ways.ch2 == trace::Transport::tls ? "tls:{charging}" : "{charging}",
                "--auth",
                sut.ixit.password,
                "--auth-prefix",
                std::string(reference_sut::secured_prefix),
                "--msrps-prefix",
                std::string(reference_sut::msrps_prefix),
                "--user-prefix",
                std::string(reference_sut::user_prefix),
                "--100rel",
                "--third-party-register",
                "--watchdog",
                fmt::format("{}", least_watchdog),
                "--clock-scale",
                fmt::format("{}", options.timeout_scale)};
  sut.claims = claims_over(ways.binding);
  sut.ixit.sip_transport = ways.sip;
  sut.ixit.binding = ways.binding;
  sut.ixit.ch2_transport = ways.ch2;
  sut.charging.host = sut.ixit.bind = ways.host();
  if (ways.binding == ch2::Binding::http) sut.launch.insert(sut.launch.end(), {"--binding", "http"});
  sut.launch.insert(sut.launch.end(), {"--state", "{state}"});
  for (auto const& fault : options.faults) sut.launch.insert(sut.launch.end(), {"--fault", fault});
  return sut;
}

}  // namespace tollgate::cli
