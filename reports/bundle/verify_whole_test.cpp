#include <gmock/gmock.h>

#include "base/text.hpp"
#include "reports/bundle/honest_bundle_test.hpp"

namespace tollgate::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Verify, RefusesAStatementThatSaysSomethingElseThanItsFiles) {
  auto const files = bundled();
  auto const wrong = [&](std::string_view what, std::string_view by) { return complaints(signed_anew(files, what, by)); };
  EXPECT_EQ(wrong("FAILED", "PASSED"), "attestation.intoto.json: its result is not what plan and results say");
  EXPECT_THAT(wrong("\"failedTests\": [ \"ORD-01\", ", "\"failedTests\": [ "), HasSubstr("its failedTests is not"));
  EXPECT_THAT(wrong("acme-im 7.1", "acme-im 8.0"), HasSubstr("its tollgate is not"));
  EXPECT_THAT(wrong("\"result\"", "\"url\": \"x\", \"result\""), HasSubstr("its url is not"));
  EXPECT_THAT(wrong("test-result/v0.1", "test-result/v9"), HasSubstr("its predicateType is not what we sign"));
  EXPECT_THAT(wrong("\"subject\": [ ", "\"subject\": [ { \"name\": \"plan.json\", \"digest\": { \"sha256\": \"0\" } }, "),
              HasSubstr("its subject is not what we sign"));
}

/// Cases, whole, exit code and statement are judged whoever wrote them; what is drawn is not.
TEST(Verify, JudgesTheWholeOfARunOfAnotherVersion) {
  auto run = honest_run();
  run.version = "0.9";
  auto const files = bundled(run);
  auto const verified = verify(files, {}, judge());
  EXPECT_THAT(verified.complaints, IsEmpty());
  EXPECT_THAT(verified.notes, ElementsAre("made by tollgate 0.9: of its page and JUnit the verdicts and counts are compared; their other "
                                          "words and the ladders are not"));
  EXPECT_EQ(complaints(edited(files, "results.json", "\"fail\": 2", "\"fail\": 1")),
            "results.json: its 'summary' does not follow from its cases and traces");
  EXPECT_EQ(complaints(edited(files, "results.json", "\"exit\": 3", "\"exit\": 0")), "results.json: exit 0, but its verdicts give 3");
  EXPECT_EQ(complaints(edited(files, "results.json", "\"exit\": 3", "\"exit\": 70")), "results.json: exit 70, but its verdicts give 3");
  EXPECT_THAT(complaints(edited(files, "results.json", "\"says\": \"", "\"says\": \"X")), HasSubstr("results.json: its 'order'"));
}

/// Whose page and JUnit we cannot draw; what they tell of the verdicts we can read.
TEST(Verify, RefusesAnotherVerdictInThePageAndJunitOfAnotherVersion) {
  auto run = honest_run();
  run.version = "0.9";
  auto const files = bundled(run);
  auto const page = [&](std::string_view what, std::string_view by) { return complaints(edited(files, "index.html", what, by)); };
  auto const junit = [&](std::string_view what, std::string_view by) { return complaints(edited(files, "junit.xml", what, by)); };
  EXPECT_EQ(page("<details class=\"fail\" id=\"ORD-03\"", "<details class=\"pass\" id=\"ORD-03\""),
            "index.html: it tells pass FAIL of ORD-03, but its verdict is fail FAIL");
  EXPECT_EQ(page("id=\"ORD-03\"", "id=\"ORD-30\""),
            "index.html: it does not tell of ORD-03\nindex.html: it tells of ORD-30, which results.json has not");
  EXPECT_THAT(page("2 fail", "1 fail"), HasSubstr("index.html: it does not say at its top '5 of 6 cases ran: "));
  EXPECT_EQ(junit("failures=\"2\"", "failures=\"0\""), "junit.xml: 0 failures in tollgate, but it has 2");
  EXPECT_EQ(junit("name=\"DBT-02 ", "name=\"DBT-20 "),
            "junit.xml: it does not tell of DBT-02\njunit.xml: it tells of DBT-20, which results.json has not");
  auto none_failed = files;
  auto& xml = none_failed["junit.xml"];
  xml = replaced(xml, "<failure", "<skipped");
  xml = replaced(xml, "</failure", "</skipped");
  EXPECT_THAT(complaints(signed_anew(std::move(none_failed))),
              HasSubstr("junit.xml: it tells skipped of ORD-03, but its verdict is failure"));
  EXPECT_THAT(junit("<testsuites", "<testsuit"), HasSubstr("junit.xml: not XML"));
}

