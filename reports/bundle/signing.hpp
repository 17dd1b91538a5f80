#pragma once
/// Ed25519 signatures (RFC 8032), by OpenSSL.
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "base/text.hpp"

namespace tollgate::reports {

/// The half of a key that anybody may have.
class PublicKey {
 public:
  /// SubjectPublicKeyInfo in PEM (RFC 7468 13). Nothing for another kind of key.
  [[nodiscard]] static std::optional<PublicKey> read(std::string_view pem);
  /// SHA-256 of its DER, in hexadecimal.
  [[nodiscard]] std::string const& id() const { return id_; }
  [[nodiscard]] std::string const& pem() const { return pem_; }
  [[nodiscard]] bool verifies(std::string_view octets, std::string_view signature) const;

 private:
  friend class PrivateKey;
  struct Key;
  explicit PublicKey(std::shared_ptr<Key> key);
  std::shared_ptr<Key> key_;
  std::string pem_, id_;
};

class PrivateKey {
 public:
  /// PKCS #8 in PEM, as `openssl genpkey -algorithm ed25519` writes it. The error is a sentence.
  [[nodiscard]] static std::expected<PrivateKey, std::string> read(std::string_view pem);
  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] Octets sign(std::string_view octets) const;

 private:
  explicit PrivateKey(std::shared_ptr<PublicKey::Key> key) : key_(std::move(key)) {}
  std::shared_ptr<PublicKey::Key> key_;
};

}  // namespace tollgate::reports
