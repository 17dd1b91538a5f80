// Names that may not be used, where, and why: time, randomness and output are arguments, and nothing overruns.
#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>

#include "tidy/checks.hpp"

namespace tollgate::tidy {
namespace {

enum class Use : std::uint8_t {
  any,
  call,       ///< an opening parenthesis follows and no object stands before: `clock.sleep(` is free
  in_header,  ///< any, in a header
};

struct Banned {
  std::string_view name;
  Use use = Use::any;
  std::vector<std::string_view> free_in;  ///< folders (ending in a slash) and files where the name may be used
  std::string_view why;
};

constexpr std::string_view waits = "all waiting goes through Clock";
constexpr std::string_view asks_for_time = "time is an argument: take a Clock";
constexpr std::string_view draws = "randomness is an argument: take a Random";
constexpr std::string_view asks_its_surroundings = "what changes a run is an option, which the plan and the line to run it again name";
constexpr std::string_view overruns = "it cannot tell an overrun or a bad number";
constexpr std::string_view prints = "only the programs and the reports print";

std::vector<std::string_view> const& free_to_print() {
  static std::vector<std::string_view> const places = {
      "harness/cli/", "reports/",    "harness/refserver/imserver_main.cpp", "harness/base/assert.cpp",
      "fuzz/replay/", "fuzz/seeds/", "fuzz/kit/differential_main.cpp"};
  return places;
}

std::vector<Banned> const& banned() {
  static std::vector<Banned> const table = {
      {"sleep_for", Use::any, {}, waits},
      {"sleep_until", Use::any, {}, waits},
      {"usleep", Use::any, {}, waits},
      {"nanosleep", Use::any, {}, waits},
      {"sleep", Use::call, {}, waits},
      {"steady_clock", Use::any, {"harness/sim/"}, asks_for_time},
      {"system_clock", Use::any, {"harness/sim/", "harness/refserver/imserver_main.cpp"}, asks_for_time},
      {"high_resolution_clock", Use::any, {"harness/sim/"}, asks_for_time},
      {"clock_gettime", Use::call, {}, asks_for_time},
      {"gettimeofday", Use::call, {}, asks_for_time},
      {"::time", Use::call, {}, asks_for_time},
      {"poll", Use::call, {}, waits},
      {"epoll_wait", Use::call, {}, waits},
      {"rand", Use::call, {}, draws},
      {"srand", Use::call, {}, draws},
      {"random_device", Use::any, {"harness/cli/", "harness/refserver/imserver_main.cpp"}, draws},
      {"mt19937", Use::any, {}, draws},
      {"mt19937_64", Use::any, {}, draws},
      {"default_random_engine", Use::any, {}, draws},
      {"getenv", Use::call, {"harness/cli/", "harness/selftest/", "reports/run_folder.cpp"}, asks_its_surroundings},
      {"strcpy", Use::call, {}, overruns},
      {"strcat", Use::call, {}, overruns},
      {"sprintf", Use::call, {}, overruns},
      {"vsprintf", Use::call, {}, overruns},
      {"gets", Use::call, {}, overruns},
      {"strtok", Use::call, {}, overruns},
      {"atoi", Use::call, {}, overruns},
      {"std::cout", Use::any, free_to_print(), prints},
      {"std::cerr", Use::any, free_to_print(), prints},
      {"printf", Use::call, free_to_print(), prints},
      {"fprintf", Use::call, free_to_print(), prints},
      {"puts", Use::call, free_to_print(), prints},
      {"fmt::print", Use::any, free_to_print(), prints},
      {"using namespace", Use::in_header, {}, "it reaches everyone who includes the header"},
  };
  return table;
}

bool is_free(Banned const& name, std::string_view file) {
  return std::ranges::any_of(name.free_in,
                             [&](std::string_view place) { return place.ends_with('/') ? file.starts_with(place) : file == place; });
}

bool is_member(std::string_view code, std::size_t at) {
  auto const before = code.find_last_not_of(" \t\r\n", at == 0 ? 0 : at - 1);
  if (at == 0 || before == std::string_view::npos) return false;
  return code[before] == '.' || (code[before] == '>' && before > 0 && code[before - 1] == '-');
}

bool is_call(std::string_view code, std::size_t at, std::size_t size) {
  auto const next = skip_space(code, at + size);
  return next < code.size() && code[next] == '(' && !is_member(code, at);
}

}  // namespace

std::span<Permit const> permits() {
  static constexpr std::array table = {
      Permit{"harness/cli/environment.cpp", "system_clock", "the wall date names the folder of a run"},
      Permit{"harness/sim/clock.hpp", "using namespace", "the suffixes of <chrono>: 500ms reads as in the standards"},
  };
  return table;
}

std::vector<Complaint> check_banned_names(Source const& source, std::span<Permit const> permitted) {
  std::vector<Complaint> complaints;
  std::string_view const code = source.code;
  for (auto const& name : banned()) {
    bool const has_permit =
        std::ranges::any_of(permitted, [&](Permit const& permit) { return permit.file == source.path && permit.name == name.name; });
    bool const elsewhere = name.use == Use::in_header && !source.is_header();
    if (has_permit || elsewhere || is_free(name, source.path)) continue;
    for (auto const at : all_words(code, name.name)) {
      if (name.use == Use::call && !is_call(code, at, name.name.size())) continue;
      complaints.push_back(source.complaint(at, fmt::format("{} is banned here: {}", name.name, name.why)));
    }
  }
  return in_order(std::move(complaints));
}

std::vector<Complaint> check_swallowed_exceptions(Source const& source) {
  std::vector<Complaint> complaints;
  std::string_view const code = source.code;
  for (auto const at : all_words(code, "catch")) {
    auto next = at + std::string_view("catch").size();
    bool all_there = true;
    for (char wanted : std::string_view("(...){}")) {
      next = skip_space(code, next);
      all_there = all_there && next < code.size() && code[next] == wanted;
      ++next;
    }
    if (all_there) complaints.push_back(source.complaint(at, "catch (...) with an empty body hides every error"));
  }
  return complaints;
}

}  // namespace tollgate::tidy
