#include "transport/tls.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <utility>

#include "transport/fingerprint.hpp"

namespace tollgate {

// Identities.

namespace {

template <auto Free>
struct Freer {
  void operator()(auto* object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;

/// What OpenSSL says of the last thing that went wrong.
std::string last_error() {
  auto const* const reason = ERR_reason_error_string(ERR_get_error());
  return reason == nullptr ? "unknown reason" : reason;
}

[[noreturn]] void refuse(std::string const& what) {
  throw NetworkError(fmt::format("TLS: {}: {}", what, last_error()));
}

/// Its signatures draw no random numbers.
Key ed25519_key(Random random) {
  std::array<unsigned char, 32> secret{};
  for (auto& octet : secret) octet = static_cast<unsigned char>(random.below(256));
  return Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()));
}

std::vector<Key> make_keys(TlsKeys kinds, Random random) {
  constexpr unsigned rsa_bits = 2048;
  std::vector<Key> out;
  if (kinds == TlsKeys::drawn) out.push_back(ed25519_key(random));
  if (kinds != TlsKeys::drawn) out.emplace_back(EVP_EC_gen("P-256"));
  if (kinds == TlsKeys::all) out.emplace_back(EVP_RSA_gen(rsa_bits));
  for (auto const& key : out)
    if (!key) refuse("no key");
  return out;
}

Certificate make_certificate(EVP_PKEY* key, std::string const& name, std::int64_t from, std::int64_t until) {
  Certificate certificate(X509_new());
  constexpr long version_3 = 2;
  bool good = certificate && X509_set_version(certificate.get(), version_3) == 1 &&
              ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1) == 1 &&
              ASN1_TIME_set(X509_getm_notBefore(certificate.get()), from) != nullptr &&
              ASN1_TIME_set(X509_getm_notAfter(certificate.get()), until) != nullptr && X509_set_pubkey(certificate.get(), key) == 1;
  auto const* const digest = EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
  auto* const subject = good ? X509_get_subject_name(certificate.get()) : nullptr;
  auto const* const text = reinterpret_cast<unsigned char const*>(name.c_str());
  good = subject != nullptr && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate.get(), subject) == 1 && X509_sign(certificate.get(), key, digest) > 0;
  if (!good) refuse("no certificate");
  return certificate;
}

}  // namespace

/// The context is what takes OpenSSL longest to make: one serves all the streams of an identity.
struct TlsIdentity::Material {
  Context context;
};

/// TLS 1.2 or later (RFC 8996), nothing kept of a session and nothing agreed on a second time.
static Context make_context() {
  ERR_clear_error();
  Context context(SSL_CTX_new(TLS_method()));
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) refuse("no context");
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
  return context;
}

/// OpenSSL shows of several the one that the peer takes.
TlsIdentity::TlsIdentity(Random random, std::string const& name, std::int64_t from, std::int64_t until, TlsKeys keys)
    : material_(std::make_unique<Material>()) {
  material_->context = make_context();
  auto* const context = material_->context.get();
  for (auto const& key : make_keys(keys, random)) {
    auto const certificate = make_certificate(key.get(), name, from, until);
    if (SSL_CTX_use_certificate(context, certificate.get()) != 1 || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
      refuse("no use of the certificate");
    if (fingerprint_.empty()) fingerprint_ = sha256_fingerprint(certificate.get());
  }
}

/// Nobody is asked for it on a terminal.
static int no_pass_phrase(char* /*buffer*/, int /*size*/, int /*writes*/, void* is_wanted) {
  *static_cast<bool*>(is_wanted) = true;
  return -1;
}

TlsIdentity::TlsIdentity(std::string const& certificate_file, std::string const& key_file) : material_(std::make_unique<Material>()) {
  for (auto const& file : {certificate_file, key_file})
    if (!std::ifstream(file)) throw NetworkError(fmt::format("TLS: {} cannot be read: {}", file, std::strerror(errno)));
  material_->context = make_context();
  auto* const context = material_->context.get();
  if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1) refuse(certificate_file + " is no certificate in PEM");
  bool is_encrypted = false;
  SSL_CTX_set_default_passwd_cb(context, no_pass_phrase);
  SSL_CTX_set_default_passwd_cb_userdata(context, &is_encrypted);
  bool const is_its_key = SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) == 1;
  SSL_CTX_set_default_passwd_cb_userdata(context, nullptr);
  if (is_encrypted) throw NetworkError(fmt::format("TLS: {} is encrypted: write the key without a pass phrase", key_file));
  if (!is_its_key) refuse(key_file + " is no key in PEM of that certificate");
  fingerprint_ = sha256_fingerprint(SSL_CTX_get0_certificate(context));
}

