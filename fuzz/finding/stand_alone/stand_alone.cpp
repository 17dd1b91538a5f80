#include "fuzz/finding/stand_alone/stand_alone.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <tuple>

#include "fuzz/oracle/growth.hpp"
#include "fuzz/oracle/sanitizer_report.hpp"
#include "fuzz/script/tamper.hpp"
#include "reports/run_folder.hpp"
#include "runner/secrets.hpp"

namespace tollgate::fuzz {

namespace {

/// A word of steps.txt: what would end it is %XX.
std::string word(std::string_view text) {
  std::string out;
  for (char const c : text) {
    constexpr unsigned char last_printable = 0x7e;
    auto const code = static_cast<unsigned char>(c);
    if (code <= ' ' || code > last_printable || c == '%' || c == '#')
      out += fmt::format("%{:02X}", code);
    else
      out += c;
  }
  return out.empty() ? "%00" : out;
}

std::string words(std::vector<std::string> const& texts) {
  std::vector<std::string> out;
  for (auto const& text : texts) out.push_back(word(text));
  return fmt::format("{}", fmt::join(out, " "));
}

bool is_growth(Problem const& problem) {
  return problem.bucket == growth_of_files || problem.bucket == growth_of_memory;
}

/// What is looked for. Of a growth: descriptors or MB that are too many behind all rounds of these flows.
std::string finding_of(Problem const& problem, std::size_t flows) {
  if (!is_growth(problem)) return fmt::format("finding {}\n", word(problem.kind));
  auto const in_round = flows / growth_rounds, counted = in_round * (growth_rounds - 1);
  if (problem.bucket == growth_of_memory) return fmt::format("finding growth MB {}\n", counted);
  return fmt::format("finding growth descriptors {}\n", counted / 2);
}

/// "{$NAME}" stands for what a secret argument holds; the names are added to `secrets`.
std::vector<std::string> without_secrets(std::vector<std::string> const& launch, std::vector<std::string>& secrets) {
  constexpr std::string_view stars = "***";
  auto out = launch;
  auto const hidden = blanked(launch);
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto const at = hidden[i] ? hidden[i]->find(stars) : std::string::npos;
    if (at == std::string::npos) continue;
    secrets.push_back(fmt::format("SECRET_{}", i));
    out[i] = hidden[i]->substr(0, at) + fmt::format("{{${}}}", secrets.back()) + hidden[i]->substr(at + stars.size());
  }
  return out;
}

/// What sanitizers are told is no secret, and names where the finding is; whatever else a vendor's server gets there may be one, as in sut.toml.
bool is_for_sanitizers(std::string_view name) {
  return name.ends_with("SAN_OPTIONS") || name.ends_with("SAN_SYMBOLIZER_PATH");
}

/// How the server is launched: what is secret by its name alone.
std::string launch_of(Problem const& problem, SutFile const& server) {
  constexpr std::string_view quarantine = ":quarantine_size_mb=1";  // what is freed is not held
  std::vector<std::string> secrets;
  auto out =
      fmt::format("folder {}\nlaunch {}\n", word(std::filesystem::current_path().string()), words(without_secrets(server.launch, secrets)));
  for (auto const& [name, value] : server.env) {
    if (name.contains("AFL")) continue;  // the campaign's own map
    if (is_for_sanitizers(name))
      out += fmt::format("env {}\n",
                         word(fmt::format("{}={}{}", name, value, name == "ASAN_OPTIONS" && is_growth(problem) ? quarantine : "")));
    else
      secrets.push_back(name);
  }
  for (auto const& name : secrets) out += fmt::format("secret {}\n", word(name));
  if (!server.ready.empty()) out += fmt::format("ready {}\n", word(server.ready));
  if (server.says_address) out += "says_address yes\n";
  return out;
}

/// How the server is launched and what is looked for: a line each.
std::string head_of(Problem const& problem, std::size_t flows, SutFile const& server) {
  std::string out =
      "# What player.pl plays, which repro.sh runs: the server, then the steps. A step is the milliseconds since the one before, what "
      "happens,\n"
      "# who of us, channel, transport, our address, the server's, the file in messages/, the one that it answers, and the octets of the\n"
      "# pieces that it is sent in.\n";
  out += finding_of(problem, flows);
  if (problem.at_end) out += "at_end yes\n";
  if (auto const report = sanitizer_report(problem.report)) {
    auto shows = std::vector{report->kind == "leak" ? "LeakSanitizer" : report->kind};
    if (!report->frames.empty()) shows.push_back(report->frames.front());
    out += fmt::format("shows {}\n", words(shows));
  } else if (problem.kind == "crash") {  // "signal 11 (Segmentation fault)"
    out += fmt::format("ended {}\n", problem.bucket.substr(0, problem.bucket.find(" (")));
  }
  out += fmt::format("charging {}\n", words({std::string(server.ixit.binding == ch2::Binding::http ? "http" : "diameter"),
                                             server.charging.text(), server.ixit.origin_host, server.ixit.origin_realm}));
  return server.launch.empty() ? out : out + launch_of(problem, server);
}

constexpr std::string_view capabilities_file = "000-ocs-ch2.raw";

/// An event of one of the flows.
struct Happening {
  std::size_t flow = 0;
  trace::Event const* event = nullptr;
};

bool is_step(trace::Event const& event) {
  if (event.kind == trace::Kind::message) return event.direction == trace::Direction::sent || event.repeats == 0;
  return event.kind == trace::Kind::closed && event.direction == trace::Direction::sent;
}

/// All that can be played again, in the order in which it happened. The exchange of capabilities is no step.
std::vector<Happening> happenings(std::span<Played const> played, Octets const& capabilities) {
  std::vector<Happening> out;
  auto const is_of_capabilities = [&](trace::Event const& event) {
    return event.kind == trace::Kind::message && (event.meaning.name == "CER" || event.octets == capabilities);
  };
  for (std::size_t flow = 0; flow < played.size(); ++flow)
    for (auto const& event : played[flow].result.trace.events())
      if (is_step(event) && !is_of_capabilities(event)) out.push_back({flow, &event});
  std::ranges::sort(out, {}, [](Happening const& one) { return std::tuple(one.event->at_ns, one.flow, one.event->id); });
  return out;
}

/// The pieces in which TCP carried it: as the tampering says that comes before it.
std::size_t pieces_of(trace::Trace const& trace, trace::Event const& event) {
  if (event.id < 2) return 0;
  auto const& told = trace.at(event.id - 1);
  return told.kind == trace::Kind::tampered ? piece_octets(told.note, event.octets.size()) : 0;
}

std::string name_of(std::size_t number, trace::Event const& event) {
  auto const role = event.actor.substr(0, event.actor.find('/'));
  auto const to = event.direction == trace::Direction::received ? "to-" : "";
  return fmt::format("{:03}-{}{}-{}", number, to, role, trace::to_string(event.channel));
}

void write_message(std::filesystem::path const& folder, std::string const& stem, trace::Event const& event) {
  reports::write_file(folder / (stem + ".raw"), event.octets);
  constexpr std::size_t most = 100'000;
  auto const [from, to] =
      event.direction == trace::Direction::sent ? std::pair(event.local, event.remote) : std::pair(event.remote, event.local);
  reports::write_file(folder / (stem + ".txt"), fmt::format("{} over {} from {} to {}\n{}\n", event.meaning.label(),
                                                            trace::to_string(event.transport), from, to, printable(event.octets, most)));
}

/// The steps, and their messages beside them.
class Steps {
 public:
  explicit Steps(std::filesystem::path messages) : messages_(std::move(messages)) {}

