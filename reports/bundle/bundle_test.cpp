#include "reports/bundle/bundle.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "reports/bundle/envelope.hpp"
#include "reports/bundle/statement.hpp"
#include "reports/bundle/verify.hpp"
#include "reports/hash.hpp"
#include "reports/run_folder.hpp"
#include "reports/sample_run_test.hpp"
#include "runner/declaration.hpp"
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

/// A run whose findings are those that its traces give, in a folder of its own.
std::filesystem::path run_folder() {
  auto run = sample_run();
  for (auto& result : run.cases) {
    if (result.trace.empty()) {
      if (result.verdict == Verdict::fail) result.findings = {{.rule = result.info.id, .verdict = Verdict::fail}};
      continue;
    }
    result.trace.declare(facts_of({}, {}));
    auto const declared = declaration_in(result.trace.facts());
    auto findings = monitored(result.trace, terms_of(*declared), declared->lag);
    result.verdict = std::ranges::count(findings, Verdict::fail, &Finding::verdict) > 0 ? Verdict::fail : Verdict::pass;
    result.findings = std::move(findings);
  }
  auto const* test = testing::UnitTest::GetInstance()->current_test_info();
  run.out = testing::TempDir() + "bundle-" + test->name();
  std::filesystem::remove_all(run.out);
  RunFolder folder(run, {});
  for (std::size_t i = 0; i < run.cases.size(); ++i) folder.write_artefacts(i, run.cases[i]);
  folder.complete();
  return run.out;
}

Files bundled(std::string_view pem = laboratory_key) {
  auto const archive = bundle(run_folder(), key(pem));
  EXPECT_TRUE(archive) << archive.error();
  auto files = read_archive(*archive);
  EXPECT_TRUE(files) << files.error();
  return *files;
}

std::string complaints(Files const& files, std::vector<PublicKey> const& trusted = {}) {
  return fmt::format("{}", fmt::join(verify(files, trusted, "1.0").complaints, "\n"));
}

TEST(Bundle, HoldsAndNamesItsSigner) {
  auto const files = bundled();
  auto const verified = verify(files, {key(laboratory_key).public_key()}, "1.0");
  EXPECT_THAT(verified.complaints, IsEmpty());
  EXPECT_THAT(verified.signers, ElementsAre(key(laboratory_key).public_key().id() + " trusted"));
  EXPECT_EQ(verified.cases, 6U);
  EXPECT_EQ(verified.judged, 2U);
  EXPECT_TRUE(files.contains("results.json") && files.contains("plan.json") && files.contains("tests/ORD-03.pcapng"));
}

TEST(Bundle, IsTheSameForTheSameRun) {
  auto const folder = run_folder();
  EXPECT_EQ(*bundle(folder, key(laboratory_key)), *bundle(folder, key(laboratory_key)));
}

TEST(Bundle, TakesASecondSignature) {
  auto const archive = countersigned(bundled(), key(vendor_key));
  ASSERT_TRUE(archive) << archive.error();
  auto const verified = verify(*read_archive(*archive), {key(laboratory_key).public_key(), key(vendor_key).public_key()}, "1.0");
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
    EXPECT_THAT(verify(changed, {key(laboratory_key).public_key()}, "1.0").complaints, testing::Not(IsEmpty()))
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
  Envelope envelope{.payload_type = std::string(statement_type), .payload = write_statement(sample_run(), hashes_of(of_run))};
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
              HasSubstr("ORD-03: recorded as pass, but a finding of it is fail"));
  EXPECT_THAT(
      complaints(edited(files, "results.json", "\"rule\": \"G12\", \"verdict\": \"fail\"", "\"rule\": \"G12\", \"verdict\": \"pass\"")),
      HasSubstr("but its trace gives 'G12 fail"));
  EXPECT_THAT(complaints(edited(files, "plan.json", "\"NC-01\"", "\"NC-02\"")),
              HasSubstr("NC-02: planned as number 6, where results.json has NC-01"));
  EXPECT_THAT(complaints(edited(files, "tests/ORD-03.jsonl", "\"bundle\":\"", "\"bundle\":\"X")), HasSubstr("ORD-03"));
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
