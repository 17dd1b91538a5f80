#include <gmock/gmock.h>

#include "reports/bundle/honest_bundle_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Verify, RefusesAChangedOctetOfAnyFile) {
  auto const files = bundled();
  for (auto const& [name, octets] : files) {
    auto changed = files;
    auto& content = changed[name];
    if (content.empty()) continue;
    content[content.size() / 2] ^= 1;
    EXPECT_THAT(verify(changed, {.trusted = {key(laboratory_key).public_key()}}, judge()).complaints, testing::Not(IsEmpty()))
        << name << " is not looked at";
  }
}

TEST(Verify, NamesWhatIsMissingAddedOrNotSigned) {
  auto const files = bundled();
  auto without = files;
  without.erase("tests/ORD-03.jsonl");
  EXPECT_THAT(complaints(without), HasSubstr("tests/ORD-03.jsonl: in the manifest, but missing"));
  auto with = files;
  with["tests/MORE.jsonl"] = "x";
  EXPECT_THAT(complaints(with), HasSubstr("tests/MORE.jsonl: not in the manifest"));
  EXPECT_THAT(complaints(files, {key(vendor_key).public_key()}), HasSubstr("trusted, but it has not signed this"));
}

TEST(Verify, RefusesAnEditedVerdictAlsoWhereItWasSignedAnew) {
  auto const files = bundled();
  std::string const failed = "\"verdict\": \"fail\"", passed = "\"verdict\": \"pass\"";
  EXPECT_THAT(complaints(edited(files, "results.json", failed, passed)),
              HasSubstr("results.json: its 'clauses' does not follow from its cases and traces"));
  EXPECT_THAT(complaints(edited(files, "results.json", "\"id\": \"ORD-03\", \"verdict\": \"fail\", \"reason\"",
                                "\"id\": \"ORD-03\", \"verdict\": \"pass\", \"reason\"")),
              HasSubstr("ORD-03: recorded as 'pass: unexpected INVITE', but its trace gives 'fail: unexpected INVITE'"));
  EXPECT_THAT(
      complaints(edited(files, "results.json", "\"rule\": \"G12\", \"verdict\": \"fail\"", "\"rule\": \"G12\", \"verdict\": \"pass\"")),
      HasSubstr("but its trace gives 'G12 fail"));
  EXPECT_THAT(complaints(edited(files, "plan.json", "\"NC-01\"", "\"NC-02\"")),
              HasSubstr("NC-02: planned as number 6, where results.json has NC-01"));
  EXPECT_THAT(complaints(edited(files, "tests/ORD-03.jsonl", "\"bundle\":\"", "\"bundle\":\"X")), HasSubstr("ORD-03"));
}

void becomes(CaseResult& result, Verdict verdict, std::string reason = "", std::string because = "") {
  result.verdict = verdict;
  result.reason = std::move(reason);
  result.because = std::move(because);
}

void becomes_pass(Finding& finding) {
  finding = {.rule = finding.rule, .verdict = Verdict::pass};
}

/// As if it had never been played.
void forget(CaseResult& result) {
  result.findings.clear();
  result.trace = {};
}

TEST(Verify, TakesTheResultsThatTheRunWrote) {
  auto const files = bundled();
  EXPECT_EQ(complaints(edited(files, "tollgate.log", "", "x")), "");
}

/// What people look at.
TEST(Verify, RefusesAPageAndAJunitAndALadderOfAnotherRun) {
  auto const files = bundled();
  EXPECT_EQ(complaints(edited(files, "junit.xml", "failures=\"", "failures=\"1")), "junit.xml: not what the results and traces show");
  EXPECT_EQ(complaints(edited(files, "index.html", "ORD-03", "ORD-30")), "index.html: not what the results and traces show");
  EXPECT_EQ(complaints(edited(files, "tests/ORD-03.svg", "INVITE", "ACK")), "tests/ORD-03.svg: not what the results and traces show");
}

TEST(Verify, RefusesAPassOfACaseThatFailedByItsSteps) {
  EXPECT_THAT(complaints_when([](auto& run) {
                auto& result = case_of(run, "DBT-09");
                becomes(result, Verdict::pass);
                becomes_pass(result.findings.front());
              }),
              HasSubstr("DBT-09: recorded 'DBT-09 pass  ', but its trace gives 'DBT-09 fail missing debit_units none came (#5)'"));
}

