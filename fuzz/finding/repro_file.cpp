#include "fuzz/finding/repro_file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "codec/utf8.hpp"
#include "runner/toml_table.hpp"

namespace tollgate::fuzz {

/// A basic string of TOML, whose characters are those of UTF-8: what cannot be printed is escaped, of what is none each octet.
static std::string in_quotes(std::string_view text) {
  bool const is_utf8 = first_not_utf8(text) == text.size();
  std::string out = "\"";
  for (char const c : text) {
    constexpr unsigned char delete_character = 0x7f;
    auto const code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += fmt::format("\\{}", c);
    else if (code < ' ' || code == delete_character || (code > delete_character && !is_utf8))
      out += fmt::format("\\u{:04X}", code);
    else
      out += c;
  }
  return out + "\"";
}

static std::string list(std::vector<std::string> const& texts, std::string_view between) {
  std::string out;
  for (auto const& text : texts) out += (out.empty() ? "" : std::string(between)) + in_quotes(text);
  return out;
}

/// As the command line has them; what is usual is not said.
static std::string ways_of(Ways const& ways) {
  Ways const usual;
  std::string out;
  if (ways.sip != usual.sip) out += fmt::format("sip = \"{}\"\n", trace::to_string(ways.sip));
  if (ways.binding != usual.binding) out += "binding = \"http\"\n";
  if (ways.ch2 != usual.ch2) out += fmt::format("charging = \"{}\"\n", trace::to_string(ways.ch2));
  if (ways.ip != usual.ip) out += fmt::format("ip = {}\n", ways.ip);
  return out;
}

std::string to_toml(ReproFile const& repro) {
  auto const& problem = repro.problem;
  std::string out = "# tollgate repro <this file, or its folder> plays it again on a fresh server.\n";
  out += fmt::format("[problem]\nkind = {}\nbucket = {}\nsays = {}\n", in_quotes(problem.kind), in_quotes(problem.bucket),
                     in_quotes(problem.says));
  if (!problem.step.empty()) out += fmt::format("step = {}\n", in_quotes(problem.step));
  if (problem.at_end) out += "at_end = true\n";
  if (repro.rounds > 1) out += fmt::format("rounds = {}\n", repro.rounds);
  if (repro.side_by_side > 0) out += fmt::format("side_by_side = {}\n", repro.side_by_side);
  if (repro.times > 0) out += fmt::format("reproduced = {}\ntimes = {}\n", repro.reproduced, repro.times);
  out += fmt::format("\n[server]\nseed = {}\ntimeout_scale = {}\n", in_quotes(fmt::format("{}", repro.seed)),
                     in_quotes(fmt::format("{}", repro.timeout_scale)));
  if (!repro.sut.empty()) out += fmt::format("sut = {}\n", in_quotes(repro.sut));
  if (!repro.folder.empty()) out += fmt::format("folder = {}\n", in_quotes(repro.folder));
  if (!repro.imserver.empty()) out += fmt::format("imserver = {}\n", in_quotes(repro.imserver));
  if (!repro.faults.empty()) out += fmt::format("faults = [{}]\n", list(repro.faults, ", "));
  out += ways_of(repro.ways);
  for (auto const& flow : repro.flows) {
    std::vector<std::string> changes;
    for (auto const& change : flow.changes) changes.push_back(to_text(change));
    out += fmt::format("\n[[flow]]\nbase = {}\nnumber = {}\nchanges = [{}]\n", in_quotes(flow.base),
                       in_quotes(fmt::format("{}", flow.number)), changes.empty() ? "" : "\n  " + list(changes, ",\n  ") + ",\n");
  }
  return out;
}

namespace {

/// 64 bits, which are more than a number of TOML has.
std::uint64_t big_number(TomlTable& table, char const* key) {
  auto const text = table.text(key);
  auto const number = to_number<std::uint64_t>(text.value_or("0"));
  if (!number) table.refuse(key, "a number of up to 64 bits in quotes is expected");
  return *number;
}

/// The least where the key is not there.
std::int64_t small_number(TomlTable& table, char const* key, std::int64_t least, std::int64_t most) {
  auto const number = table.number(key).value_or(least);
  if (number < least || number > most) table.refuse(key, fmt::format("{} is from {} to {}", table.full(key), least, most));
  return number;
}

Script read_flow(TomlTable& table) {
  Script out{.base = table.text("base").value_or(""), .changes = {}, .number = big_number(table, "number")};
  if (out.number == std::numeric_limits<std::uint64_t>::max()) table.refuse("number", "that is the number of no case");
  if (out.base.empty()) table.refuse("base", "a flow is built on one: base = \"push\"");
  for (auto const& text : table.texts("changes").value_or(std::vector<std::string>{})) {
    auto change = parse_change(text);
    if (!change) table.refuse("changes", change.error());
    out.changes.push_back(std::move(*change));
  }
  table.done();
  return out;
}

template <class Value>
void read_word(TomlTable& table, char const* key, Value& value, std::vector<std::pair<std::string_view, Value>> const& words) {
  auto const text = table.text(key);
  if (!text) return;
  auto const found = std::ranges::find(words, std::string_view(*text), &std::pair<std::string_view, Value>::first);
  if (found == words.end())
    table.refuse(key, fmt::format("{} is what --{} of `tollgate fuzz` takes, not \"{}\"", table.full(key), key, *text));
  value = found->second;
}

Ways read_ways(TomlTable& server) {
  using enum trace::Transport;
  Ways out;
  read_word(server, "sip", out.sip, {{"udp", udp}, {"tcp", tcp}, {"tls", tls}});
  read_word(server, "binding", out.binding, {{"diameter", ch2::Binding::diameter}, {"http", ch2::Binding::http}});
  read_word(server, "charging", out.ch2, {{"tcp", tcp}, {"tls", tls}});
  constexpr std::int64_t ipv4 = 4, ipv6 = 6;
  auto const ip = server.number("ip").value_or(ipv4);
  if (ip != ipv4 && ip != ipv6) server.refuse("ip", "server.ip is 4 or 6");
  out.ip = static_cast<unsigned>(ip);
  return out;
}

ReproFile read(std::string const& file, std::string_view text) {
  auto root = TomlTable::parse(file, text);
  ReproFile out;
  auto problem = root.table("problem");
  out.problem = {.kind = problem.text("kind").value_or(""),
                 .bucket = problem.text("bucket").value_or(""),
                 .says = problem.text("says").value_or(""),
                 .step = problem.text("step").value_or(""),
                 .at_end = problem.truth("at_end").value_or(false)};
  out.rounds = static_cast<unsigned>(small_number(problem, "rounds", 1, rounds_most));
  out.times = static_cast<unsigned>(small_number(problem, "times", 0, times_most));
  out.reproduced = static_cast<unsigned>(small_number(problem, "reproduced", 0, out.times));
  out.side_by_side = static_cast<std::size_t>(small_number(problem, "side_by_side", 0, side_by_side_most));
  problem.done();
  auto server = root.table("server");
  out.seed = big_number(server, "seed");
  out.sut = server.text("sut").value_or("");
  out.folder = server.text("folder").value_or("");
  out.imserver = server.text("imserver").value_or("");
  out.faults = server.texts("faults").value_or(std::vector<std::string>{});
  auto const scale = server.text("timeout_scale").value_or("1");
  char* end = nullptr;
  out.timeout_scale = std::strtod(scale.c_str(), &end);
  constexpr double least = 0.01, most = 1000;
  if (*end != '\0' || !(out.timeout_scale >= least && out.timeout_scale <= most))
    server.refuse("timeout_scale", "a factor from 0.01 to 1000 in quotes is expected");
  out.ways = read_ways(server);
  server.done();
  for (auto& table : root.tables("flow")) out.flows.push_back(read_flow(table));
  if (out.flows.empty()) root.refuse("there is no [[flow]]: nothing would be played");
  root.done();
  return out;
}

}  // namespace

std::expected<ReproFile, FileError> read_repro(std::string const& file, std::string_view text) {
  try {
    return read(file, text);
  } catch (FileRefused const& refused) {
    return std::unexpected(refused.error);
  }
}

}  // namespace tollgate::fuzz
