#include "transport/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace tollgate {

namespace {

struct HashFunction {
  std::string_view name;  ///< as RFC 8122 5 has it, in capitals
  EVP_MD const* (*of_openssl)();
};

/// The strongest first.
constexpr std::array known{HashFunction{"SHA-512", EVP_sha512}, HashFunction{"SHA-384", EVP_sha384}, HashFunction{"SHA-256", EVP_sha256},
                           HashFunction{"SHA-224", EVP_sha224}, HashFunction{"SHA-1", EVP_sha1}};

std::string fingerprint_by(HashFunction const& hash, X509 const* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(certificate, hash.of_openssl(), digest.data(), &size) != 1) return "";
  std::string out = std::string(hash.name) + " ";
  for (unsigned i = 0; i < size; ++i) out += fmt::format("{}{:02X}", i == 0 ? "" : ":", digest.at(i));
  return out;
}

}  // namespace

std::string sha256_fingerprint(X509 const* certificate) {
  return fingerprint_by({"SHA-256", EVP_sha256}, certificate);
}

std::optional<std::string> another_than(std::span<std::string const> fingerprints, X509 const* certificate) {
  if (fingerprints.empty()) return std::nullopt;
  for (auto const& hash : known) {
    std::vector<std::string_view> of_it;
    for (std::string_view const one : fingerprints)
      if (iequals(one.substr(0, one.find(' ')), hash.name)) of_it.push_back(one);
    if (of_it.empty()) continue;
    auto const own = fingerprint_by(hash, certificate);
    if (std::ranges::any_of(of_it, [&own](auto const one) { return iequals(one, own); })) return std::nullopt;
    return fmt::format("{}has the fingerprint {}, not {}", another_certificate, own, fmt::join(of_it, " or "));
  }
  return fmt::format("{}cannot be checked: no hash function is known of {} (RFC 8122 5)", another_certificate,
                     fmt::join(fingerprints, " or "));
}

}  // namespace tollgate