/// Of either version; and nobody bundles a folder from which something was taken.
TEST(Verify, RefusesAFolderThatLacksWhatARunLeaves) {
  for (auto const* version : {"1.0", "0.9"}) {
    auto run = honest_run();
    run.version = version;
    for (auto const* name : {"index.html", "junit.xml", "sut.toml", "tollgate.log", "tests/ORD-03.svg"}) {
      auto files = bundled(run);
      files.erase(name);
      EXPECT_EQ(complaints(signed_anew(std::move(files))), fmt::format("{} is missing, and a run leaves it", name));
      auto const folder = run_folder(run);
      std::filesystem::remove(folder / name);
      auto const refused = bundle(folder, key(laboratory_key));
      ASSERT_FALSE(refused) << name;
      EXPECT_THAT(refused.error(), HasSubstr(fmt::format("{} is missing, and a run leaves it", name)));
    }
  }
}

/// Who writes the whole folder anew, as we write it, and signs it.
std::string complaints_of_forgery(void (*forges)(Run& run)) {
  auto files = bundled();
  auto run = stored_run(reader_of(files));
  EXPECT_TRUE(run);
  forges(*run);
  run->exit = exit_code(*run);
  files["plan.json"] = plan_json(*run);
  complete(files, *run);
  files["results.json"] = results_json(*run);
  for (auto& [name, drawn] : pictures_of(*run)) files[name] = drawn;
  return complaints(signed_anew(std::move(files)));
}

void drop(Run& run, std::string_view id) {
  std::erase_if(run.cases, [&](auto const& one) { return one.info.id == id; });
  sum_up(run, {}, {});
}

TEST(Verify, TakesAFolderThatWasWrittenAnewAsItWas) {
  EXPECT_EQ(complaints_of_forgery([](auto&) {}), "");
}

TEST(Verify, RefusesAPlanThatItsArgumentsDoNotGive) {
  EXPECT_EQ(complaints_of_forgery([](auto& run) { drop(run, "ORD-03"); }),
            "plan.json: its arguments choose ORD-03 as number 2, where it has DBT-02");
  EXPECT_EQ(complaints_of_forgery([](auto& run) { drop(run, "NC-01"); }),
            "plan.json: its arguments choose NC-01 as number 6, where it has nothing");
  EXPECT_EQ(complaints_of_forgery([](auto& run) {
              drop(run, "ORD-03");
              run.selection.prefixes = {"ORD", "DBT"};
            }),
            "plan.json: its arguments, ORD DBT, choose ORD-03 as number 2, where it has DBT-02");
  EXPECT_THAT(complaints_of_forgery([](auto& run) { run.selection.repeat = 1'000'000'000'000; }), HasSubstr("more cases than the 6"));
  EXPECT_THAT(complaints(edited(bundled(), "plan.json", "\"selection\"", "\"selectiom\"")),
              HasSubstr("plan.json does not say which arguments chose its cases"));
}

TEST(Verify, NamesTheArgumentsThatChoseTheCases) {
  auto run = honest_run();
  drop(run, "ORD-03");
  run.selection.filter = "*:-ORD-03";
  auto const verified = verify(bundled(run), {}, judge());
  EXPECT_THAT(verified.complaints, IsEmpty());
  EXPECT_EQ(verified.chosen_by, "--filter *:-ORD-03");
  EXPECT_EQ(verify(bundled(), {}, judge()).chosen_by, "");
}

TEST(Verify, RefusesAnotherReadingAndOrderThanTheTracesShow) {
  EXPECT_THAT(complaints_of_forgery([](auto& run) { run.order.front().proved_by = {"ORD-01", "ORD-30"}; }),
              HasSubstr("results.json: its 'order' does not follow from its cases and traces"));
  EXPECT_THAT(complaints_of_forgery([](auto& run) { run.inferred["debit"] = "each or all"; }),
              HasSubstr("results.json: its 'inferred' does not follow from its cases and traces"));
  EXPECT_THAT(complaints_of_forgery([](auto& run) { run.fits = {"CR-ALL"}; }),
              HasSubstr("results.json: its 'fits' does not follow from its cases and traces"));
}

