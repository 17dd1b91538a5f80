// Who may include whom: the layers of the project, lowest first. No arrow runs backwards.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

#include "tidy/checks.hpp"

namespace tollgate::tidy {
namespace {

/// A layer may include itself and what `below` names.
struct Layer {
  std::string_view name;
  std::vector<std::string_view> below;
};

/// The reference server can be wrong on its own: it sees no rule, no actor and no runner. Reports see no actor.
std::vector<Layer> const& layers() {
  static std::vector<Layer> const table = {
      {"base", {}},
      {"codec", {"base"}},
      {"sim", {"base"}},
      {"fields", {"codec", "base"}},
      {"transport", {"sim", "codec", "base"}},
      {"trace", {"codec", "base"}},
      {"rules", {"trace", "codec", "base"}},
      {"refserver", {"base", "codec", "sim", "transport"}},
      {"actors", {"fields", "transport", "sim", "codec", "base", "trace"}},
      {"runner", {"actors", "rules", "trace", "refserver", "transport", "sim", "fields", "codec", "base"}},
      {"scenarios", {"runner", "fields", "actors", "rules", "trace", "refserver", "transport", "sim", "codec", "base"}},
      {"reports", {"rules", "trace", "runner", "codec", "base"}},
      {"tidy", {"base"}},
      {"bench", {"scenarios", "reports", "runner", "actors", "rules", "trace", "refserver", "transport", "sim", "codec", "base"}},
      {"fuzz", {"scenarios", "reports", "runner", "actors", "rules", "trace", "refserver", "transport", "sim", "codec", "base"}},
      {"cli", {"fuzz", "scenarios", "reports", "runner", "actors", "rules", "trace", "refserver", "transport", "sim", "codec", "base"}},
      {"selftest",
       {"cli", "fuzz", "scenarios", "reports", "runner", "actors", "rules", "trace", "refserver", "transport", "sim", "codec", "base"}},
  };
  return table;
}

/// What `tollgate fuzz` is made of, lowest first: none includes one above it.
constexpr std::array<std::string_view, 6> rooms_of_fuzz{"fuzz/mutate", "fuzz/script",  "fuzz/oracle",
                                                        "fuzz/play",   "fuzz/finding", "fuzz/campaign"};

/// The room of a path; the end where it is in none.
auto room_of(std::string_view path) {
  return std::ranges::find_if(rooms_of_fuzz,
                              [&](auto const& room) { return path.starts_with(room) && path.substr(room.size()).starts_with('/'); });
}

/// Headers that are slow to compile, or make of a layer what it must not be, and the layers that have a use for them: rules and
/// codecs know of no socket, and who reads an option or a SUT file reads it in one place.
struct Home {
  std::string_view prefix;
  std::vector<std::string_view> layers;
};

std::vector<Home> const& homes() {
  static std::vector<Home> const table = {
      {"boost/asio", {"sim", "transport", "refserver", "runner", "reports", "cli"}},
      {"boost/beast", {"codec", "reports"}},
      {"boost/json", {"trace", "reports", "cli", "selftest"}},
      {"CLI/", {"base"}},
      {"toml++/", {"runner"}},
      {"pugixml.hpp", {"codec", "runner", "reports", "selftest"}},
      {"openssl/", {"codec", "transport", "reports"}},
      {"archive", {"reports"}},
      {"benchmark/", {"bench"}},
  };
  return table;
}

Layer const* layer_named(std::string_view name) {
  auto const found = std::ranges::find(layers(), name, &Layer::name);
  return found == layers().end() ? nullptr : &*found;
}

/// Benchmarks stand beside what they measure; the counters and peers they share stand in bench/.
bool is_benchmark(std::string_view path) {
  return path.ends_with("_bench.cpp");
}

std::string_view first_folder(std::string_view path) {
  auto const slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

/// `harness/tidy_test.cpp` stands beside the folder of its layer, a benchmark beside the code that it measures.
std::string_view layer_of_file(std::string_view path) {
  if (is_benchmark(path)) return "bench";
  if (path == "harness/tidy_test.cpp") return "tidy";
  constexpr std::string_view harness = "harness/";
  if (path.starts_with(harness)) path.remove_prefix(harness.size());
  return first_folder(path);
}

struct Include {
  std::size_t offset = 0;
  bool quoted = false;
  std::string_view path;
};

/// Reads `#include` at `hash`. A quoted path is a literal and so is looked up in the text, not in the code.
std::optional<Include> include_at(Source const& source, std::size_t hash) {
  std::string_view const code = source.code;
  auto const directive = skip_space(code, hash + 1);
  if (!code.substr(directive).starts_with("include")) return std::nullopt;
  std::string_view const text = source.text;
  auto const open = text.find_first_not_of(" \t", directive + std::string_view("include").size());
  if (open == std::string_view::npos || (text[open] != '"' && text[open] != '<')) return std::nullopt;
  auto const close = text.find(text[open] == '"' ? '"' : '>', open + 1);
  if (close == std::string_view::npos) return std::nullopt;
  return Include{.offset = hash, .quoted = text[open] == '"', .path = text.substr(open + 1, close - open - 1)};
}

std::optional<std::string> foreigner(Layer const& own, Include const& include) {
  auto const home = std::ranges::find_if(homes(), [&](Home const& one) { return include.path.starts_with(one.prefix); });
  if (home == homes().end() || std::ranges::find(home->layers, own.name) != home->layers.end()) return std::nullopt;
  return fmt::format("{} includes <{}>, which has its home in {}", own.name, include.path, fmt::join(home->layers, ", "));
}

std::optional<std::string> objection(Layer const& own, std::string_view path, Include const& include) {
  auto const name = first_folder(include.path);
  if (layer_named(name) == nullptr) {
    if (!include.quoted) return foreigner(own, include);
    return fmt::format("\"{}\" begins with no layer; write it as \"codec/sip/via.hpp\"", include.path);
  }
  auto const room = room_of(path), theirs = room_of(include.path);
  if (theirs != rooms_of_fuzz.end() && room < theirs) return fmt::format("{} includes {}, which stands above it", *room, *theirs);
  if (name == own.name || std::ranges::find(own.below, name) != own.below.end()) return std::nullopt;
  if (own.below.empty()) return fmt::format("{} includes {}: it may include no other layer", own.name, name);
  return fmt::format("{} includes {}: it may include only {}", own.name, name, fmt::join(own.below, ", "));
}

}  // namespace

std::vector<Complaint> check_includes(Source const& source) {
  auto const* own = layer_named(layer_of_file(source.path));
  if (own == nullptr) return {source.complaint(0, "the file is in no layer that harness/tidy/includes.cpp knows")};
  std::vector<Complaint> complaints;
  for (auto hash = source.code.find('#'); hash != std::string::npos; hash = source.code.find('#', hash + 1)) {
    auto const include = include_at(source, hash);
    if (!include || (is_benchmark(source.path) && first_folder(include->path) == "bench")) continue;
    if (auto why = objection(*own, source.path, *include)) complaints.push_back(source.complaint(hash, std::move(*why)));
  }
  return complaints;
}

}  // namespace tollgate::tidy
