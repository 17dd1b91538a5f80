#pragma once
/// Whose certificate it is, by the a=fingerprint lines of a description (RFC 8122 5).
#include <optional>
#include <span>
#include <string>

struct x509_st;  // of OpenSSL

namespace tollgate {

/// "SHA-256 4A:AD:...", as a=fingerprint has it.
[[nodiscard]] std::string sha256_fingerprint(x509_st const* certificate);

/// How the reason begins where the certificate is another's.
inline constexpr std::string_view another_certificate = "the certificate ";

/// Why the certificate is not the one that these values of a=fingerprint name, as a sentence; nothing where it is. One of those of the
/// strongest hash function that is there must be its own; what is said by weaker ones does not count. SHA-1 is known beside SHA-224 to
/// SHA-512; MD5 and MD2 must not be used (RFC 8122 5). Of no fingerprints at all any certificate is right.
[[nodiscard]] std::optional<std::string> another_than(std::span<std::string const> fingerprints, x509_st const* certificate);

}  // namespace tollgate