TlsIdentity::~TlsIdentity() = default;

std::shared_ptr<TlsIdentity const> TlsIdentity::around(std::int64_t now, Random random, std::string const& name, TlsKeys keys) {
  constexpr std::int64_t day = 86'400;
  return std::make_shared<TlsIdentity const>(random, name, now - day, now + 365 * day, keys);
}

// The stream.

/// SSL_free frees the two memory BIOs.
struct TlsStream::Session {
  std::unique_ptr<SSL, Freer<SSL_free>> ssl;
  BIO* in = nullptr;
  BIO* out = nullptr;
};

/// The peer shows its certificate, and what matters of it is its fingerprint, if anything (RFC 4975 14.4).
static int takes_any(int /*good*/, X509_STORE_CTX* /*chain*/) {
  return 1;
}

TlsStream::TlsStream(Clock& clock, std::unique_ptr<Stream> below, std::shared_ptr<TlsIdentity const> own, TlsRole role, TlsPeer peer)
    : clock_(clock), below_(std::move(below)), own_(std::move(own)), peer_(std::move(peer)), session_(std::make_unique<Session>()),
      has_begun_(role == TlsRole::server), later_(clock) {
  auto const& [ssl, in, out] = *session_;
  session_->ssl.reset(SSL_new(own_->material().context.get()));
  session_->in = BIO_new(BIO_s_mem());
  session_->out = BIO_new(BIO_s_mem());
  if (!ssl || in == nullptr || out == nullptr) refuse("no session");
  SSL_set_verify(ssl.get(), peer_.empty() ? SSL_VERIFY_PEER : SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, takes_any);
  SSL_set_bio(ssl.get(), in, out);
  role == TlsRole::client ? SSL_set_connect_state(ssl.get()) : SSL_set_accept_state(ssl.get());
  below_->on_open = [this] {
    has_begun_ = true;
    shake_hands();
  };
  below_->on_octets = [this](std::string_view octets) { arrived(octets); };
  below_->on_closed = [this](std::string_view reason) {
    clock_.cancel(limit_);
    bool const said_nothing = SSL_is_server(session_->ssl.get()) == 1 && first_.empty();  // who looks whether a port is there
    bool const is_no_handshake = has_begun_ && !is_open_ && !said_nothing;
    if (!has_ended_ && on_closed) on_closed(is_no_handshake ? no_handshake(reason) : std::string(reason));
  };
  limit_ = clock_.after(handshake_within, [this] { fail(no_handshake("it was not over within 10 s")); });
}

TlsStream::~TlsStream() {
  clock_.cancel(limit_);
}

std::string TlsStream::no_handshake(std::string_view reason) const {
  constexpr char handshake_record = 0x16;
  bool const was_tls = first_.empty() || first_.front() == handshake_record;
  return fmt::format("{}: {}{}", no_tls_handshake, reason,
                     was_tls ? "" : fmt::format("{}\"{}\"", what_came, printable(first_, first_.size())));
}

void TlsStream::arrived(std::string_view octets) {
  if (has_ended_) return;
  constexpr std::size_t told_most = 40;
  if (first_.size() < told_most) first_ += octets.substr(0, told_most - first_.size());
  BIO_write(session_->in, octets.data(), static_cast<int>(octets.size()));
  if (!is_open_) shake_hands();
  if (is_open_) read();
}

