// xmllint on every XML that tollgate writes in a run: JUnit by its schema, the documents of CH-2 by theirs, the ladders and the page as
// such. The scenario files are held to theirs by runner.ScenarioFiles.
#include <gmock/gmock.h>

#include "selftest/program_test.hpp"
#include "trace/trace.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;

std::string const schemas = std::string(TOLLGATE_SOURCE_DIR) + "/";

/// Of every file that `find` finds there, in as few calls as the command line takes.
Ended xmllint(std::string const& arguments, std::filesystem::path const& folder, std::string const& pattern) {
  return shell("find '" + folder.string() + "' -name '" + pattern + "' -print0 | xargs -0 xmllint --noout " + arguments);
}

std::size_t files_in(std::filesystem::path const& folder, std::string const& extension) {
  std::size_t count = 0;
  for (auto const& file : std::filesystem::directory_iterator(folder)) count += file.path().extension() == extension ? 1U : 0U;
  return count;
}

/// Each document of CH-2 in the traces of a run that nobody has broken on purpose, as a file. How many.
std::size_t documents_of(std::filesystem::path const& traces, std::filesystem::path const& to) {
  std::filesystem::create_directories(to);
  std::size_t count = 0;
  for (auto const& file : std::filesystem::directory_iterator(traces)) {
    if (file.path().extension() != ".jsonl") continue;
    auto const trace = trace::load(read_file(file.path()));
    if (!trace) continue;
    for (auto const& event : trace->events()) {
      auto const body = event.octets.find("\r\n\r\n");
      if (event.channel != trace::Channel::ch2 || body == std::string::npos) continue;
      if (auto const document = event.octets.substr(body + 4); document.starts_with("<?xml"))
        write_file(to / (std::to_string(++count) + ".xml"), document);
    }
  }
  return count;
}

/// A run in which many cases fail, with what a failure writes.
TEST(Xml, OfAFailedRunIsValid) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell("tollgate run ORD SDP INV --sim --fault M13 --out " + out.string());
  ASSERT_EQ(ended.exit, 1) << ended.output;
  auto const junit = xmllint("--schema " + schemas + "reports/junit.xsd", out, "junit.xml");
  EXPECT_EQ(junit.exit, 0) << junit.output;
  EXPECT_THAT(junit.output, HasSubstr("junit.xml validates"));
  EXPECT_GT(files_in(out / "tests", ".svg"), 40U);
  auto const ladders = xmllint("", out / "tests", "*.svg");
  EXPECT_EQ(ladders.exit, 0) << ladders.output;
  // The page is HTML 5, of which xmllint knows the grammar but not every tag.
  auto const page = shell("xmllint --html --noout '" + (out / "index.html").string() +
                          "' 2>&1 | grep ': HTML parser error :' | grep -v 'Tag [a-z]* invalid'");
  EXPECT_EQ(page.output, "");
}

TEST(Xml, OfChargingIsValid) {
  auto const folder = fresh_folder();
  auto const ended = shell("tollgate run ORD RSV NC --sim --binding http --out " + (folder / "out").string());
  ASSERT_EQ(ended.exit, 0) << ended.output;
  EXPECT_GT(documents_of(folder / "out/tests", folder / "documents"), 300U);
  auto const all = xmllint("--schema " + schemas + "scenarios/ch2.xsd", folder / "documents", "*.xml");
  EXPECT_EQ(all.exit, 0) << all.output.substr(0, 4000);
}

}  // namespace
}  // namespace tollgate::selftest
