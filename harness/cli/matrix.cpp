// tollgate matrix: faults x cases in simulated time. Fails when a fault survives or is caught for another reason than the
// stated one, or when the faultless server does not pass.
#include "runner/matrix.hpp"

#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <future>
#include <thread>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "runner/exit_code.hpp"
#include "scenarios/suite.hpp"

namespace tollgate::cli {

namespace json = boost::json;

static bool is_faultless(MatrixRow const& row) {
  return row.fault.starts_with("none");
}

static void print(MatrixRow const& row) {
  std::string caught;
  for (auto const& cell : row.cells)
    if (cell.verdict == Verdict::fail) caught += " " + cell.case_id;
  if (!row.about_diameter.empty()) caught = fmt::format(" is about Diameter itself: {}", row.about_diameter);
  auto const word = !row.detected ? "PROBLEM" : is_faultless(row) ? "CLEAN" : row.about_diameter.empty() ? "CAUGHT" : "N/A";
  fmt::print("{:>8}  {:<28}{}\n", word, row.fault, caught.empty() ? " every case passes" : caught);
  for (auto const& problem : row.problems) fmt::print("          {}\n", problem);
}

static json::object to_json(MatrixRow const& row) {
  json::array cells;
  for (auto const& cell : row.cells)
    cells.push_back(json::object{{"case", cell.case_id},
                                 {"verdict", to_string(cell.verdict)},
                                 {"messages", cell.messages},
                                 {"played", cell.played},
                                 {"reasons", json::value_from(cell.reasons)}});
  return {{"fault", row.fault}, {"detected", row.detected}, {"problems", json::value_from(row.problems)}, {"cells", cells}};
}

/// The faultless server first, then its legal variants if `with_variants`, then the faults. `jobs` rows at a time; each has
/// worlds of its own, so threads share nothing.
static std::vector<MatrixRow> all_rows(std::vector<refserver::FaultRow const*> const& faults, bool with_variants, std::uint64_t seed,
                                       std::size_t jobs, Ways const& ways, Extent extent) {
  std::vector<Variant> faultless{server_as_it_is()};
  if (with_variants) std::ranges::move(legal_variants(), std::back_inserter(faultless));
  for (auto& variant : faultless)
    if (variant.options.ways == Ways()) variant.options.ways = ways;
  std::vector<MatrixRow> rows(faultless.size() + faults.size());
  auto const row = [&](std::span<Case const> suite, std::size_t i) {
    if (i < faultless.size()) return faultless_row(suite, faultless[i], seed, extent);
    return matrix_row(suite, *faults[i - faultless.size()], seed, ways, &rows.front(), extent);
  };
  rows[0] = row(built_in_suite(), 0);  // the others need it
  std::atomic<std::size_t> next = 1;
  std::vector<std::future<void>> threads;
  for (std::size_t lane = 0; lane < std::min(jobs, rows.size()); ++lane)
    threads.push_back(std::async(std::launch::async, [&] {
      auto const suite = built_in_suite();
      for (std::size_t i = next++; i < rows.size(); i = next++) rows[i] = row(suite, i);
    }));
  for (auto& thread : threads) thread.get();
  return rows;
}

/// Faults that one case alone shows: without it they would be lost.
static void print_single_killers(std::vector<MatrixRow> const& rows) {
  std::string single;
  for (auto const& row : rows) {
    if (is_faultless(row)) continue;
    auto const failed = [](MatrixCell const& cell) { return cell.verdict == Verdict::fail; };
    if (std::ranges::count_if(row.cells, failed) != 1) continue;
    single += fmt::format("{}{} ({})", single.empty() ? "" : ", ", row.fault.substr(0, row.fault.find('_')),
                          std::ranges::find_if(row.cells, failed)->case_id);
  }
  if (!single.empty()) fmt::print("caught by one case alone: {}\n", single);
}

/// The share of the faults that pushes of one message show, and pushes of more: why the suite has both.
static void print_by_messages(std::vector<MatrixRow> const& rows) {
  std::size_t faults = 0, one = 0, more = 0;
  for (auto const& row : rows) {
    if (is_faultless(row)) continue;
    auto const fails_with = [&](auto messages) {
      return std::ranges::any_of(row.cells,
                                 [&](MatrixCell const& cell) { return cell.verdict == Verdict::fail && messages(cell.messages); });
    };
    ++faults;
    one += fails_with([](auto k) { return k <= 1; }) ? 1 : 0;
    more += fails_with([](auto k) { return k > 1; }) ? 1 : 0;
  }
  auto const share = [&](std::size_t caught) {
    return 100.0 * static_cast<double>(caught) / static_cast<double>(std::max<std::size_t>(1, faults));
  };
  fmt::print("cases with one message a user alone: {} caught, {:.1f} %; with two or more alone: {}, {:.1f} %\n", one, share(one), more,
             share(more));
}

/// In how many cells the server would have done the same octets again.
static void print_played(std::vector<MatrixRow> const& rows) {
  std::size_t cells = 0, played = 0;
  for (auto const& row : rows) {
    cells += row.cells.size();
    played += static_cast<std::size_t>(std::ranges::count(row.cells, true, &MatrixCell::played));
  }
  fmt::print("{} cells, {} played: in the others the server never looks at the fault's switch, and does what the faultless one does\n",
             cells, played);
}

static void print_heavy() {
  std::string ids;
  for (auto const& one : built_in_suite())
    if (one.heavy) ids += fmt::format("{}{}", ids.empty() ? "" : ", ", one.info.id);
  fmt::print(
      "played against the faultless servers, and of the faults only against those that they name, at a twentieth of their load; --all "
      "plays all of it: {}\n",
      ids);
}

/// Those that are named, pairs as one; all where none is.
static std::expected<std::vector<refserver::FaultRow const*>, Refusal> chosen_rows(Options const& options) {
  std::vector<refserver::FaultRow const*> rows;
  for (auto const& name : options.faults) {
    if (auto const* pair = refserver::find_pair(name)) {
      rows.push_back(pair);
      continue;
    }
    auto const fault = load_fault(name);
    if (!fault) return std::unexpected(fault.error());
    rows.push_back(&refserver::row(*fault));
  }
  if (!rows.empty()) return rows;
  for (auto const table : {refserver::catalogue(), refserver::second_order()})
    for (auto const& row : table) rows.push_back(&row);
  return rows;
}

int matrix(Options const& options) {
  auto const chosen = chosen_rows(options);
  if (!chosen) return refuse(chosen.error());
  auto const& faults = *chosen;
  bool const has_every_fault = options.faults.empty();
  auto const extent = options.whole_load ? Extent::all : Extent::usual;
  auto const seed = options.seed.value_or(1);
  auto const rows =
      all_rows(faults, has_every_fault, seed, options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency()),
               options.ways, extent);
  std::size_t problems = 0, caught = 0, faultless = 0, alarms = 0, foreign = 0;
  json::array all;
  for (auto const& row : rows) {
    print(row);
    all.push_back(to_json(row));
    problems += row.detected ? 0 : 1;
    caught += row.detected && row.about_diameter.empty() && !is_faultless(row) ? 1 : 0;
    foreign += row.about_diameter.empty() ? 0 : 1;
    faultless += is_faultless(row) ? 1 : 0;
    alarms += is_faultless(row) && !row.detected ? 1 : 0;
  }
  if (!options.out.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    std::ofstream out(options.out + "/matrix.json");
    out << json::serialize(json::object{{"tool", "tollgate"}, {"seed", seed}, {"rows", all}}) << '\n';
    if (!out.flush()) return refuse({exit_report_not_written, options.out + "/matrix.json: cannot be written"});
  }
  fmt::print(
      "{} faults, {} caught for the stated reason, mutation score {:.1f} %; false alarms: {} of {} faultless servers; {} more wait for "
      "their cases; seed {}\n",
      faults.size() - foreign, caught,
      100.0 * static_cast<double>(caught) / static_cast<double>(std::max<std::size_t>(1, faults.size() - foreign)), alarms, faultless,
      refserver::waiting().size(), seed);
  if (foreign > 0) fmt::print("{} more are about Diameter itself\n", foreign);
  print_played(rows);
  print_by_messages(rows);
  print_single_killers(rows);
  if (extent == Extent::usual) print_heavy();
  int const code = problems == 0 ? exit_ok : exit_fail;
  return code;
}

}  // namespace tollgate::cli
