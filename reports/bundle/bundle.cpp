#include "reports/bundle/bundle.hpp"

#include <fmt/format.h>

#include "reports/bundle/envelope.hpp"
#include "reports/bundle/statement.hpp"
#include "reports/bundle/told_verdicts.hpp"
#include "reports/bundle/whole.hpp"
#include "reports/stored_run.hpp"

namespace tollgate::reports {

static void sign(Files& files, Envelope& envelope, PrivateKey const& key) {
  envelope.sign(key);
  auto const owner = key.public_key();
  files[fmt::format("{}{}.pem", keys_folder, owner.id())] = owner.pem();
  files[std::string(attestation_name)] = write(envelope);
}

std::expected<Octets, std::string> bundle(std::filesystem::path const& run_folder, std::optional<PrivateKey> const& key) {
  auto run = stored_run(run_folder);
  if (!run) return std::unexpected(run.error());
  auto files = files_below(run_folder);
  if (!files) return std::unexpected(files.error());
  if (run->order.empty() && !run->declares.empty()) {  // the end of a run writes it; a campaign of the fuzzer never
    complete(*files, std::move(*run));
    run = stored_run(reader_of(*files));
    if (!run) return std::unexpected(run.error());
  }
  if (auto const missing = missing_files(*files, *run); !missing.empty())
    return std::unexpected(fmt::format("{}: {} is missing, and a run leaves it{}", run_folder.string(), missing.front(),
                                       missing.size() == 1 ? "" : fmt::format("; so are {} more", missing.size() - 1)));
  files->erase(std::string(attestation_name));
  std::erase_if(*files, [](auto const& file) { return file.first.starts_with(keys_folder); });
  Envelope envelope{.payload_type = std::string(statement_type), .payload = write_statement(*run, hashes_of(*files))};
  (*files)[std::string(attestation_name)] = write(envelope);
  if (key) sign(*files, envelope, *key);
  return write_archive(*files);
}

std::expected<Octets, std::string> countersigned(Files files, PrivateKey const& key) {
  auto const attestation = files.find(std::string(attestation_name));
  if (attestation == files.end()) return std::unexpected(fmt::format("no bundle: {} is missing", attestation_name));
  auto envelope = read_envelope(attestation->second);
  if (!envelope) return std::unexpected(envelope.error());
  sign(files, *envelope, key);
  return write_archive(files);
}

}  // namespace tollgate::reports
