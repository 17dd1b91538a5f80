// The picture of the suite against the reference server that is committed in reports/reference, beside what it is now. Whoever
// changes what a case shows, sees it in the change. TOLLGATE_RENEW=1 in the environment draws it anew.
#include <boost/json.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>

#include "base/text.hpp"
#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

namespace json = boost::json;

std::string text(json::value const& value) {
  return std::string(value.as_string());
}

/// A line a case: id, verdict, strength, kind, clause, and why, where it does not simply pass.
std::string suite_of(json::value const& results) {
  std::string out = "case\tverdict\tstrength\tkind\tclause\twhy\n";
  for (auto const& one : results.at("cases").as_array()) {
    auto const verdict = text(one.at("verdict"));
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", text(one.at("id")), verdict, text(one.at("strength")), text(one.at("kind")),
                       text(one.at("clause")), verdict == "pass" ? "" : text(one.at("reason")));
  }
  return out;
}

/// What the run says of the order of the steps, and of how the server reads the ambiguous ones.
std::string reading_of(std::string const& output) {
  std::string out;
  for (auto const line : split(output, '\n'))
    if (line.starts_with("    the run showed") || line.starts_with("    order ")) out += std::string(line) + "\n";
  return out;
}

void expect_as_committed(std::string const& name, std::string const& now) {
  auto const file = std::filesystem::path(TOLLGATE_SOURCE_DIR) / "reports/reference" / name;
  auto const* const renew = std::getenv("TOLLGATE_RENEW");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  if (renew != nullptr) std::ofstream(file, std::ios::binary) << now;
  auto const committed = read_file(file);
  auto const was = split(committed, '\n'), is = split(now, '\n');
  for (std::size_t i = 0; i < std::max(was.size(), is.size()); ++i)
    EXPECT_EQ(i < is.size() ? is[i] : "(none)", i < was.size() ? was[i] : "(none)")
        << name << ":" << i + 1 << "; if that is meant, TOLLGATE_RENEW=1 draws it anew";
}

TEST(Reference, TheSuiteShowsWhatIsCommitted) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell("tollgate run --sim --seed 1 --out " + out.string());
  ASSERT_EQ(ended.exit, 0) << ended.output;
  expect_as_committed("suite.tsv", suite_of(json::parse(read_file(out / "results.json"))));
  expect_as_committed("reading.txt", reading_of(ended.output));
  expect_as_committed("ORD-01.txt", shell("tollgate ladder " + (out / "tests/ORD-01.jsonl").string()).output);
  expect_as_committed("ORD-01.svg", read_file(out / "tests/ORD-01.svg"));
}

}  // namespace
}  // namespace tollgate::selftest
