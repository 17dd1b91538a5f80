#include "runner/sut_file.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "codec/msrp/uri.hpp"
#include "codec/sip/uri.hpp"
#include "runner/axes.hpp"
#include "runner/duration_expression.hpp"
#include "runner/toml_table.hpp"

namespace tollgate {

namespace {

void text(TomlTable& table, char const* key, std::string& value) {
  if (auto const read = table.text(key)) value = *read;
}

/// A text without which nothing works.
void word(TomlTable& table, char const* key, std::string& value) {
  text(table, key, value);
  if (value.empty()) table.refuse(key, fmt::format("{} is empty; leave the key out for the default", table.full(key)));
}

/// A name that may stand behind the @ of a URI, and as a DiameterIdentity: what is none would make our own messages wrong.
void host_name(TomlTable& table, char const* key, std::string& value) {
  word(table, key, value);
  auto const whole = "sip:user@" + value;
  auto const uri = sip::parse_uri(whole);
  if (!uri || uri->host != value)
    table.refuse(key, fmt::format("{} is a host name like \"ims.example\", not \"{}\"", table.full(key), value));
}

void choice(TomlTable& table, char const* key, std::string& value, std::vector<std::string> const& allowed) {
  auto const read = table.text(key);
  if (!read) return;
  value = *read;
  if (std::ranges::find(allowed, value) != allowed.end()) return;
  auto words = allowed;
  std::erase(words, "");  // as good as no key
  table.refuse(key, fmt::format("{} is one of {}, not \"{}\"", table.full(key), fmt::join(words, ", "), value));
}

/// A timer of the SUT, or how long we watch it: times closer than epsilon say nothing, so a shorter one could prove nothing.
void duration(TomlTable& table, char const* key, Duration& value) {
  auto const read = table.text(key, "a string like \"30s\"");
  if (!read) return;
  auto const parsed = read_plain_duration(*read);
  if (!parsed) table.refuse(key, fmt::format("{}: \"{}\" is no duration: {}", table.full(key), *read, parsed.error().detail));
  constexpr Duration least = 40ms, most = 1h;
  if (*parsed < least || *parsed > most)
    table.refuse(
        key, fmt::format("{}: \"{}\" is out of range: from \"40ms\" to \"1h\"; leave the key out for the default", table.full(key), *read));
  value = *parsed;
}

/// "127.0.0.1:3868", or "tls:127.0.0.1:5658".
void read_listen(TomlTable& charging, SutFile& out) {
  auto const read = charging.text("listen", "a string like \"127.0.0.1:3868\"");
  if (!read) return;
  constexpr std::string_view tls = "tls:";
  bool const is_tls = read->starts_with(tls);
  auto const parsed = Address::parse(std::string_view(*read).substr(is_tls ? tls.size() : 0));
  if (!parsed) charging.refuse("listen", fmt::format("charging.listen: \"{}\": {}", *read, describe(parsed.error())));
  out.charging = *parsed;
  if (is_tls) out.ixit.ch2_transport = trace::Transport::tls;
}

bool is_ip(std::string const& host) {
  std::array<char, 16> octets{};
  return ::inet_pton(AF_INET, host.c_str(), octets.data()) == 1 || ::inet_pton(AF_INET6, host.c_str(), octets.data()) == 1;
}

/// Where the SUT takes SIP beside sut.sip. Whether the file says so.
bool read_further_sip(TomlTable& sut, char const* key, Address& value) {
  auto const read = sut.text(key);
  if (!read) return false;
  auto const parsed = Address::parse(*read);
  if (!parsed || !is_ip(parsed->host) || parsed->port == 0)
    sut.refuse(key, fmt::format("{} is like \"127.0.0.1:5060\", an IP address and a port, not \"{}\"", sut.full(key), *read));
  value = *parsed;
  return true;
}

/// What the clients use, and where else the SUT takes SIP, for the cases that are about one transport.
void read_sip(TomlTable& sut, SutFile& out) {
  static std::map<std::string, trace::Transport> const transports{
      {"udp", trace::Transport::udp}, {"tcp", trace::Transport::tcp}, {"tls", trace::Transport::tls}};
  std::string sip = "udp:127.0.0.1:5060";
  text(sut, "sip", sip);
  auto const colon = sip.find(':');
  auto const transport = transports.find(sip.substr(0, colon));
  auto const address = Address::parse(colon == std::string::npos ? "" : sip.substr(colon + 1));
  bool const may_be_free = transport != transports.end() && transport->second != trace::Transport::tls;
  if (transport == transports.end() || !address || !is_ip(address->host) || (address->port == 0 && !may_be_free))
    sut.refuse(
        "sip",
        fmt::format("sut.sip is like \"udp:127.0.0.1:5060\", \"tcp:...\" or \"tls:...\", with an IP address and a port, not \"{}\"", sip));
  Ixit& ixit = out.ixit;
  ixit.sip_transport = transport->second;
  out.says_address = address->port == 0;
  bool const is_tls = ixit.sip_transport == trace::Transport::tls;
  (is_tls ? ixit.sut_sip_tls : ixit.sut_sip) = *address;
  auto const* const same = is_tls ? "sip_tls" : "sip_plain";
  if (sut.text(same)) sut.refuse(same, fmt::format("{} is what sut.sip says already; leave it out", sut.full(same)));
  if (is_tls || read_further_sip(sut, "sip_tls", ixit.sut_sip_tls)) out.claims.emplace(claim_sip_tls);
  if (!is_tls || read_further_sip(sut, "sip_plain", ixit.sut_sip)) return;
  for (auto const* claim : {"sip_udp", "sip_tcp"}) out.claims.erase(claim);
}

/// How the SUT is started; a key that speaks of a start is of no use to a server that runs already.
void read_launch(TomlTable& sut, SutFile& out) {
  auto const launch = sut.texts("launch");
  if (launch && (launch->empty() || launch->front().empty()))
    sut.refuse(
        "launch",
        "sut.launch names no program: it is like [\"./acme-im\", \"--ce\", \"{charging}\"]; leave it out if the server runs already");
  out.launch = launch.value_or(std::vector<std::string>{});
  auto const ready = sut.text("ready");
  if (ready && ready->empty())
    sut.refuse("ready", "sut.ready is empty: it is a text on the server's output; without the key, OPTIONS are sent until answered");
  out.ready = ready.value_or("");
  if (out.says_address && (out.launch.empty() || out.ready.empty()))
    sut.refuse("sip",
               "sut.sip with port 0 is of a server that tollgate launches, takes a free port and says behind sut.ready which: "
               "\"READY 127.0.0.1:43211\". Add sut.launch and sut.ready, or name the port");
  auto const env = sut.text_map("env");
  out.env = env.value_or(std::map<std::string, std::string>{});
  if (launch) return;
  if (ready) sut.refuse("ready", "sut.ready waits for the output of sut.launch, which is not there: add it, or leave sut.ready out");
  if (env) sut.refuse("env", "sut.env is the environment of sut.launch, which is not there: add it, or leave sut.env out");
}

void read_sut(TomlTable sut, SutFile& out) {
  word(sut, "name", out.name);
  read_sip(sut, out);
  if (sut.truth("proxy").value_or(false)) out.claims.erase(std::string(claim_sip_peer));
  host_name(sut, "domain", out.ixit.domain);
  read_launch(sut, out);
  if (sut.text("pid_file")) word(sut, "pid_file", out.pid_file);
  choice(sut, "restart", out.restart, {"per-run", "per-case", "never"});
  if (out.restart == "per-case" && out.launch.empty())
    sut.refuse("restart",
               "sut.restart \"per-case\" starts the SUT anew by sut.launch, which is not there: add it, or leave sut.restart out");
  sut.done();
}

void read_charging(TomlTable charging, SutFile& out) {
  std::string binding = "diameter";
  choice(charging, "binding", binding, {"diameter", "http"});
  if (binding == "http") {
    out.ixit.binding = ch2::Binding::http;
    out.claims.erase(std::string(claim_diameter));
  }
  read_listen(charging, out);
  if (out.says_address && out.charging.port != 0)
    charging.refuse("listen",
                    "charging.listen has port 0 where sut.sip has: each server that is launched beside others has a Charging "
                    "Enabler of its own, and {charging} is its address");
  if (!is_ip(out.charging.host)) charging.refuse("listen", fmt::format("charging.listen has an IP address, not \"{}\"", out.charging.host));
  if (auto const relay = charging.truth("relay")) {
    if (*relay && binding == "http") charging.refuse("relay", "charging.relay is a relay agent of Diameter, and charging.binding is http");
    if (*relay) out.claims.erase(std::string(claim_charging_peer));
  }
  host_name(charging, "origin_host", out.ixit.origin_host);
  host_name(charging, "origin_realm", out.ixit.origin_realm);
  text(charging, "service_context", out.ixit.service_context);
  if (!out.ixit.service_context.empty()) out.claims.emplace("service_context");
  charging.done();
}

void read_users(TomlTable users, SutFile& out) {
  text(users, "pattern", out.ixit.user_pattern);
  if (users.present() && out.ixit.user_pattern.find("{n}") == std::string::npos)
    users.refuse("pattern", "users.pattern holds {n}, the user's number");
  if (users.present() && !out.ixit.user_pattern.starts_with("sip:"))
    users.refuse("pattern", "users.pattern is a SIP URI like \"sip:user{n}@ims.example\"");
  auto const first = replaced(out.ixit.user_pattern, "{n}", "1");
  if (auto const uri = sip::parse_uri(first); !uri && users.present())
    users.refuse("pattern", fmt::format("users.pattern \"{}\" is no SIP URI: {}", out.ixit.user_pattern, describe(uri.error())));
  if (auto const count = users.number("count")) {
    if (*count < 1 || *count > 1'000'000) users.refuse("count", "users.count is 1 to 1000000");
    out.ixit.user_count = static_cast<unsigned>(*count);
  }
  text(users, "password", out.ixit.password);
  users.done();
}

void read_timers(TomlTable timers, SutFile& out) {
  Ixit& ixit = out.ixit;
  duration(timers, "msrp_transaction", ixit.msrp_transaction);
  duration(timers, "diameter_tx", ixit.diameter_tx);
  duration(timers, "diameter_watchdog", ixit.diameter_watchdog);
  duration(timers, "sip_t1", ixit.sip_t1);
  if (timers.text("nonce")) out.claims.emplace("nonce");
  duration(timers, "nonce", ixit.nonce);
  duration(timers, "live", ixit.live);
  duration(timers, "quiet", ixit.quiet);
  duration(timers, "quiet_long", ixit.quiet_long);
  timers.done();
}

void read_load(TomlTable load, Ixit& ixit) {
  auto const number = [&load](char const* key, char const* what, unsigned& value) {
    auto const read = load.number(key);
    if (read && (*read < 1 || *read > 1'000'000)) load.refuse(key, fmt::format("load.{} is the number of {}, 1 to 1000000", key, what));
    if (read) value = static_cast<unsigned>(*read);
  };
  number("soak", "pushes of ML-09", ixit.soak);
  number("schedules", "schedules of RB-15", ixit.schedules);
  load.done();
}

void read_profile(TomlTable section, Profile& profile) {
  text(section, "bundle", profile.bundle);
  for (auto const& axis : axes()) {
    if (axis.declared == nullptr) continue;
    std::vector<std::string> words{""};
    for (auto const& [word, value] : axis.words) words.emplace_back(word);
    choice(section, std::string(axis.key).c_str(), profile.*axis.declared, words);
  }
  section.done();
  if (auto const why = contradiction(profile); why && section.present()) section.refuse("[profile]: " + *why);
}

/// A command that the method does not use is left alone: files are switched by the method.
void read_store(TomlTable& store, SutFile& out) {
  std::string method = "sip-message";
  choice(store, "method", method, {"sip-message", "command", "preloaded"});
  if (method == "preloaded") out.claims.erase(std::string(claim_store));
  auto command = store.texts("command").value_or(std::vector<std::string>{});
  if (method == "command") {
    if (command.empty() || command.front().empty())
      store.refuse("command", "store.method \"command\" needs store.command, like [\"./store.sh\", \"{user}\", \"{text}\"]");
    for (auto const* hole : {"{user}", "{text}"})
      if (std::ranges::none_of(command, [hole](auto const& argument) { return argument.contains(hole); }))
        store.refuse("command", fmt::format("store.command has no argument with {}", hole));
    out.store_command = std::move(command);
  }
  store.done();
}

/// What the vendor's own programs do to the server.
void read_hooks(TomlTable hooks, SutFile& out) {
  auto const reset = hooks.texts("reset");
  if (reset && (reset->empty() || reset->front().empty()))
    hooks.refuse("reset", "hooks.reset names no program: it is like [\"./reset.sh\"], and empties the server");
  out.reset_command = reset.value_or(std::vector<std::string>{});
  hooks.done();
}

/// What we show over TLS. The key may stand in the same file.
void read_certificate(TomlTable& client, SutFile& out) {
  if (client.text("certificate")) word(client, "certificate", out.certificate);
  out.key = out.certificate;
  if (!client.text("key")) return;
  word(client, "key", out.key);
  if (out.certificate.empty())
    client.refuse("key", "client.key is of client.certificate, which is not there: add it, or leave client.key out");
}

/// Our address is of the SUT's family; without a word of it, a loopback one.
void read_bind(TomlTable& client, Ixit& ixit) {
  auto const is_ipv6 = [](std::string const& host) { return host.contains(':'); };
  auto const& sip = ixit.sut_sip_over(ixit.sip_transport).host;
  if (is_ipv6(sip)) ixit.bind = "::1";
  text(client, "bind", ixit.bind);
  if (!is_ip(ixit.bind)) client.refuse("bind", fmt::format("client.bind is an IP address, not \"{}\"", ixit.bind));
  if (is_ipv6(sip) != is_ipv6(ixit.bind))
    client.refuse("bind", fmt::format("client.bind {} cannot reach sut.sip {}: one is IPv6 and the other is not", ixit.bind, sip));
}

/// Where the clients are reached for MSRP, if not at addresses of their own.
void read_msrp_relay(TomlTable& client, SutFile& out) {
  if (!client.text("msrp_relay")) return;
  word(client, "msrp_relay", out.ixit.msrp_relay);
  auto const uri = msrp::parse_uri(out.ixit.msrp_relay);
  if (!uri || uri->scheme != "msrp" || !uri->session_id.empty() || !is_ip(Address::of_uri(uri->host, 0).host))
    client.refuse("msrp_relay",
                  fmt::format("client.msrp_relay is like \"msrp://127.0.0.1:2855;tcp\", an IP address without a session, not \"{}\"",
                              out.ixit.msrp_relay));
  out.claims.erase(std::string(claim_msrp_peer));
}

void read_claims(TomlTable store, TomlTable client, TomlTable ics, SutFile& out) {
  read_store(store, out);
  read_bind(client, out.ixit);
  read_certificate(client, out);
  read_msrp_relay(client, out);
  client.done();
  for (auto const claim : known_claims()) {
    if (claim == "launch" || claim == "nonce" || claim == "service_context" || claim == claim_sip_tls) continue;  // said by their own keys
    auto const claimed = ics.truth(std::string(claim).c_str());
    if (claim.starts_with("sip_") && claimed && *claimed && out.ixit.sut_sip.port == 0 && !out.says_address)
      ics.refuse(std::string(claim).c_str(), fmt::format("ics.{}: sut.sip_plain says where, and is not there", claim));
    if (claimed && *claimed)
      out.claims.emplace(claim);
    else if (claimed)
      out.claims.erase(std::string(claim));
  }
  if (!out.launch.empty() && out.restart != "never") out.claims.emplace("launch");
  ics.done();
}

}  // namespace

std::expected<SutFile, SutFileError> read_sut_file(std::string const& file, std::string_view text) {
  SutFile out;
  try {
    auto root = TomlTable::parse(file, text);
    if (!root.has_keys())
      root.refuse("a SUT file says at least where the server takes SIP: [sut] and under it sip = \"udp:127.0.0.1:5060\"");
    read_sut(root.table("sut"), out);
    read_charging(root.table("charging"), out);
    read_users(root.table("users"), out);
    read_timers(root.table("timers"), out);
    read_load(root.table("load"), out.ixit);
    read_hooks(root.table("hooks"), out);
    read_profile(root.table("profile"), out.profile);
    auto store = root.table("store"), client = root.table("client"), ics = root.table("ics");
    read_claims(std::move(store), std::move(client), std::move(ics), out);
    root.done();
    out.without_secrets = root.without_secrets(text);
  } catch (FileRefused const& refused) {
    return std::unexpected(refused.error);
  }
  return out;
}

}  // namespace tollgate