  /// `first`: the number of the first of these flows.
  void add(std::span<Played const> flows, Octets const& capabilities, std::size_t first) {
    std::int64_t last_ns = 0;
    for (auto const& [flow, event] : happenings(flows, capabilities)) {
      constexpr std::int64_t ns_per_ms = 1'000'000;
      auto const after_ms = last_ns == 0 ? 0 : (event->at_ns - last_ns) / ns_per_ms;
      last_ns = event->at_ns;
      add(first + flow, flows[flow].result.trace, *event, after_ms);
    }
  }
  /// What follows is what the finding goes by.
  void looks() { text_ += "500 looks - - - - - - - 0\n"; }
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  void add(std::size_t flow, trace::Trace const& trace, trace::Event const& event, std::int64_t after_ms) {
    std::string does = event.direction == trace::Direction::sent ? "sends" : "receives", file = "-";
    if (event.kind == trace::Kind::message) {
      auto const stem = name_of(++messages_written_, event);
      write_message(messages_, stem, event);
      file = files_[{flow, event.id}] = stem + ".raw";
    } else {
      does = event.note.starts_with("reset") ? "resets" : "closes";
    }
    auto const about = files_.find({flow, event.about});
    text_ += fmt::format("{} {} {} {} {} {} {} {} {} {}\n", after_ms, does, word(fmt::format("{}.{}", flow, event.actor)),
                         trace::to_string(event.channel), trace::to_string(event.transport), word(event.local), word(event.remote), file,
                         about == files_.end() ? "-" : about->second, pieces_of(trace, event));
  }

  std::filesystem::path messages_;
  std::string text_;
  std::map<std::pair<std::size_t, trace::EventId>, std::string> files_;  ///< by flow and event
  std::size_t messages_written_ = 0;
};

}  // namespace

void write_stand_alone(std::filesystem::path const& folder, Problem const& problem, SutFile const& server, ToPlay const& what) {
  auto const messages = folder / "messages";
  std::filesystem::create_directories(messages);
  auto head = head_of(problem, what.flows.size(), server);
  if (!what.capabilities.empty()) {
    reports::write_file(messages / capabilities_file, what.capabilities);
    head += fmt::format("capabilities {}\n", capabilities_file);
  }
  Steps steps(messages);
  steps.add(what.flows, what.capabilities, 1);
  if (what.unchanged != nullptr) {
    steps.looks();
    steps.add(std::span(what.unchanged, 1), {}, what.flows.size() + 1);
  }
  reports::write_file(folder / "steps.txt", head + steps.text());
  for (auto const& [name, text] : stand_alone_scripts()) reports::write_file(folder / name, text);
  using enum std::filesystem::perms;
  std::filesystem::permissions(folder / "repro.sh", owner_exec | group_exec | others_exec, std::filesystem::perm_options::add);
}

}  // namespace tollgate::fuzz
