#include "reports/bundle/statement.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "reports/hash.hpp"
#include "reports/json_text.hpp"
#include "reports/run_folder.hpp"
#include "trace/json_members.hpp"

namespace tollgate::reports {

namespace json = boost::json;

static constexpr std::string_view statement = "https://in-toto.io/Statement/v1",
                                  test_result = "https://in-toto.io/attestation/test-result/v0.1";

Hashes hashes_of(Files const& files) {
  Hashes hashes;
  for (auto const& [name, octets] : files) hashes[name] = sha256(octets);
  return hashes;
}

static json::object described(std::string_view name, std::string_view hash) {
  return {{"name", name}, {"digest", {{"sha256", hash}}}};
}

/// PASSED, WARNED or FAILED, the three words of the predicate: what could not be judged is a warning.
static std::string_view result_of(Run const& run) {
  constexpr int inconclusive = 2;
  return run.exit == 0 ? "PASSED" : run.exit == inconclusive ? "WARNED" : "FAILED";
}

std::string write_statement(Run const& run, Hashes const& hashes) {
  json::array subject, configuration, passed, warned, failed;
  for (auto const& [name, hash] : hashes) {
    subject.push_back(described(name, hash));
    if (name == "plan.json" || name == "sut.toml" || name == baseline_name) configuration.push_back(described(name, hash));
  }
  for (auto const& result : run.cases) {
    if (result.verdict == Verdict::na) continue;
    auto& list = result.verdict == Verdict::pass                                         ? passed
                 : result.verdict == Verdict::inconc || result.verdict == Verdict::known ? warned
                                                                                         : failed;
    list.emplace_back(result.info.id);
  }
  return json_text(json::object{{"_type", statement},
                                {"subject", std::move(subject)},
                                {"predicateType", test_result},
                                {"predicate",
                                 {{"result", result_of(run)},
                                  {"configuration", std::move(configuration)},
                                  {"passedTests", std::move(passed)},
                                  {"warnedTests", std::move(warned)},
                                  {"failedTests", std::move(failed)},
                                  {"tollgate",
                                   {{"version", run.version},
                                    {"sut", run.sut},
                                    {"profile", run.profile},
                                    {"ics", json::value_from(run.ics)},
                                    {"catalogue", {{"sha256", run.catalogue}}},
                                    {"seed", fmt::format("{}", run.seed)}}}}}});
}

std::expected<Hashes, std::string> read_statement(std::string_view text) {
  boost::system::error_code error;
  auto const parsed = json::parse(text, error);
  if (error || !parsed.is_object()) return std::unexpected("the statement is no JSON object");
  auto const& from = parsed.get_object();
  auto const* type = from.if_contains("_type");
  auto const* subject = from.if_contains("subject");
  if (type == nullptr || !type->is_string() || type->get_string() != statement || subject == nullptr || !subject->is_array())
    return std::unexpected("no in-toto statement v1");
  Hashes hashes;
  for (auto const& one : subject->get_array()) {
    boost::system::error_code missing;
    auto const* name = one.find_pointer("/name", missing);
    auto const* hash = one.find_pointer("/digest/sha256", missing);
    if (name == nullptr || hash == nullptr || !name->is_string() || !hash->is_string())
      return std::unexpected("a subject of the statement lacks its name or sha256");
    hashes[std::string(name->get_string())] = std::string(hash->get_string());
  }
  return hashes;
}

/// A member that only one of them has counts as well.
static std::vector<std::string> different_members(json::object const& said, json::object const& is) {
  std::vector<std::string> out;
  for (auto const& [name, value] : is)
    if (auto const* other = said.if_contains(name); other == nullptr || *other != value) out.emplace_back(name);
  for (auto const& [name, value] : said)
    if (!is.contains(name)) out.emplace_back(name);
  return out;
}

std::vector<std::string> wrong_predicate(std::string_view text, Run const& run, Hashes const& hashes) {
  boost::system::error_code error;
  auto const parsed = json::parse(text, error);
  auto const& said = trace::as_object(parsed);
  auto const again = json::parse(write_statement(run, hashes));
  auto const& is = again.get_object();
  auto const manifest = read_statement(text);
  std::vector<std::string> out;
  for (auto const& name : different_members(said, is)) {
    if (name == "predicate" || (name == "subject" && manifest != hashes)) continue;
    out.push_back(fmt::format("its {} is not what we sign", printable(name, 64)));
  }
  for (auto const& name : different_members(trace::object_of(said, "predicate"), is.at("predicate").get_object()))
    out.push_back(fmt::format("its {} is not what plan and results say", printable(name, 64)));
  return out;
}

}  // namespace tollgate::reports
