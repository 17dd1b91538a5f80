#pragma once
/// TLS over any stream, a simulated one too: certificates made at run time, the peer's known by its fingerprint (RFC 4975 14.4,
/// RFC 8122 5). OpenSSL does the protocol and the cryptography, in memory; the octets go the way of the stream below.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/random.hpp"
#include "transport/network.hpp"

namespace tollgate {

/// A private key and the certificate that it signs itself.
class TlsIdentity {
 public:
  /// The same random numbers make the same identity. `from` and `until`: its validity, seconds since 1970.
  TlsIdentity(Random random, std::string const& name, std::int64_t from, std::int64_t until);
  ~TlsIdentity();
  TlsIdentity(TlsIdentity const&) = delete;
  TlsIdentity& operator=(TlsIdentity const&) = delete;

  /// "SHA-256 4A:AD:...", as a=fingerprint has it.
  [[nodiscard]] std::string const& fingerprint() const { return fingerprint_; }

  struct Material;  ///< of OpenSSL
  [[nodiscard]] Material const& material() const { return *material_; }

 private:
  std::unique_ptr<Material> material_;
  std::string fingerprint_;
};

/// Who connects says hello first (RFC 8122 6.2: a=setup:active).
enum class TlsRole : std::uint8_t { client, server };

/// A stream whose octets are those inside TLS. It is open when the handshake is over and the peer is who it should be;
/// otherwise it is closed, and says why.
class TlsStream final : public Stream {
 public:
  /// `peer`: the fingerprint that the peer's certificate must have; nothing: any will do.
  TlsStream(std::unique_ptr<Stream> below, std::shared_ptr<TlsIdentity const> own, TlsRole role, std::optional<std::string> peer);
  ~TlsStream() override;

  [[nodiscard]] Address local() const override { return below_->local(); }
  [[nodiscard]] Address remote() const override { return below_->remote(); }
  void send(std::string_view octets) override;
  void close() override;
  void reset() override { below_->reset(); }
  void pause() override { below_->pause(); }
  void resume() override { below_->resume(); }

 private:
  struct Session;
  void arrived(std::string_view octets);
  void shake_hands();
  void read();
  void flush();
  void fail(std::string const& reason);

  std::unique_ptr<Stream> below_;
  std::shared_ptr<TlsIdentity const> own_;
  std::optional<std::string> peer_;
  std::unique_ptr<Session> session_;
  Octets waiting_;  ///< sent before it is open
  bool is_open_ = false;
  bool has_failed_ = false;
};

}  // namespace tollgate
