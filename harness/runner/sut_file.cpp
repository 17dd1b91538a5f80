#include "runner/sut_file.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <toml++/toml.h>

#include "runner/duration_expression.hpp"

namespace tollgate {

namespace {

/// Thrown inside this file only; read_sut_file turns it into a value.
struct Refused { SutFileError error; };

std::string where(std::string const& file, toml::source_region const& source) {
  return fmt::format("{}:{}:{}", file, source.begin.line, source.begin.column);
}

/// toml++ counts the line end at the end of a text as a column.
std::string where(std::string const& file, std::string_view text, toml::parse_error const& error) {
  auto place = error.source().begin;
  auto const lines = split(text, '\n');
  place.line = std::min<toml::source_index>(place.line, static_cast<toml::source_index>(lines.size()));
  auto const size = place.line == 0 ? 0 : lines[place.line - 1].size();
  return fmt::format("{}:{}:{}", file, place.line, std::min<std::size_t>(place.column, size + 1));
}

/// Reads one table: asked for every key it may have, then complains of the rest.
class Section {
 public:
  Section(std::string const& file, toml::table const& root, std::string name) : file_(file), name_(std::move(name)) {
    auto const* node = root.get(name_);
    if (node == nullptr) return;
    table_ = node->as_table();
    if (table_ == nullptr) refuse(*node, fmt::format("[{}] is a table", name_));
  }

  template <class T>
  std::optional<T> get(char const* key, char const* expected) {
    known_.emplace_back(key);
    auto const* node = table_ == nullptr ? nullptr : table_->get(key);
    if (node == nullptr) return std::nullopt;
    auto const value = node->value_exact<T>();
    if (!value) refuse(*node, fmt::format("{}.{} is {}", name_, key, expected));
    return *value;
  }
  void text(char const* key, std::string& value) {
    if (auto const read = get<std::string>(key, "a string")) value = *read;
  }
  void choice(char const* key, std::string& value, std::vector<std::string> const& allowed) {
    text(key, value);
    auto const* node = table_ == nullptr ? nullptr : table_->get(key);
    if (node != nullptr && std::ranges::find(allowed, value) == allowed.end())
      refuse(*node, fmt::format("{}.{} is one of {}, not \"{}\"", name_, key, fmt::join(allowed, ", "), value));
  }
  void duration(char const* key, Duration& value) {
    auto const read = get<std::string>(key, "a string like \"30s\"");
    if (!read) return;
    auto const parsed = read_plain_duration(*read);
    if (!parsed) refuse(*table_->get(key), fmt::format("{}.{}: \"{}\" is no duration: {}", name_, key, *read, parsed.error().detail));
    value = *parsed;
  }
  void address(char const* key, Address& value) {
    auto const read = get<std::string>(key, "a string like \"127.0.0.1:3868\"");
    if (!read) return;
    auto const parsed = Address::parse(*read);
    if (!parsed) refuse(*table_->get(key), fmt::format("{}.{}: \"{}\": {}", name_, key, *read, describe(parsed.error())));
    value = *parsed;
  }
  std::vector<std::string> texts(char const* key) {
    known_.emplace_back(key);
    std::vector<std::string> all;
    auto const* node = table_ == nullptr ? nullptr : table_->get(key);
    if (node == nullptr) return all;
    auto const* array = node->as_array();
    if (array == nullptr) refuse(*node, fmt::format("{}.{} is an array of strings", name_, key));
    for (auto const& item : *array) {
      auto const value = item.value_exact<std::string>();
      if (!value) refuse(item, fmt::format("{}.{} is an array of strings", name_, key));
      all.push_back(*value);
    }
    return all;
  }
  toml::table const* table(char const* key) {
    known_.emplace_back(key);
    auto const* node = table_ == nullptr ? nullptr : table_->get(key);
    if (node != nullptr && !node->is_table()) refuse(*node, fmt::format("{}.{} is a table", name_, key));
    return node == nullptr ? nullptr : node->as_table();
  }
  /// For values that are read but claim something this build cannot do yet.
  [[noreturn]] void refuse(char const* key, std::string what) const { refuse(*table_->get(key), std::move(what)); }
  [[nodiscard]] bool present() const { return table_ != nullptr; }
  void refuse_table(std::string what) const { refuse(*table_, std::move(what)); }

