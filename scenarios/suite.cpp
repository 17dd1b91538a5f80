// The suite in the catalogue's order. A scenario file is part of it by lying in scenarios/deferred_push; a C++ case by one
// line here (no self-registration: static libraries drop it).
#include "scenarios/suite.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "base/assert.hpp"
#include "runner/claims.hpp"
#include "scenarios/deferred_push/causal/causal.hpp"
#include "scenarios/deferred_push/debit/debit.hpp"
#include "scenarios/deferred_push/msrp/msrp.hpp"
#include "scenarios/deferred_push/multi/multi.hpp"
#include "scenarios/deferred_push/order/order.hpp"
#include "scenarios/deferred_push/race/race.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"
#include "scenarios/scenario_files.hpp"

namespace tollgate {

namespace {

/// The groups of the test purposes, in their order, the generated variants behind those of the order.
constexpr std::array groups{"ord", "cv", "reg", "rsv", "dbt", "inv", "sdp", "ms", "bye", "nc", "nt", "rx", "rc", "ml", "di", "rb"};

std::size_t rank(Case const& one) {
  return static_cast<std::size_t>(std::ranges::find(groups, one.info.group) - groups.begin());
}

/// C++ cases know their file's name only; the folder is their group's. They store what they like.
Case in_folder(char const* folder, Case what) {
  what.needs.emplace_back(claim_store);
  what.info.file = fmt::format("scenarios/deferred_push/{}/{}", folder, what.info.file);
  return what;
}

}  // namespace

std::vector<Case> built_in_suite() {
  using namespace deferred_push;
  std::vector<Case> suite;
  for (auto const& file : scenario_files()) {
    auto scenario = read_scenario(std::string(file.path), file.text);
    TOLLGATE_ASSERT(scenario.has_value());  // a test loads every file first and says what is wrong
    suite.push_back(to_case(std::move(*scenario)));
  }
  suite.push_back(in_folder("order", ord_12()));
  for (auto const& make : {dbt_12, dbt_13}) suite.push_back(in_folder("debit", make()));
  suite.push_back(in_folder("msrp", ms_05()));
  suite.push_back(in_folder("race", rc_11()));
  for (auto const& make : {ml_08, ml_09}) suite.push_back(in_folder("multi", make()));
  for (auto const& make : {rb_02, rb_08b, rb_10, rb_12, rb_15}) suite.push_back(in_folder("robust", make()));
  for (auto& variant : causal_variants()) suite.push_back(in_folder("causal", std::move(variant)));
  std::ranges::sort(suite, {}, [](Case const& one) { return std::pair(rank(one), one.info.id); });
  return suite;
}

/// The JUnit report of a run or a campaign lies beside its results: no scenario.
static bool is_report(std::filesystem::path const& file) {
  return file.filename() == "junit.xml" && std::filesystem::exists(file.parent_path() / "results.json");
}

std::expected<std::vector<Case>, ScenarioError> load_scenarios(std::string const& directory) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(directory, error))
    if (entry.path().extension() == ".xml" && !is_report(entry.path())) files.push_back(entry.path());
  if (error) return std::unexpected(ScenarioError{directory, error.message()});
  std::ranges::sort(files);
  std::vector<Case> cases;
  for (auto const& path : files) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::unexpected(ScenarioError{path.string(), "cannot be read"});
    std::string const text(std::istreambuf_iterator<char>(in), {});
    auto scenario = read_scenario(path.string(), text);
    if (!scenario) return std::unexpected(scenario.error());
    cases.push_back(to_case(std::move(*scenario)));
  }
  return cases;
}

}  // namespace tollgate
