#include "reports/bundle/bundle.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "reports/bundle/envelope.hpp"
#include "reports/bundle/statement.hpp"
#include "reports/bundle/verify.hpp"
#include "reports/catalogue_digest.hpp"
#include "reports/hash.hpp"
#include "reports/results_json.hpp"
#include "reports/run_folder.hpp"
#include "reports/sample_run_test.hpp"
#include "reports/stored_run.hpp"
#include "runner/baseline.hpp"
#include "runner/conclusion.hpp"
#include "runner/declaration.hpp"
#include "runner/exit_code.hpp"
#include "runner/monitoring.hpp"

namespace tollgate::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// As `openssl genpkey -algorithm ed25519` writes it.
std::string new_key() {
  auto* pkey = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  auto* bio = BIO_new(BIO_s_mem());
  EXPECT_EQ(PEM_write_bio_PKCS8PrivateKey(bio, pkey, nullptr, nullptr, 0, nullptr, nullptr), 1);
  char* data = nullptr;
  auto const size = BIO_get_mem_data(bio, &data);
  std::string pem(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  EVP_PKEY_free(pkey);
  return pem;
}
std::string const laboratory_key = new_key(), vendor_key = new_key();

PrivateKey key(std::string_view pem) {
  auto key = PrivateKey::read(pem);
  EXPECT_TRUE(key) << key.error();
  return *key;
}

std::vector<Case> const& suite() {
  static std::vector<Case> const all = [] {
    std::vector<Case> out;
    for (auto const& result : sample_run().cases) out.push_back({.info = result.info, .bundles = {}, .where = "", .ambiguity = ""});
    std::ranges::find(out, "DBT-04", [](auto const& one) { return one.info.id; })->needs = {"path"};
    return out;
  }();
  return all;
}

Judge judge() {
  return {"1.0", suite()};
}

/// As the runner concludes a case.
void conclude(CaseResult& result) {
  auto facts = facts_of({}, {});
  keep_steps(result.findings.front(), facts);
  result.trace.declare(std::move(facts));
  auto const declared = declaration_in(result.trace.facts());
  result.findings.resize(1);
  for (auto& finding : monitored(result.trace, terms_of(*declared), declared->lag)) result.findings.push_back(std::move(finding));
  auto const conclusion = concluded(result.findings, result.trace);
  result.verdict = conclusion.verdict;
  result.reason = conclusion.reason;
  result.because = conclusion.because;
}

CaseResult& case_of(Run& run, std::string_view id) {
  return *std::ranges::find(run.cases, id, [](auto const& one) { return one.info.id; });
}

/// A run whose findings are those that its traces give. ORD-03 fails by its steps and by a monitor, DBT-09 by its steps alone.
Run honest_run() {
  auto run = sample_run();
  run.catalogue = catalogue_digest(suite());
  run.ics = {"sip_udp"};
  run.declares = facts_of({}, {});
  run.baseline = "[[known]]\ncase = \"DBT-09\"\nreason = \"missing debit_units\"\nissue = \"ACME-412\"\nuntil = 2027-01-31\n";
  run.day = "2026-11-26";
  case_of(run, "DBT-04").because = "ICS: this purpose needs path, which the SUT does not claim";
  auto& known = case_of(run, "DBT-09");
  known.trace = case_of(run, "ORD-01").trace;
  known.findings = {
      {.rule = "DBT-09", .verdict = Verdict::fail, .reason = "missing debit_units", .because = "none came", .witnesses = {5}}};
  for (auto& result : run.cases)
    if (!result.trace.empty()) conclude(result);
  Baseline::read("baseline.toml", run.baseline, run.day)->apply(known);
  return run;
}

/// The folder that such a run leaves.
std::filesystem::path run_folder(Run run = honest_run()) {
  auto const* test = testing::UnitTest::GetInstance()->current_test_info();
  run.out = testing::TempDir() + "bundle-" + test->name();
  std::filesystem::remove_all(run.out);
  RunFolder folder(run, {});
  for (std::size_t i = 0; i < run.cases.size(); ++i) folder.write_artefacts(i, run.cases[i]);
  folder.complete();
  return run.out;
}

Files bundled(Run run = honest_run()) {
  auto const archive = bundle(run_folder(std::move(run)), key(laboratory_key));
  EXPECT_TRUE(archive) << archive.error();
  auto files = read_archive(*archive);
  EXPECT_TRUE(files) << files.error();
  return *files;
}

std::string complaints(Files const& files, std::vector<PublicKey> const& trusted = {}) {
  return fmt::format("{}", fmt::join(verify(files, {.trusted = trusted}, judge()).complaints, "\n"));
}

TEST(Bundle, HoldsAndNamesItsSigner) {
  auto const files = bundled();
  auto const verified = verify(files, {.trusted = {key(laboratory_key).public_key()}}, judge());
  EXPECT_THAT(verified.complaints, IsEmpty());
  EXPECT_THAT(verified.signers, ElementsAre(key(laboratory_key).public_key().id() + " trusted"));
  EXPECT_EQ(verified.cases, 6U);
  EXPECT_EQ(verified.judged, 3U);
  EXPECT_TRUE(verified.is_trusted);
  EXPECT_TRUE(files.contains("results.json") && files.contains("plan.json") && files.contains("tests/ORD-03.pcapng"));
}

TEST(Bundle, IsTheSameForTheSameRun) {
  auto const folder = run_folder();
  EXPECT_EQ(*bundle(folder, key(laboratory_key)), *bundle(folder, key(laboratory_key)));
}

TEST(Bundle, TakesASecondSignature) {
  auto const archive = countersigned(bundled(), key(vendor_key));
  ASSERT_TRUE(archive) << archive.error();
  auto const verified =
      verify(*read_archive(*archive), {.trusted = {key(laboratory_key).public_key(), key(vendor_key).public_key()}}, judge());
  EXPECT_THAT(verified.complaints, IsEmpty());
  EXPECT_EQ(verified.signers.size(), 2U);
}

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

/// Who edits a bundle and signs it anew has the hashes right; the traces tell.
Files edited(Files files, std::string const& name, std::string_view what, std::string_view by) {
  auto& content = files[name];
  auto const at = content.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  content.replace(at, what.size(), by);
  Files of_run;
  for (auto const& [other, octets] : files)
    if (other != attestation_name && !other.starts_with(keys_folder)) of_run[other] = octets;
  Envelope envelope{.payload_type = std::string(statement_type), .payload = write_statement(honest_run(), hashes_of(of_run))};
  envelope.sign(key(laboratory_key));
  files[std::string(attestation_name)] = write(envelope);
  return files;
}

TEST(Verify, RefusesAnEditedVerdictAlsoWhereItWasSignedAnew) {
  auto const files = bundled();
  std::string const failed = "\"verdict\": \"fail\"", passed = "\"verdict\": \"pass\"";
  EXPECT_THAT(complaints(edited(files, "results.json", failed, passed)), HasSubstr("results.json: what it says of the whole"));
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

/// Who edits the folder of a run before it is bundled has everything that follows from `results.json` right: what `tollgate report`
/// makes of the edit is written as it writes it.
std::string complaints_when(void (*edits)(Run& run)) {
  auto files = bundled();
  auto run = stored_run([&](std::string const& name) {
    auto const file = files.find(name);
    return file == files.end() ? std::nullopt : std::optional(file->second);
  });
  EXPECT_TRUE(run);
  edits(*run);
  run->exit = exit_code(*run);
  auto const was = files.at("results.json");
  auto const is = results_json(*run);
  EXPECT_NE(was, is);
  return complaints(edited(files, "results.json", was, is));
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

/// Who reads the statement alone knows what was asked of whom.
TEST(Statement, NamesCatalogueAndIcs) {
  auto const envelope = read_envelope(bundled().at(std::string(attestation_name)));
  ASSERT_TRUE(envelope);
  EXPECT_THAT(envelope->payload, HasSubstr(catalogue_digest(suite())));
  EXPECT_THAT(envelope->payload, HasSubstr("\"ics\": [ \"sip_udp\" ]"));
  auto other = suite();
  other.front().info.purpose += " Or is it?";
  EXPECT_NE(catalogue_digest(other), catalogue_digest(suite()));
  std::ranges::reverse(other = suite());
  EXPECT_EQ(catalogue_digest(other), catalogue_digest(suite()));
}

TEST(Verify, RefusesASignatureOfAnotherPayload) {
  auto files = bundled();
  auto envelope = *read_envelope(files.at(std::string(attestation_name)));
  envelope.payload += ' ';
  files[std::string(attestation_name)] = write(envelope);
  EXPECT_THAT(complaints(files), HasSubstr(": wrong"));
}

TEST(Archive, RefusesNamesThatLeadOutAndWhatIsNoArchive) {
  EXPECT_THAT(read_archive("no archive").error(), HasSubstr("no bundle"));
  for (auto const* name : {"../x", "/etc/x", "a/../../x"})
    EXPECT_THAT(read_archive(write_archive({{name, "x"}})).error(), HasSubstr("something else")) << name;
  auto const good = write_archive({{"a", "1"}, {"b/c", std::string(100'000, 'x')}});
  EXPECT_EQ(read_archive(good)->at("b/c").size(), 100'000U);
  EXPECT_FALSE(read_archive(std::string_view(good).substr(0, good.size() / 2)));
}

/// `tar` packs folders as well.
TEST(Archive, TakesTheFoldersOfAnArchiveThatWasPackedAnew) {
  auto const folder = run_folder();
  auto const archive = testing::TempDir() + "packed-anew.tar";
  auto const written = read_archive(write_archive(*files_below(folder)));
  for (auto const* what : {".", "*"}) {
    ASSERT_EQ(std::system(fmt::format("cd {} && tar -cf {} {}", folder.string(), archive, what).c_str()), 0);  // NOLINT
    std::ifstream in(archive, std::ios::binary);
    auto const read = read_archive(Octets(std::istreambuf_iterator<char>(in), {}));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(*read, *written) << what;
  }
}

TEST(Signing, RefusesOtherKeys) {
  EXPECT_FALSE(PrivateKey::read("x"));
  EXPECT_FALSE(PublicKey::read("x"));
  auto const one = key(laboratory_key);
  auto const signature = one.sign("octets");
  EXPECT_TRUE(one.public_key().verifies("octets", signature));
  EXPECT_FALSE(one.public_key().verifies("octetS", signature));
  EXPECT_FALSE(key(vendor_key).public_key().verifies("octets", signature));
  EXPECT_EQ(PublicKey::read(one.public_key().pem())->id(), one.public_key().id());
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace tollgate::reports