TEST(Verify, RefusesAVerdictOfWhichEveryTraceWasForgotten) {
  for (auto const verdict : {Verdict::pass, Verdict::inconc, Verdict::error}) {
    static Verdict chosen;
    chosen = verdict;
    auto const said = complaints_when([](auto& run) {
      auto& result = case_of(run, "ORD-03");
      forget(result);
      becomes(result, chosen, "not run", "not run");
    });
    EXPECT_THAT(said, HasSubstr("tests/ORD-03.jsonl: no case of results.json has it")) << to_string(verdict);
  }
  EXPECT_THAT(complaints_when([](auto& run) {
                forget(case_of(run, "ORD-03"));
                becomes(case_of(run, "ORD-03"), Verdict::pass);
              }),
              HasSubstr("ORD-03: recorded as pass, but it has no trace"));
}

TEST(Verify, RefusesAWorseOrAnotherVerdictThanTheFindingsGive) {
  for (auto const verdict : {Verdict::inconc, Verdict::error, Verdict::na, Verdict::known}) {
    static Verdict chosen;
    chosen = verdict;
    EXPECT_THAT(complaints_when([](auto& run) { case_of(run, "ORD-03").verdict = chosen; }),
                HasSubstr(fmt::format("ORD-03: recorded as '{}: unexpected INVITE', but its trace gives 'fail", to_string(verdict))));
  }
}

TEST(Verify, RefusesNaThatNeitherIcsNorProfileGives) {
  EXPECT_THAT(complaints_when([](auto& run) {
                forget(case_of(run, "ORD-03"));
                becomes(case_of(run, "ORD-03"), Verdict::na, "not applicable", "ICS: this purpose needs tls");
              }),
              HasSubstr("ORD-03: recorded as na, but neither the ICS nor the profile excludes it"));
  EXPECT_THAT(complaints_when([](auto& run) { becomes(case_of(run, "DBT-04"), Verdict::inconc, "not run", ""); }),
              HasSubstr("DBT-04: recorded as inconc, but it is not applicable: ICS: this purpose needs path"));
  EXPECT_THAT(complaints(edited(bundled(), "plan.json", "\"sip_udp\"", "\"path\"")),
              HasSubstr("DBT-04: recorded as na, but neither the ICS nor the profile excludes it"));
}

TEST(Verify, RefusesKnownThatNoBaselineGives) {
  EXPECT_THAT(complaints(edited(bundled(), "baseline.toml", "DBT-09", "DBT-10")),
              HasSubstr("DBT-09: recorded as 'known: missing debit_units', but its trace gives 'fail: missing debit_units'"));
}

/// A trace that passed does not stand in for one that did not.
TEST(Verify, RefusesTheTraceOfAnotherCase) {
  auto files = bundled();
  for (auto const* end : {".jsonl", ".pcapng"}) files[fmt::format("tests/DBT-09{}", end)] = files.at(fmt::format("tests/ORD-01{}", end));
  EXPECT_THAT(complaints(edited(files, "tollgate.log", "", "x")), HasSubstr("DBT-09: its trace is that of ORD-01"));
}

TEST(Verify, RefusesATraceThatKeepsNoVerdictOfItsSteps) {
  EXPECT_THAT(complaints(edited(bundled(), "tests/ORD-03.jsonl", "\"steps\":", "\"stops\":")),
              HasSubstr("ORD-03: its trace does not say what its steps found"));
  EXPECT_THAT(complaints(edited(bundled(), "tests/ORD-03.jsonl", "\"steps_witnesses\":\"5 10", "\"steps_witnesses\":\"5 99")),
              HasSubstr("ORD-03: its steps name #99 as a witness, which its trace does not have"));
}

TEST(Verify, RefusesWhatNobodySigned) {
  auto const archive = bundle(run_folder(), std::nullopt);
  ASSERT_TRUE(archive) << archive.error();
  auto const files = *read_archive(*archive);
  EXPECT_EQ(complaints(files), "nobody has signed this: whoever had it may have changed it");
  auto const taken = verify(files, {.trusted = {}, .may_be_unsigned = true}, judge());
  EXPECT_THAT(taken.complaints, IsEmpty());
  EXPECT_FALSE(taken.is_trusted);
  EXPECT_FALSE(verify(bundled(), {}, judge()).is_trusted) << "its own key is trusted by nobody";
}

TEST(Verify, RefusesASignatureOfAnotherPayload) {
  auto files = bundled();
  auto envelope = *read_envelope(files.at(std::string(attestation_name)));
  envelope.payload += ' ';
  files[std::string(attestation_name)] = write(envelope);
  EXPECT_THAT(complaints(files), HasSubstr(": wrong"));
}

}  // namespace
}  // namespace tollgate::reports
