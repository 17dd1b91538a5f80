#pragma once
/// TLS over any stream, a simulated one too: certificates made at run time, the peer's known by its fingerprint (RFC 4975 14.4,
/// RFC 8122 5). OpenSSL does the protocol and the cryptography, in memory; the octets go the way of the stream below.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/later.hpp"
#include "transport/network.hpp"
#include "transport/tls_keys.hpp"

namespace tollgate {

/// A private key and the certificate that it signs itself.
class TlsIdentity {
 public:
  /// `from` and `until`: its validity, seconds since 1970.
  TlsIdentity(Random random, std::string const& name, std::int64_t from, std::int64_t until, TlsKeys keys = TlsKeys::drawn);
  /// Valid from a day before `now` for a year.
  [[nodiscard]] static std::shared_ptr<TlsIdentity const> around(std::int64_t now, Random random, std::string const& name,
                                                                 TlsKeys keys = TlsKeys::drawn);
  /// Of PEM files: the certificate, behind it those that lead to an authority, and the key, without a pass phrase.
  /// Throws NetworkError.
  TlsIdentity(std::string const& certificate_file, std::string const& key_file);
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

/// How the reason begins where a connection was there and its handshake did not end well.
inline constexpr std::string_view no_tls_handshake = "no TLS handshake";
/// What stands before the first octets in it, where they were none of TLS.
inline constexpr std::string_view what_came = "; what came is ";

/// Who connects says hello first (RFC 8122 6.2: a=setup:active).
enum class TlsRole : std::uint8_t { client, server };

/// The values of a=fingerprint that name the peer's certificate (RFC 8122 5). Without any, every certificate will do; then a client may
/// have none at all.
using TlsPeer = std::vector<std::string>;

/// A stream whose octets are those inside TLS. It is open when the handshake is over and the peer is who it should be;
/// otherwise it is closed, and says why.
class TlsStream final : public Stream {
 public:
  /// From the attempt to connect, or the accepted connection, to the end of the handshake: what takes longer is closed.
  static constexpr Duration handshake_within = 10s;

  TlsStream(Clock& clock, std::unique_ptr<Stream> below, std::shared_ptr<TlsIdentity const> own, TlsRole role, TlsPeer peer);
  ~TlsStream() override;

  [[nodiscard]] Address local() const override { return below_->local(); }
  [[nodiscard]] Address remote() const override { return below_->remote(); }
  void send(std::string_view octets) override;
  void close() override;
  void reset() override;
  [[nodiscard]] std::size_t unsent() const override { return waiting_.size() + below_->unsent(); }
  void pause() override;
  void resume() override;

 private:
  struct Session;
  void arrived(std::string_view octets);
  void shake_hands();
  void read();
  void flush();
  void fail(std::string const& reason);
  void ends_as_told();
  /// Why what came could not be read, by OpenSSL's error.
  [[nodiscard]] std::string broken_by(unsigned long error) const;
  /// Why there was no handshake, with what came in its place.
  [[nodiscard]] std::string no_handshake(std::string_view reason) const;

  Clock& clock_;
  std::unique_ptr<Stream> below_;
  std::shared_ptr<TlsIdentity const> own_;
  TlsPeer peer_;
  std::unique_ptr<Session> session_;
  Octets waiting_;  ///< sent before it is open
  Octets first_;    ///< the first few octets that came
  bool has_begun_ = false;  ///< there is a connection to shake hands on
  bool is_open_ = false;
  bool has_read_ = false;  ///< octets from inside TLS
  bool is_paused_ = false;
  bool has_ended_ = false;  ///< by us, or because it failed
  TimerId limit_;
  Later later_;
};

}  // namespace tollgate
