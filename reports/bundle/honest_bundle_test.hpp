#pragma once
/// A bundle that is what it says, and ways to make it another one, for tests.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "reports/added_results.hpp"
#include "reports/bundle/bundle.hpp"
#include "reports/bundle/envelope.hpp"
#include "reports/bundle/pictures.hpp"
#include "reports/bundle/statement.hpp"
#include "reports/bundle/verify.hpp"
#include "reports/bundle/whole.hpp"
#include "reports/catalogue_digest.hpp"
#include "reports/hash.hpp"
#include "reports/results_json.hpp"
#include "reports/run_folder.hpp"
#include "reports/sample_run_test.hpp"
#include "reports/stored_run.hpp"
#include "rules/grammar.hpp"
#include "runner/baseline.hpp"
#include "runner/conclusion.hpp"
#include "runner/declaration.hpp"
#include "runner/exit_code.hpp"
#include "runner/monitoring.hpp"
#include "runner/summing_up.hpp"
#include "runner/sut_file.hpp"

namespace tollgate::reports {

/// As `openssl genpkey -algorithm ed25519` writes it.
inline std::string new_key() {
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
inline std::string const laboratory_key = new_key(), vendor_key = new_key();

inline PrivateKey key(std::string_view pem) {
  auto key = PrivateKey::read(pem);
  EXPECT_TRUE(key) << key.error();
  return *key;
}

inline std::vector<Case> const& suite() {
  static std::vector<Case> const all = [] {
    std::vector<Case> out;
    for (auto const& result : sample_run().cases) out.push_back({.info = result.info, .bundles = {}, .where = "", .ambiguity = ""});
    std::ranges::find(out, "DBT-04", [](auto const& one) { return one.info.id; })->needs = {"path"};
    return out;
  }();
  return all;
}

inline Judge judge() {
  return {"1.0", suite()};
}

/// As the runner concludes a case.
inline void conclude(CaseResult& result) {
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

inline CaseResult& case_of(Run& run, std::string_view id) {
  return *std::ranges::find(run.cases, id, [](auto const& one) { return one.info.id; });
}

/// A run whose findings are those that its traces give. ORD-03 fails by its steps and by a monitor, DBT-09 by its steps alone.
inline Run honest_run() {
  auto run = sample_run();
  run.catalogue = catalogue_digest(suite());
  run.ics = {"sip_udp"};
  run.declares = facts_of({}, {});
  run.baseline =
      "[[known]]\ncase = \"DBT-09\"\nreason = \"missing debit_units\"\nissue = \"ACME-412\"\nuntil = 2027-01-31\n"
      "[[known]]\ncase = \"DBT-09\"\nreason = \"G12\"\nissue = \"ACME-412\"\nuntil = 2027-01-31\n";
  run.day = "2026-11-26";
  case_of(run, "DBT-04").because = "ICS: this purpose needs path, which the SUT does not claim";
  auto& known = case_of(run, "DBT-09");
  known.trace = case_of(run, "ORD-01").trace;
  known.findings = {
      {.rule = "DBT-09", .verdict = Verdict::fail, .reason = "missing debit_units", .because = "none came", .witnesses = {5}}};
  for (auto& result : run.cases)
    if (!result.trace.empty()) conclude(result);
  Baseline::read("baseline.toml", run.baseline, run.day)->apply(known);
  sum_up(run, {}, {});
  return run;
}

/// The folder that such a run leaves.
inline std::filesystem::path run_folder(Run run = honest_run()) {
  auto const* test = testing::UnitTest::GetInstance()->current_test_info();
  run.out = testing::TempDir() + "bundle-" + test->name();
  std::filesystem::remove_all(run.out);
  RunFolder folder(run, {});
  for (std::size_t i = 0; i < run.cases.size(); ++i) folder.write_artefacts(i, run.cases[i]);
  folder.complete();
  return run.out;
}

inline Files bundled(Run run = honest_run()) {
  auto const archive = bundle(run_folder(std::move(run)), key(laboratory_key));
  EXPECT_TRUE(archive) << archive.error();
  auto files = read_archive(*archive);
  EXPECT_TRUE(files) << files.error();
  return *files;
}

inline std::string complaints(Files const& files, std::vector<PublicKey> const& trusted = {}) {
  return fmt::format("{}", fmt::join(verify(files, {.trusted = trusted}, judge()).complaints, "\n"));
}

inline Files signed_anew(Files files, std::string_view what = "", std::string_view by = "") {
  Files of_run;
  for (auto const& [other, octets] : files)
    if (other != attestation_name && !other.starts_with(keys_folder)) of_run[other] = octets;
  auto const run = stored_run(reader_of(of_run));
  EXPECT_TRUE(run);
  Envelope envelope{.payload_type = std::string(statement_type), .payload = write_statement(*run, hashes_of(of_run))};
  auto const at = envelope.payload.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  envelope.payload.replace(at, what.size(), by);
  envelope.sign(key(laboratory_key));
  files[std::string(attestation_name)] = write(envelope);
  return files;
}

/// Who edits a bundle and signs it anew has the hashes right; the traces tell.
inline Files edited(Files files, std::string const& name, std::string_view what, std::string_view by) {
  auto& content = files[name];
  auto const at = content.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  content.replace(at, what.size(), by);
  return signed_anew(std::move(files));
}

/// Who edits the folder of a run before it is bundled has everything that follows from `results.json` right: what `tollgate report`
/// makes of the edit is written as it writes it.
inline std::string complaints_when(void (*edits)(Run& run)) {
  auto files = bundled();
  auto run = stored_run(reader_of(files));
  EXPECT_TRUE(run);
  edits(*run);
  run->exit = exit_code(*run);
  auto const was = files.at("results.json");
  auto const is = results_json(*run);
  EXPECT_NE(was, is);
  return complaints(edited(files, "results.json", was, is));
}

}  // namespace tollgate::reports