void TlsStream::shake_hands() {
  ERR_clear_error();
  int const done = SSL_do_handshake(session_->ssl.get());
  int const why = done == 1 ? SSL_ERROR_NONE : SSL_get_error(session_->ssl.get(), done);
  flush();
  if (why == SSL_ERROR_WANT_READ) return;
  if (why != SSL_ERROR_NONE) return fail(no_handshake(last_error()));
  Certificate const shown(SSL_get1_peer_certificate(session_->ssl.get()));
  if (shown)
    if (auto const other = another_than(peer_, shown.get())) return fail(*other);
  is_open_ = true;
  clock_.cancel(limit_);
  if (on_open) on_open();
  if (auto const octets = std::exchange(waiting_, {}); !octets.empty()) send(octets);
}

void TlsStream::read() {
  std::array<char, 16'384> buffer{};  // a record at most
  while (!is_paused_ && !has_ended_) {
    ERR_clear_error();
    int const size = SSL_read(session_->ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
    if (size <= 0) {
      int const why = SSL_get_error(session_->ssl.get(), size);
      auto const error = ERR_peek_error();
      flush();
      if (why == SSL_ERROR_WANT_READ) return;
      if (why == SSL_ERROR_ZERO_RETURN) return ends_as_told();
      return fail(broken_by(error));
    }
    has_read_ = true;
    if (on_octets) on_octets(std::string_view(buffer.data(), static_cast<std::size_t>(size)));
  }
}

/// An alert by its name. Who connects under TLS 1.3 is done with the handshake before the peer has looked at its certificate
/// (RFC 8446 2).
std::string TlsStream::broken_by(unsigned long error) const {
  bool const is_alert = ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) > SSL_AD_REASON_OFFSET;
  if (!is_alert) return "what came is no TLS record";
  auto const* const reason = ERR_reason_error_string(error);
  auto const said = reason == nullptr ? fmt::format("alert {}", ERR_GET_REASON(error) - SSL_AD_REASON_OFFSET) : std::string(reason);
  bool const is_of_handshake = !has_read_ && SSL_is_server(session_->ssl.get()) == 0 && SSL_version(session_->ssl.get()) == TLS1_3_VERSION;
  return is_of_handshake ? no_handshake(said) : said;
}

/// RFC 5246 7.2.1: a close_notify is answered with one, and the connection closed.
void TlsStream::ends_as_told() {
  close();
  if (on_closed) on_closed(closed_by_peer);
}

void TlsStream::send(std::string_view octets) {
  if (has_ended_ || octets.empty()) return;
  if (!is_open_) {
    waiting_ += octets;
    return;
  }
  SSL_write(session_->ssl.get(), octets.data(), static_cast<int>(octets.size()));  // into memory: it takes all
  flush();
}

void TlsStream::close() {
  if (std::exchange(has_ended_, true)) return;
  clock_.cancel(limit_);
  if (is_open_) SSL_shutdown(session_->ssl.get());
  flush();
  below_->close();
}

void TlsStream::reset() {
  has_ended_ = true;
  clock_.cancel(limit_);
  below_->reset();
}

void TlsStream::pause() {
  is_paused_ = true;
  below_->pause();
}

void TlsStream::resume() {
  is_paused_ = false;
  below_->resume();
  later_.post([this] {
    if (is_open_) read();
  });
}

/// What OpenSSL has to say goes to the peer.
void TlsStream::flush() {
  char* data = nullptr;
  auto const size = BIO_get_mem_data(session_->out, &data);
  if (size > 0) below_->send(std::string_view(data, static_cast<std::size_t>(size)));
  (void)BIO_reset(session_->out);
}

void TlsStream::fail(std::string const& reason) {
  if (std::exchange(has_ended_, true)) return;
  clock_.cancel(limit_);
  below_->close();
  if (on_closed) on_closed(reason);
}

}  // namespace tollgate
