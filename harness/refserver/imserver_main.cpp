// imserver: the reference IM Server as a program. Prints "READY host:port", and "tls:host:port" behind it where it has that, once it listens; ends on SIGTERM or SIGINT.
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <random>

#include "base/command_line.hpp"
#include "refserver/server.hpp"
#include "transport/sockets.hpp"
#include "transport/tls.hpp"

namespace tollgate::refserver {

namespace {

struct Arguments {
  std::string sip = "127.0.0.1:5060";
  std::string sip_tls;
  std::string charging_enabler;
  std::string state;
  std::vector<std::string> faults;
  std::vector<std::string> auth;
  double clock_scale = 1;
  unsigned no_answer_s = 60;
  unsigned watchdog_s = 30;
  std::optional<std::uint64_t> seed;
  Config config;
};

constexpr int exit_usage = 64, exit_harness = 3;

void declare(CLI::App& app, Arguments& arguments) {
  auto& config = arguments.config;
  app.add_option("--sip", arguments.sip, "takes SIP here, UDP and TCP; port 0 means a free one")->capture_default_str();
  app.add_option("--sip-tls", arguments.sip_tls, "and here over TLS; port 0 means a free one");
  app.add_option("--ce", arguments.charging_enabler, "address of the Charging Enabler, tls:ADDRESS for TLS; it has to be said");
  add_words(app, "--binding", config.binding, {{"diameter", ch2::Binding::diameter}, {"http", ch2::Binding::http}},
            "of CH-2: diameter, or http for the documents of scenarios/ch2.xsd");
  app.add_option("--ch2-connections", config.charging_connections, "over HTTP, at most, with a request each; 0: any number")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  app.add_flag("--ch2-closes", config.charging_closes, "over HTTP: a connection for each request");
  app.add_option("--domain", config.domain)->capture_default_str();
  app.add_option("--origin-host", config.origin_host, "its DiameterIdentity")->capture_default_str();
  app.add_option("--origin-realm", config.origin_realm)->capture_default_str();
  app.add_option("--destination-realm", config.destination_realm)->capture_default_str();
  app.add_option("--service-context", config.service_context)->capture_default_str();
  app.add_option("--auth", arguments.auth, "digest: one PASSWORD for all, or user:secret, repeated");
  app.add_option("--msrps-prefix", config.msrps_prefix, "users whose part begins with this are offered MSRP over TLS");
  app.add_option("--auth-prefix", config.secured_prefix, "only users whose part begins with this are asked for credentials");
  app.add_option("--user-prefix", config.user_prefix, "user parts begin with this; others are unknown");
  app.add_option("--expires-least", config.expires_least, "seconds; a shorter registration is refused")->capture_default_str();
  app.add_flag("--100rel", config.reliable_provisional, "acknowledges reliable provisional responses");
  app.add_option("--watchdog", arguments.watchdog_s, "Tw in seconds, 6 at least (RFC 3539 3.4.1)")
      ->check(CLI::Range(6, 3600))
      ->capture_default_str();
  app.add_option("--no-answer", arguments.no_answer_s, "seconds from a provisional response to CANCEL")->capture_default_str();
  app.add_flag("--third-party-register", config.third_party_register, "an S-CSCF registers for its users");
  add_words(app, "--debit", config.profile.debit,
            {{"first", Debit::first}, {"each", Debit::each}, {"all", Debit::all}, {"pre", Debit::pre}},
            "when it debits: first, each, all, pre");
  add_words(app, "--credit", config.profile.credit, {{"ecur", Credit::ecur}, {"ecuru", Credit::ecuru}, {"split", Credit::split}},
            "credit model: ecur, ecuru, split");
  add_words(app, "--units", config.profile.units, {{"sent", Units::sent}, {"ok", Units::ok}, {"flat", Units::flat}},
            "what counts: sent, ok, flat");
  add_words(app, "--release", config.profile.release, {{"loose", Release::loose}, {"strict", Release::strict}},
            "BYE before the debit answer (loose) or after it (strict)");
  add_words(app, "--quota", config.profile.quota, {{"count", Quota::count}, {"any", Quota::any}, {"soft", Quota::soft}},
            "asks for as many units as there are messages (count), for one (any), or may use more than it is granted (soft)");
  app.add_flag("--table3", config.profile.takes_unknown_success, "a 2xxx that nobody knows is a success (RFC 8506 Table 3)");
  app.add_flag("--debit-4011", config.profile.debits_unlimited, "debits what 4011 has left free as well, in a session of its own");
  app.add_flag("--legacy-setup", config.profile.legacy_setup, "offers no a=setup and makes the MSRP connection (RFC 4975 5.4)");
  app.add_flag("--plain", config.profile.sends_plain, "sends no message/cpim to whom takes the message as it is");
  app.add_flag("--rcs", config.profile.names_of_rcs, "invites as rcse-standfw, referred by the sender");
  app.add_flag("--fail-open", config.profile.fails_open, "CCFH CONTINUE: goes on where the Charging Enabler fails (RFC 8506 5.7)");
  app.add_flag("--reserve-always", config.profile.reserves_always, "reserves at every registration, also when nothing waits (R-EVERY)");
  app.add_flag("--connects", config.connects, "makes the MSRP connection itself: offers a=setup:active");
  app.add_option("--chunk", config.chunk_octets, "octets of a chunk")->check(CLI::Range(1, 1 << 20))->capture_default_str();
  app.add_option("--clock-scale", arguments.clock_scale, "factor on every timer")->check(CLI::Range(0.001, 1000.0));
  app.add_option("--state", arguments.state, "a file: what is stored and which credit sessions are open outlive the program");
  app.add_option("--fault", arguments.faults,
                 "be wrong in this way, by id or name; D01 and so on are in builds of the preset defects only");
  app.add_option("--seed", arguments.seed, "of tags, branches and session ids")->check(decimal());
}

/// Why there is no such fault in this build; nothing if there is.
std::optional<std::string> switch_on(Config& config, std::string const& text) {
  if (auto const fault = find_fault(text)) {
    config.faults.insert(*fault);
    return std::nullopt;
  }
  auto const defect = defects::find_defect(text);
  if (!defect) return fmt::format("there is no fault '{}'", text);
  if (!defects::are_built)
    return fmt::format("{} is planted only in a build of the preset defects: cmake --workflow --preset defects",
                       defects::row(*defect).name);
  config.defects.plant(*defect);
  return std::nullopt;
}

/// Why the arguments cannot be used; nothing if they can.
std::optional<std::string> complete(Arguments& arguments) {
  if (arguments.charging_enabler.empty()) return "say where the Charging Enabler listens: --ce 127.0.0.1:3868";
  constexpr std::string_view over_tls = "tls:";
  bool const charging_tls = arguments.charging_enabler.starts_with(over_tls);
  auto const sip = Address::parse(arguments.sip);
  auto const sip_tls = Address::parse(arguments.sip_tls);
  auto const charging_enabler = Address::parse(std::string_view(arguments.charging_enabler).substr(charging_tls ? over_tls.size() : 0));
  if (!sip) return fmt::format("--sip {}: {}", arguments.sip, describe(sip.error()));
  if (!sip_tls && !arguments.sip_tls.empty()) return fmt::format("--sip-tls {}: {}", arguments.sip_tls, describe(sip_tls.error()));
  if (!charging_enabler) return fmt::format("--ce {}: {}", arguments.charging_enabler, describe(charging_enabler.error()));
  auto const is_ipv6 = [](Address const& address) { return address.host.contains(':'); };
  if (is_ipv6(*sip) != is_ipv6(*charging_enabler))  // it calls the one from the address of the other
    return fmt::format("--sip {} and --ce {} are of different IP versions", arguments.sip, arguments.charging_enabler);
  for (auto const& text : arguments.faults) {
    if (auto const why = switch_on(arguments.config, text)) return why;
  }
  auto& config = arguments.config;
  for (auto const& one : arguments.auth) {
    auto const colon = one.find(':');
    if (colon == std::string::npos)
      config.password = one;
    else
      config.secrets[one.substr(0, colon)] = one.substr(colon + 1);
  }
  config.sip = *sip;
  if (sip_tls) config.sip_tls = *sip_tls;
  config.charging_enabler = *charging_enabler;
  config.charging_tls = charging_tls;
  config.timers.no_answer = std::chrono::seconds(arguments.no_answer_s);
  config.timers.diameter_watchdog = std::chrono::seconds(arguments.watchdog_s);
  config.timers.scale(arguments.clock_scale);
  config.started_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  if (config.sip_tls || charging_tls) config.identity = TlsIdentity::around(config.started_at, Random(1), config.domain, TlsKeys::elliptic);
  return contradiction(config.profile);
}

int serve(Arguments const& arguments) {
  WallClock clock;
  SocketNetwork network(clock);
  bool ended = false;
  boost::asio::signal_set signals(clock.io(), SIGTERM, SIGINT);
  signals.async_wait([&](auto error, int) { ended = !error; });
  Server const server(clock, network, Random(arguments.seed.value_or(std::random_device{}())), arguments.config);
  fmt::print("READY {}{}\n", server.sip().text(), arguments.config.sip_tls ? " tls:" + server.sip_tls().text() : "");
  std::fflush(stdout);
  clock.run_until([&] { return ended; });
  return 0;
}

int refused(std::string const& why) {
  fmt::print(stderr, "imserver: {}; see `imserver --help`\n", why);
  return exit_usage;
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("imserver: the reference IM Server that tollgate judges itself with");
  declare(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return error.get_exit_code() == 0 ? app.exit(error) : refused(error.what());
  }
  if (auto const why = complete(arguments)) return refused(*why);
  try {
    if (!arguments.state.empty()) arguments.config.store = std::make_shared<Store>(arguments.state);
    return serve(arguments);
  } catch (std::runtime_error const& error) {
    fmt::print(stderr, "imserver: {}\n", error.what());
    return exit_harness;
  }
}

}  // namespace

}  // namespace tollgate::refserver

int main(int argc, char** argv) {
  return tollgate::refserver::run(argc, argv);
}
