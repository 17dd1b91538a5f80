// tollgate bundle and verify: the evidence of a run as one signed archive, and whether an archive is what it says.
#include <filesystem>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "reports/bundle/bundle.hpp"
#include "reports/bundle/verify.hpp"
#include "reports/hash.hpp"
#include "reports/run_folder.hpp"
#include "scenarios/suite.hpp"

namespace tollgate::cli {

namespace {

std::expected<std::optional<reports::PrivateKey>, Refusal> signing_key(Options const& options) {
  if (options.key.empty()) return std::nullopt;
  auto const pem = read_file(options.key);
  if (!pem) return std::unexpected(pem.error());
  auto key = reports::PrivateKey::read(*pem);
  if (!key) return std::unexpected(Refusal{exit_bad_file, fmt::format("{}: {}", options.key, key.error())});
  return std::move(*key);
}

std::expected<reports::Files, Refusal> files_of(std::string const& path) {
  auto const octets = read_file(path);
  if (!octets) return std::unexpected(octets.error());
  auto files = reports::read_archive(*octets);
  if (!files) return std::unexpected(Refusal{exit_bad_file, fmt::format("{}: {}", path, files.error())});
  return std::move(*files);
}

/// "tollgate-20261124T140509Z-42.tar.zst", after the folder of the run.
std::filesystem::path archive_of(std::filesystem::path const& folder) {
  auto const whole = std::filesystem::weakly_canonical(folder);
  return fmt::format("tollgate-{}.tar.zst", (whole.has_filename() ? whole : whole.parent_path()).filename().string());
}

int leave(std::filesystem::path const& path, std::expected<Octets, std::string> const& archive, bool is_signed) {
  if (!archive) return refuse({exit_bad_file, archive.error()});
  try {
    reports::write_file(path, *archive);
  } catch (reports::ReportError const& error) {
    return refuse({exit_report_not_written, error.what()});
  }
  fmt::print("{}: {} octets, SHA-256 {}{}\n", path.string(), archive->size(), reports::sha256(*archive),
             is_signed ? "" : "; not signed: no --key");
  return exit_ok;
}

/// Nobody signs what does not hold.
int countersign(Options const& options, reports::PrivateKey const& key) {
  auto files = files_of(options.id);
  if (!files) return refuse(files.error());
  auto const suite = built_in_suite();
  auto const verified = reports::verify(*files, {.trusted = {}, .may_be_unsigned = true}, {TOLLGATE_VERSION, suite});
  for (auto const& complaint : verified.complaints) fmt::print("{}\n", complaint);
  if (!verified.complaints.empty()) return exit_fail;
  for (auto const& note : verified.notes) fmt::print("{}\n", note);
  return leave(options.out.empty() ? options.id : options.out, reports::countersigned(std::move(*files), key), true);
}

/// Nothing holds that nobody compared.
std::string judgement(reports::Verification const& verified) {
  if (verified.notes.empty()) return "all of it holds";
  return "what was compared holds, which is not all: see above";
}

/// Whoever edits a bundle can sign it with a key of their own.
std::string reservation(reports::Verification const& verified) {
  if (verified.is_trusted) return "";
  return verified.signers.empty() ? ", but nobody has signed it" : ", but no signer is trusted: --trust names whose key it must be";
}

}  // namespace

int bundle(Options const& options) {
  auto const key = signing_key(options);
  if (!key) return refuse(key.error());
  if (std::filesystem::is_directory(options.id))
    return leave(options.out.empty() ? archive_of(options.id) : std::filesystem::path(options.out), reports::bundle(options.id, *key),
                 key->has_value());
  if (!*key) return refuse({exit_usage, "a bundle is signed once more with --key; a new one is made of the folder of a run"});
  return countersign(options, **key);
}

int verify(Options const& options) {
  reports::Demands demands{.trusted = {}, .may_be_unsigned = options.unsigned_too};
  for (auto const& path : options.trusted) {
    auto const pem = read_file(path);
    if (!pem) return refuse(pem.error());
    auto const key = reports::PublicKey::read(*pem);
    if (!key)
      return refuse({exit_bad_file, fmt::format("{}: no Ed25519 public key in PEM; `openssl pkey -in key.pem -pubout` writes one", path)});
    demands.trusted.push_back(*key);
  }
  auto const files = files_of(options.id);
  if (!files) return refuse(files.error());
  auto const suite = built_in_suite();
  auto const verified = reports::verify(*files, demands, {TOLLGATE_VERSION, suite});
  for (auto const& complaint : verified.complaints) fmt::print("{}\n", complaint);
  for (auto const& note : verified.notes) fmt::print("{}\n", note);
  if (!verified.chosen_by.empty()) fmt::print("cases chosen by {}\n", verified.chosen_by);
  for (auto const& signer : verified.signers) fmt::print("signed by {}\n", signer);
  if (verified.signers.empty()) fmt::print("signed by nobody\n");
  fmt::print("{} files, {} cases planned, {} traces judged again: {}\n", verified.files, verified.cases, verified.judged,
             verified.complaints.empty()       ? judgement(verified) + reservation(verified)
             : verified.complaints.size() == 1 ? "1 thing does not hold"
                                               : fmt::format("{} things do not hold", verified.complaints.size()));
  return verified.complaints.empty() ? exit_ok : exit_fail;
}

}  // namespace tollgate::cli
