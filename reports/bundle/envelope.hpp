#pragma once
/// DSSE, the Dead Simple Signing Envelope (secure-systems-lab/dsse 1.0): a payload as it was signed, and who signed it.
#include <expected>
#include <string>
#include <vector>

#include "reports/bundle/signing.hpp"

namespace tollgate::reports {

struct Signature {
  std::string key_id;
  Octets octets;
};

struct Envelope {
  std::string payload_type;
  std::string payload;
  std::vector<Signature> signatures = {};

  /// What is signed: PAE of type and payload.
  [[nodiscard]] Octets signed_octets() const;
  /// Adds that key's, or replaces an earlier one of the same key.
  void sign(PrivateKey const& key);
};

[[nodiscard]] std::string write(Envelope const& envelope);
/// The error is a sentence.
[[nodiscard]] std::expected<Envelope, std::string> read_envelope(std::string_view json);

}  // namespace tollgate::reports
