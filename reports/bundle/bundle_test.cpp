#include <gmock/gmock.h>

#include "reports/bundle/honest_bundle_test.hpp"

namespace tollgate::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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

TEST(Verify, CountsAKeyOnceThatSignedTwice) {
  auto files = bundled();
  auto envelope = *read_envelope(files.at(std::string(attestation_name)));
  envelope.signatures.push_back(envelope.signatures.front());
  files[std::string(attestation_name)] = write(envelope);
  EXPECT_THAT(verify(files, {}, judge()).signers, ElementsAre(key(laboratory_key).public_key().id()));
}

/// It ended between two cases: the page is still that of its start, and one case had left files but no verdict.
TEST(Bundle, CompletesARunThatWasKilled) {
  auto run = honest_run();
  auto const results = std::exchange(run.cases, {});
  for (auto const& result : results) run.cases.push_back(result.verdict == Verdict::na ? result : CaseResult{.info = result.info});
  run.order.clear();
  run.inferred.clear();
  run.fits.clear();
  run.exit = 3;
  run.out = testing::TempDir() + "bundle-killed";
  std::filesystem::remove_all(run.out);
  RunFolder folder(run, {});
  folder.write_artefacts(0, run.cases[0] = results[0]);
  folder.finished(run.cases[0]);
  folder.write_artefacts(1, results[1]);
  auto const files = *read_archive(*bundle(run.out, key(laboratory_key)));
  EXPECT_EQ(complaints(files), "");
  EXPECT_FALSE(files.contains("tests/ORD-03.jsonl"));
  EXPECT_TRUE(files.contains("tests/ORD-01.svg"));
  EXPECT_EQ(stored_run(reader_of(files))->order.front().in_order, 1U);
}

/// JUnit has the folder in it: that of the run, wherever it is now.
TEST(Bundle, HoldsWhereItsFolderWasRenamedAndItsJunitRenewed) {
  auto const was = run_folder();
  auto const is = was.string() + "-renamed";
  std::filesystem::remove_all(is);
  std::filesystem::rename(was, is);
  auto const run = stored_run(std::filesystem::path(is));
  ASSERT_TRUE(run) << run.error();
  EXPECT_EQ(run->out, was);
  write_file(std::filesystem::path(is) / "junit.xml", render("junit", *run));
  EXPECT_EQ(complaints(*read_archive(*bundle(is, key(laboratory_key)))), "");
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

/// Others may read on where we would stop.
TEST(Archive, RefusesWhatStandsBehindItsEnd) {
  auto const one = write_archive({{"results.json", "{}"}}), other = write_archive({{"results.json", "{ }"}});
  EXPECT_TRUE(read_archive(one).has_value());
  auto const both = read_archive(one + other);
  ASSERT_FALSE(both);
  EXPECT_THAT(both.error(), HasSubstr("results.json twice"));
}

}  // namespace
}  // namespace tollgate::reports
