#include "reports/stored_run.hpp"

#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "reports/run_folder.hpp"
#include "trace/json_members.hpp"

namespace tollgate::reports {

namespace json = boost::json;
using trace::list_of;
using trace::object_of;
using trace::text_of;

static std::optional<std::string> text_of_file(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

static double number(json::object const& from, std::string_view key) {
  auto const* value = from.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

static std::uint64_t whole(json::object const& from, std::string_view key) {
  boost::system::error_code error;
  auto const* value = from.if_contains(key);
  auto const number = value != nullptr ? value->to_number<std::uint64_t>(error) : 0;
  return error ? 0 : number;
}

static Duration seconds(json::object const& from, std::string_view key, double factor = 1) {
  constexpr double a_year = 31'536'000;
  return Duration(std::llround(std::clamp(number(from, key) * factor, 0.0, a_year) * 1e9));
}

static Verdict verdict(json::object const& from) {
  constexpr std::array all{Verdict::pass, Verdict::inconc, Verdict::fail, Verdict::error, Verdict::na, Verdict::known};
  for (auto const one : all)
    if (to_string(one) == text_of(from, "verdict")) return one;
  return Verdict::error;
}

static Finding finding(json::object const& from) {
  Finding out{.rule = text_of(from, "rule"),
              .name = text_of(from, "name"),
              .clause = text_of(from, "clause"),
              .verdict = verdict(from),
              .reason = text_of(from, "reason"),
              .because = text_of(from, "because"),
              .witnesses = {}};
  for (auto const& witness : list_of(from, "witnesses"))
    if (witness.is_int64() && witness.get_int64() > 0) out.witnesses.push_back(static_cast<trace::EventId>(witness.get_int64()));
  return out;
}

static CaseResult case_result(json::object const& from, FileReader const& file) {
  CaseResult out;
  out.info = {.id = text_of(from, "id"),
              .group = text_of(from, "group"),
              .purpose = text_of(from, "purpose"),
              .clause = text_of(from, "clause"),
              .strength = text_of(from, "strength"),
              .kind = text_of(from, "kind"),
              .file = text_of(from, "file"),
              .line = static_cast<int>(number(from, "line")),
              .not_built = text_of(from, "not_built")};
  out.verdict = verdict(from);
  out.reason = text_of(from, "reason");
  out.because = text_of(from, "because");
  out.again = text_of(from, "again");
  out.duration = seconds(from, "duration_s");
  out.lag = seconds(from, "lag_max_ms", 1e-3);
  out.plays = std::max(1U, static_cast<unsigned>(number(from, "plays")));
  auto const* finished = from.if_contains("finished");
  out.finished = finished != nullptr && finished->is_bool() ? finished->get_bool() : out.reason != "incomplete";
  for (auto const& one : list_of(from, "findings"))
    if (one.is_object()) out.findings.push_back(finding(one.get_object()));
  if (auto const octets = file(text_of(object_of(from, "artefacts"), "trace")))
    if (auto trace = trace::load(*octets)) out.trace = std::move(*trace);
  return out;
}

static std::vector<std::string> texts(json::object const& from, std::string_view key) {
  std::vector<std::string> out;
  for (auto const& one : list_of(from, key))
    if (one.is_string()) out.emplace_back(one.get_string());
  return out;
}

static Selection selection(json::object const& from) {
  auto const* shuffled = from.if_contains("shuffle");
  return {.prefixes = texts(from, "select"),
          .filter = text_of(from, "filter"),
          .level = text_of(from, "level"),
          .partition = Partition::parse(text_of(from, "partition")),
          .repeat = whole(from, "repeat"),
          .is_shuffled = shuffled != nullptr && shuffled->is_bool() && shuffled->get_bool()};
}

/// What `plan.json` has beside the cases; one that cannot be read says nothing.
static void read_plan(FileReader const& file, Run& run) {
  boost::system::error_code error;
  auto const plan = json::parse(file("plan.json").value_or(""), error);
  if (error || !plan.is_object()) return;
  auto const& from = plan.get_object();
  run.out = text_of(from, "folder");
  run.catalogue = text_of(from, "catalogue");
  if (from.contains("selection")) run.selection = selection(object_of(from, "selection"));
  run.ics = texts(from, "ics");
  run.day = text_of(from, "day");
  for (auto const& [name, value] : object_of(from, "declares"))
    if (value.is_string()) run.declares[std::string(name)] = std::string(value.get_string());
}

/// Of an arrow that this version does not know there is no text.
static OrderEvidence order_evidence(json::object const& from) {
  OrderEvidence out{.arrow = {.from = static_cast<int>(number(from, "from")), .to = static_cast<int>(number(from, "to"))}};
  for (auto const& known : rules::arrows)
    if (known.from == out.arrow.from && known.to == out.arrow.to) out.arrow = known;
  out.in_order = static_cast<unsigned>(std::max(0.0, number(from, "was_in_order")));
  out.proved_by = texts(from, "proved_by");
  out.refuted_by = texts(from, "refuted_by");
  return out;
}

std::expected<Run, std::string> stored_run(std::filesystem::path const& folder) {
  auto run = stored_run([&](std::string const& name) { return text_of_file(folder / name); });
  if (!run) return std::unexpected((folder / run.error()).string());
  if (run->out.empty()) run->out = folder.string();
  return run;
}

std::expected<Run, std::string> stored_run(FileReader const& file) {
  auto const octets = file("results.json");
  if (!octets) return std::unexpected("results.json: cannot be read");
  boost::system::error_code error;
  auto const parsed = json::parse(*octets, error);
  if (error) return std::unexpected(fmt::format("results.json: not JSON: {}", error.message()));
  if (!parsed.is_object() || text_of(parsed.get_object(), "tool") != "tollgate")
    return std::unexpected("results.json: not the results of a run");
  auto const& from = parsed.get_object();
  Run run;
  run.version = text_of(from, "version");
  run.seed = whole(from, "seed");
  run.sut = text_of(from, "sut");
  run.profile = text_of(from, "profile");
  run.started_at = text_of(from, "started_at");
  run.duration = seconds(from, "duration_s");
  run.lag_p99 = seconds(from, "lag_p99_ms", 1e-3);
  run.lag_max = seconds(from, "lag_max_ms", 1e-3);
  run.sut_toml = file("sut.toml").value_or("");
  run.log = file("tollgate.log").value_or("");
  run.baseline = file(std::string(baseline_name)).value_or("");
  read_plan(file, run);
  run.exit = static_cast<int>(number(from, "exit"));
  for (auto const& [axis, value] : object_of(from, "inferred"))
    if (value.is_string()) run.inferred[std::string(axis)] = std::string(value.get_string());
  run.fits = texts(from, "fits");
  run.baseline_problems = texts(from, "baseline_problems");
  for (auto const& one : list_of(from, "order"))
    if (one.is_object()) run.order.push_back(order_evidence(one.get_object()));
  for (auto const& one : list_of(from, "cases"))
    if (one.is_object()) run.cases.push_back(case_result(one.get_object(), file));
  return run;
}

}  // namespace tollgate::reports
