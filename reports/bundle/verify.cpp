#include "reports/bundle/verify.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "reports/bundle/bundle.hpp"
#include "reports/bundle/envelope.hpp"
#include "reports/bundle/statement.hpp"
#include "reports/stored_run.hpp"

namespace tollgate::reports {

namespace {

/// Its own words need no signature: the attestation, and keys, which are known by their hash.
bool is_listed(std::string const& name) {
  return name != attestation_name && !name.starts_with(keys_folder);
}

Hashes listed_hashes(Files const& files) {
  auto hashes = hashes_of(files);
  std::erase_if(hashes, [](auto const& one) { return !is_listed(one.first); });
  return hashes;
}

void check_hashes(Hashes const& hashes, Hashes const& manifest, Verification& out) {
  for (auto const& [name, hash] : manifest) {
    auto const file = hashes.find(name);
    if (file == hashes.end())
      out.complaints.push_back(fmt::format("{}: in the manifest, but missing", name));
    else if (file->second != hash)
      out.complaints.push_back(fmt::format("{}: not the octets that were signed (SHA-256)", name));
  }
  for (auto const& [name, hash] : hashes)
    if (!manifest.contains(name)) out.complaints.push_back(fmt::format("{}: not in the manifest", name));
}

void check_keys(Files const& files, Verification& out) {
  for (auto const& [name, pem] : files) {
    auto const key = name.starts_with(keys_folder) ? PublicKey::read(pem) : std::nullopt;
    if (name.starts_with(keys_folder) && (!key || key->pem() != pem || name != fmt::format("{}{}.pem", keys_folder, key->id())))
      out.complaints.push_back(fmt::format("{}: not the key of that name", name));
  }
}

void check_signatures(Files const& files, Envelope const& envelope, std::vector<PublicKey> const& trusted, Verification& out) {
  auto const octets = envelope.signed_octets();
  std::vector<std::string> right;
  for (auto const& signature : envelope.signatures) {
    auto const file = files.find(fmt::format("{}{}.pem", keys_folder, signature.key_id));
    auto const known = std::ranges::find(trusted, signature.key_id, [](auto const& key) -> auto const& { return key.id(); });
    auto const key = known != trusted.end() ? std::optional(*known) : file != files.end() ? PublicKey::read(file->second) : std::nullopt;
    if (!key || key->id() != signature.key_id) {
      out.complaints.push_back(fmt::format("the signature of key {}: its public key is not there", printable(signature.key_id, 64)));
    } else if (!key->verifies(octets, signature.octets)) {
      out.complaints.push_back(fmt::format("the signature of key {}: wrong", key->id()));
    } else if (std::ranges::count(right, key->id()) == 0) {
      right.push_back(key->id());
      out.signers.push_back(fmt::format("{}{}", key->id(), known != trusted.end() ? " trusted" : ""));
      out.is_trusted |= known != trusted.end();
    }
  }
  for (auto const& key : trusted)
    if (std::ranges::count(right, key.id()) == 0)
      out.complaints.push_back(fmt::format("key {}: trusted, but it has not signed this", key.id()));
}

/// The statement is read by those who do not open the archive.
void check_predicate(Files const& files, Envelope const& envelope, Hashes const& hashes, Verification& out) {
  auto const reader = reader_of(files);
  // It says nothing of the traces.
  auto const run = stored_run([&](std::string const& name) { return name.starts_with("tests/") ? std::nullopt : reader(name); });
  if (!run) return;  // told by who judges again
  out.chosen_by = printable(arguments(run->selection));
  for (auto const& wrong : wrong_predicate(envelope.payload, *run, hashes))
    out.complaints.push_back(fmt::format("{}: {}", attestation_name, wrong));
}

}  // namespace

Verification verify(Files const& files, Demands const& demands, Judge const& judge) {
  Verification out{.files = files.size()};
  auto const attestation = files.find(std::string(attestation_name));
  if (attestation == files.end()) {
    out.complaints.push_back(fmt::format("{} is missing", attestation_name));
    return out;
  }
  auto const envelope = read_envelope(attestation->second);
  auto const manifest = envelope ? read_statement(envelope->payload) : std::unexpected(envelope.error());
  if (!manifest) {
    out.complaints.push_back(fmt::format("{}: {}", attestation_name, manifest.error()));
    return out;
  }
  if (envelope->payload_type != statement_type) out.complaints.push_back(fmt::format("{}: no in-toto statement", attestation_name));
  check_keys(files, out);
  check_signatures(files, *envelope, demands.trusted, out);
  if (envelope->signatures.empty() && !demands.may_be_unsigned)
    out.complaints.emplace_back("nobody has signed this: whoever had it may have changed it");
  auto const hashes = listed_hashes(files);
  check_hashes(hashes, *manifest, out);
  check_predicate(files, *envelope, hashes, out);
  auto rejudged = rejudge(files, judge);
  std::ranges::move(rejudged.complaints, std::back_inserter(out.complaints));
  out.notes = std::move(rejudged.notes);
  out.cases = rejudged.cases;
  out.judged = rejudged.judged;
  return out;
}

}  // namespace tollgate::reports