TEST(Verify, RefusesWhatACaseIsSaidToBeAbout) {
  EXPECT_THAT(complaints_of_forgery([](auto& run) { run.cases[1].info.clause = "6.3.2.8 (1)"; }),
              HasSubstr("ORD-03: its clause is '6.3.2.8 (1)', but the catalogue has '6.3.2.8 (3-5)'"));
  EXPECT_THAT(complaints_of_forgery([](auto& run) { run.cases[1].info.purpose = "Anything goes."; }),
              HasSubstr("ORD-03: its purpose is 'Anything goes.', but the catalogue has"));
  EXPECT_THAT(complaints_of_forgery([](auto& run) { run.cases[1].info.strength = "rfc-may"; }), HasSubstr("ORD-03: its strength is"));
  EXPECT_THAT(complaints_of_forgery([](auto& run) { run.cases[1].again = "rm -r /"; }),
              HasSubstr("ORD-03: its command to run it again is not 'tollgate run ORD-03 --seed 42 ...'"));
  EXPECT_THAT(complaints_when([](auto& run) { run.cases[1].again += " --fault M05"; }),
              HasSubstr("ORD-03: its again in results.json is not that of plan.json"));
  EXPECT_THAT(complaints_when([](auto& run) { run.cases[1].info.group = "debit"; }),
              HasSubstr("ORD-03: its group in results.json is not that of plan.json"));
  EXPECT_THAT(complaints_when([](auto& run) { run.sut = "acme-im 8.0"; }), HasSubstr("results.json: its sut is not that of plan.json"));
  EXPECT_THAT(complaints_when([](auto& run) { run.baseline_problems = {"baseline.toml:1:1: there is no case DBT-09"}; }),
              HasSubstr("results.json: its baseline_problems are not those that the baseline has"));
}

TEST(Verify, RefusesAnotherServerThanItsFileNames) {
  auto run = honest_run();
  run.sut_toml = "[sut]\nname = \"acme-im 6.0\"\nsip = \"udp:127.0.0.1:5060\"\n";
  auto const claims = read_sut_file("sut.toml", run.sut_toml)->claims;
  run.ics.assign(claims.begin(), claims.end());
  EXPECT_THAT(complaints(bundled(run)), HasSubstr("plan.json is of another SUT than sut.toml"));
  run.sut = "acme-im 6.0";
  EXPECT_THAT(complaints(bundled(run)), Not(HasSubstr("another SUT")));
}

/// A run with what crossed a wire beside its cases, and broke its grammar there.
Files with_peers() {
  auto run = honest_run();
  trace::Trace peers;
  peers.declare(run.declares);
  peers.record({.channel = trace::Channel::sip, .actor = "ocs", .octets = "OPTIONS sip:x SIP/2.0\r\n\r\n"});
  auto finding = rules::every_octet_parses(peers, terms_of({}, {}));
  EXPECT_EQ(finding.verdict, Verdict::fail);
  run.out = testing::TempDir() + "bundle-with-peers";
  run.cases.push_back(peers_result("ORD-01", std::move(finding), peers, run.out));
  sum_up(run, {}, {});
  run.exit = exit_code(run);
  std::filesystem::remove_all(run.out);
  auto planned = run;
  planned.cases.pop_back();
  RunFolder folder(planned, {});
  write_file(std::filesystem::path(run.out) / peers_file("ORD-01"), trace::save(peers));
  for (std::size_t i = 0; i < planned.cases.size(); ++i) folder.write_artefacts(i, planned.cases[i]);
  planned.cases.push_back(run.cases.back());
  folder.complete();
  return *read_archive(*bundle(run.out, key(laboratory_key)));
}

TEST(Verify, MakesWhatWasFoundBesideThePlanOnceMore) {
  auto const files = with_peers();
  ASSERT_TRUE(files.contains("tests/PEERS-ORD-01.jsonl"));
  EXPECT_EQ(complaints(files), "");
  EXPECT_THAT(complaints(edited(files, "results.json", "belongs to no case keeps", "belongs to no case breaks")),
              HasSubstr("PEERS-ORD-01: its 'purpose' is not what the traces give"));
  EXPECT_THAT(complaints(edited(files, "results.json", "tollgate judge", "rm")), HasSubstr("PEERS-ORD-01: its 'again' is not"));
  EXPECT_THAT(complaints(edited(files, "tests/PEERS-ORD-01.jsonl", "OPTIONS", "OPTIOMS")),
              HasSubstr("PEERS-ORD-01: its trace is not what the traces give"));
}

TEST(Verify, NotesACatalogueThatIsNotOurs) {
  auto run = honest_run();
  run.catalogue = "0";
  auto const verified = verify(bundled(run), {}, judge());
  EXPECT_THAT(verified.complaints, IsEmpty());
  EXPECT_THAT(verified.notes, ElementsAre(HasSubstr("made with another catalogue of purposes")));
}

}  // namespace
}  // namespace tollgate::reports
