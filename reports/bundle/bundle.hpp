#pragma once
/// The evidence of a run as one file that can be handed over: everything that the run left, and a signed statement of its hashes.
///
///   attestation.intoto.json   DSSE envelope with an in-toto statement: the manifest of all other files, and what came out
///   keys/<key id>.pem         the public half of each key that signed
///   results.json, plan.json, sut.toml, tests/...   as in the folder of the run
#include <expected>
#include <filesystem>
#include <optional>
#include <string>

#include "reports/bundle/archive.hpp"
#include "reports/bundle/signing.hpp"

namespace tollgate::reports {

inline constexpr std::string_view attestation_name = "attestation.intoto.json", keys_folder = "keys/";

/// The archive; unsigned without a key. Of a run that was killed it has results, page, JUnit and ladders of what there is. The error is a
/// sentence: no run, or a file that cannot be read.
[[nodiscard]] std::expected<Octets, std::string> bundle(std::filesystem::path const& run_folder, std::optional<PrivateKey> const& key);
/// The same archive with one more signature. Who signs has verified it first.
[[nodiscard]] std::expected<Octets, std::string> countersigned(Files files, PrivateKey const& key);

}  // namespace tollgate::reports