  void done() const {
    if (table_ == nullptr) return;
    for (auto const& [key, node] : *table_)
      if (std::ranges::find(known_, std::string(key.str())) == known_.end())
        throw Refused{{where(file_, key.source()), fmt::format("unknown key {}.{}; known are {}", name_, key.str(),
                                                               fmt::join(known_, ", "))}};
  }

 private:
  [[noreturn]] void refuse(toml::node const& node, std::string what) const {
    throw Refused{{where(file_, node.source()), std::move(what)}};
  }
  std::string const& file_;
  std::string name_;
  toml::table const* table_ = nullptr;
  std::vector<std::string> known_;
};

bool is_ip(std::string const& host) {
  std::array<char, 16> octets{};
  return ::inet_pton(AF_INET, host.c_str(), octets.data()) == 1 || ::inet_pton(AF_INET6, host.c_str(), octets.data()) == 1;
}

void read_sut(Section sut, SutFile& out) {
  sut.text("name", out.name);
  std::string sip = "udp:127.0.0.1:5060";
  sut.text("sip", sip);
  auto const colon = sip.find(':');
  auto const transport = sip.substr(0, colon);
  auto const address = Address::parse(colon == std::string::npos ? "" : sip.substr(colon + 1));
  if (transport == "tls") sut.refuse("sip", "sut.sip: TLS is not built yet; udp and tcp are");
  if ((transport != "udp" && transport != "tcp") || !address || !is_ip(address->host) || address->port == 0)
    sut.refuse("sip", fmt::format("sut.sip is like \"udp:127.0.0.1:5060\" or \"tcp:...\", with an IP address and a port, not \"{}\"", sip));
  out.ixit.sip_transport = transport == "tcp" ? trace::Transport::tcp : trace::Transport::udp;
  out.ixit.sut_sip = *address;
  sut.text("domain", out.ixit.domain);
  out.launch = sut.texts("launch");
  sut.text("ready", out.ready);
  sut.choice("restart", out.restart, {"per-run", "per-case", "never"});
  if (out.restart == "per-case") sut.refuse("restart", "sut.restart \"per-case\" is not built yet; \"per-run\" and \"never\" are");
  if (auto const* env = sut.table("env"))
    for (auto const& [key, value] : *env) {
      auto const text = value.value_exact<std::string>();
      if (!text) sut.refuse("env", "sut.env is a table of strings");
      out.env[std::string(key.str())] = *text;
    }
  sut.done();
}

void read_charging(Section charging, SutFile& out) {
  std::string binding = "diameter";
  charging.choice("binding", binding, {"diameter", "http"});
  if (binding == "http") charging.refuse("binding", "charging.binding \"http\" is not built yet; \"diameter\" is");
  charging.address("listen", out.charging);
  if (!is_ip(out.charging.host)) charging.refuse("listen", fmt::format("charging.listen has an IP address, not \"{}\"", out.charging.host));
  charging.text("origin_host", out.ixit.origin_host);
  charging.text("origin_realm", out.ixit.origin_realm);
  charging.done();
}

void read_users(Section users, SutFile& out) {
  users.text("pattern", out.ixit.user_pattern);
  if (users.present() && out.ixit.user_pattern.find("{n}") == std::string::npos)
    users.refuse("pattern", "users.pattern holds {n}, the user's number");
  if (users.present() && !out.ixit.user_pattern.starts_with("sip:"))
    users.refuse("pattern", "users.pattern is a SIP URI like \"sip:user{n}@ims.example\"");
  if (auto const count = users.get<std::int64_t>("count", "a whole number")) {
    if (*count < 1 || *count > 1'000'000) users.refuse("count", "users.count is 1 to 1000000");
    out.ixit.user_count = static_cast<unsigned>(*count);
  }
  std::string password;
  users.text("password", password);
  if (!password.empty()) users.refuse("password", "digest authentication is not built yet; leave users.password out");
  users.done();
}

void read_timers(Section timers, Ixit& ixit) {
  timers.duration("msrp_transaction", ixit.msrp_transaction);
  timers.duration("diameter_tx", ixit.diameter_tx);
  timers.duration("diameter_watchdog", ixit.diameter_watchdog);
  timers.duration("sip_t1", ixit.sip_t1);
  timers.duration("live", ixit.live);
  timers.duration("quiet", ixit.quiet);
  timers.duration("quiet_long", ixit.quiet_long);
  timers.done();
}

void read_profile(Section section, Profile& profile) {
  section.text("bundle", profile.bundle);
  section.choice("debit", profile.debit, {"", "first", "each", "all", "pre"});
  section.choice("credit", profile.credit, {"", "ecur", "ecuru", "split"});
  section.choice("units", profile.units, {"", "sent", "ok", "flat"});
  section.choice("release", profile.release, {"", "loose", "strict"});
  section.done();
  if (auto const why = contradiction(profile); why && section.present()) section.refuse_table("[profile]: " + *why);
}

void read_claims(Section store, Section client, Section ics, SutFile& out) {
  store.choice("method", out.store_method, {"sip-message", "command", "preloaded"});
  if (out.store_method != "sip-message") store.refuse("method", "only store.method \"sip-message\" is built yet");
  (void)store.texts("command");
  store.done();
  client.text("bind", out.ixit.bind);
  if (!is_ip(out.ixit.bind)) client.refuse("bind", fmt::format("client.bind is an IP address, not \"{}\"", out.ixit.bind));
  client.done();
  for (auto const* claim : {"authentication", "sip_tcp", "third_party_register", "reliable_provisional", "tls"})
    (void)ics.get<bool>(claim, "true or false");
  ics.done();
}

/// Password values become "***" and the environment, which may hold anything, an empty table, so that the copy in the
/// artefacts can be shown to anyone.
std::string blank_secrets(std::string_view text) {
  std::string out;
  for (auto const line : split(text, '\n')) {
    auto const equals = line.find('=');
    auto const key = trim(line.substr(0, equals));
    bool const assigns = equals != std::string_view::npos;
    if (assigns && key.starts_with("password")) out += std::string(line.substr(0, equals)) + "= \"***\"";
    else if (assigns && key == "env") out += std::string(line.substr(0, equals)) + "= {}  # values removed";
    else out += line;
    out += '\n';
  }
  out.pop_back();
  return out;
}

}  // namespace

std::expected<SutFile, SutFileError> read_sut_file(std::string const& file, std::string_view text) {
  SutFile out;
  try {
    toml::table const root = toml::parse(text, file);
    std::vector<std::string> const sections{"sut", "charging", "client", "store", "users", "timers", "profile", "ics"};
    for (auto const& [key, node] : root)
      if (std::ranges::find(sections, std::string(key.str())) == sections.end())
        throw Refused{{where(file, key.source()), fmt::format("unknown section [{}]; known are {}", key.str(),
                                                              fmt::join(sections, ", "))}};
    read_sut({file, root, "sut"}, out);
    read_charging({file, root, "charging"}, out);
    read_users({file, root, "users"}, out);
    read_timers({file, root, "timers"}, out.ixit);
    read_profile({file, root, "profile"}, out.profile);
    read_claims({file, root, "store"}, {file, root, "client"}, {file, root, "ics"}, out);
  } catch (Refused const& refused) {
    return std::unexpected(refused.error);
  } catch (toml::parse_error const& error) {
    return std::unexpected(SutFileError{where(file, text, error), std::string(error.description())});
  }
  out.without_secrets = blank_secrets(text);
  return out;
}

}  // namespace tollgate
