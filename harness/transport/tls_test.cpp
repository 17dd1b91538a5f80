#include "transport/tls.hpp"

#include <array>
#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

using testing::HasSubstr;

constexpr std::int64_t from = 1'790'000'000, until = from + 86'400;

std::shared_ptr<TlsIdentity const> identity(std::uint64_t seed) {
  return std::make_shared<TlsIdentity const>(Random(seed), "im.example", from, until);
}

/// A client and a server with a listener between them.
struct Pair {
  explicit Pair(LoopbackConditions conditions = {}) : network(clock, Random(1), conditions), listener(network.listen({"127.0.0.1", 0})) {}

  void connect(TlsPeer const& server_is, TlsPeer const& client_is) {
    listener->on_accept = [this, client_is](std::unique_ptr<Stream> stream) {
      callee = std::make_unique<TlsStream>(clock, std::move(stream), identity(2), TlsRole::server, client_is);
      callee->on_octets = [this](std::string_view octets) { at_callee += octets; };
      callee->on_closed = [this](std::string_view reason) { callee_closed = reason; };
    };
    caller = std::make_unique<TlsStream>(clock, network.connect("127.0.0.1", listener->local()), identity(1), TlsRole::client, server_is);
    caller->on_open = [this] { opened = true; };
    caller->on_octets = [this](std::string_view octets) { at_caller += octets; };
    caller->on_closed = [this](std::string_view reason) { caller_closed = reason; };
  }

  SimClock clock;
  LoopbackNetwork network;
  std::unique_ptr<Listener> listener;
  std::unique_ptr<Stream> caller, callee;
  bool opened = false;
  Octets at_caller, at_callee;
  std::string caller_closed, callee_closed;
};

TEST(Tls, CarriesOctetsBothWaysBetweenTwoWhoKnowEachOther) {
  Pair pair({.split_most = 7});
  pair.connect({identity(2)->fingerprint()}, {identity(1)->fingerprint()});
  Octets const much(1'000'000, 'x');
  pair.caller->send("hello");  // waits for the handshake
  pair.caller->send(much);
  pair.clock.run_for(1s);
  EXPECT_TRUE(pair.opened);
  EXPECT_EQ(pair.at_callee, "hello" + much);
  pair.callee->send("and back");
  pair.clock.run_for(1s);
  EXPECT_EQ(pair.at_caller, "and back");
  pair.callee->close();
  pair.clock.run_for(1s);
  EXPECT_EQ(pair.caller_closed, "closed by the peer");
}

TEST(Tls, ClosesWhenThePeerIsAnother) {
  Pair client, server;
  client.connect({identity(3)->fingerprint()}, {});
  client.caller->send("secret");
  client.clock.run_for(1s);
  EXPECT_FALSE(client.opened);
  EXPECT_THAT(client.caller_closed, HasSubstr("not " + identity(3)->fingerprint()));
  EXPECT_EQ(client.at_callee, "");
  server.connect({}, {identity(3)->fingerprint()});
  server.clock.run_for(1s);
  EXPECT_THAT(server.callee_closed, HasSubstr("the certificate has the fingerprint " + identity(1)->fingerprint()));
}

/// Of a hash function the fingerprint of nothing that exists.
std::string wrong(std::string const& hash, int octets) {
  auto out = hash + " AA";
  for (int i = 1; i < octets; ++i) out += ":AA";
  return out;
}

/// RFC 8122 5: of several lines those of the strongest function that is known count, and one of them has to be right.
TEST(Tls, KnowsThePeerByEveryHashFunction) {
  auto const right = identity(2)->fingerprint();
  struct {
    std::vector<std::string> offered;
    std::string says;  ///< "": it is the one
  } const all[] = {
      {{right}, ""},
      {{wrong("SHA-256", 32), right}, ""},
      {{right, wrong("SHA-1", 20)}, ""},
      {{"md5 AA:AA", right}, ""},
      {{wrong("SHA-256", 32)}, "not SHA-256 AA:"},
      {{wrong("SHA-1", 20)}, "has the fingerprint SHA-1 "},
      {{wrong("sha-224", 28)}, "has the fingerprint SHA-224 "},
      {{wrong("SHA-384", 48)}, "has the fingerprint SHA-384 "},
      {{wrong("sha-512", 64)}, "has the fingerprint SHA-512 "},
      {{right, wrong("SHA-512", 64)}, "has the fingerprint SHA-512 "},
      {{wrong("md5", 16), "new-hash AB"}, "the certificate cannot be checked: no hash function is known of md5 AA:"},
  };
  for (auto const& [offered, says] : all) {
    Pair pair;
    pair.connect(offered, {});
    pair.clock.run_for(1s);
    EXPECT_EQ(pair.opened, says.empty()) << offered.front() << pair.caller_closed;
    EXPECT_THAT(pair.caller_closed, HasSubstr(says));
  }
}

TEST(Tls, ClosesOnWhatIsNoTls) {
  Pair pair;
  pair.connect({}, {});
  pair.caller = pair.network.connect("127.0.0.1", pair.listener->local());
  pair.caller->send("MSRP tid SEND\r\n");
  pair.clock.run_for(1s);
  EXPECT_THAT(pair.callee_closed, HasSubstr("no TLS handshake"));
  EXPECT_EQ(pair.at_callee, "");
}

int refuses(int /*good*/, X509_STORE_CTX* chain) {
  X509_STORE_CTX_set_error(chain, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);  // which TLS calls unknown_ca
  return 0;
}

/// The other end as OpenSSL alone has it.
class Foreign {
 public:
  /// `verify`: what it makes of our certificate; null where it asks for none.
  Foreign(bool is_server, int version, SSL_verify_cb verify = nullptr)
      : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")), certificate_(X509_new()), context_(SSL_CTX_new(TLS_method())) {
    X509_gmtime_adj(X509_getm_notBefore(certificate_), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
    X509_set_pubkey(certificate_, key_);
    X509_sign(certificate_, key_, nullptr);
    SSL_CTX_set_min_proto_version(context_, version);
    SSL_CTX_set_max_proto_version(context_, version);
    SSL_CTX_use_certificate(context_, certificate_);
    SSL_CTX_use_PrivateKey(context_, key_);
    SSL_CTX_set_verify(context_, verify == nullptr ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, verify);
    ssl_ = SSL_new(context_);
    SSL_set_bio(ssl_, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    is_server ? SSL_set_accept_state(ssl_) : SSL_set_connect_state(ssl_);
  }
  ~Foreign() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    X509_free(certificate_);
    EVP_PKEY_free(key_);
  }
  Foreign(Foreign const&) = delete;
  Foreign& operator=(Foreign const&) = delete;

  /// In OpenSSL's words; its own certificate is of none of them.
  void knows_only(char const* signatures, char const* ciphers) {
    EXPECT_EQ(SSL_set1_sigalgs_list(ssl_, signatures), 1);
    EXPECT_EQ(SSL_set_cipher_list(ssl_, ciphers), 1);
  }
  void takes(std::unique_ptr<Stream> stream) {
    stream_ = std::move(stream);
    stream_->on_octets = [this](std::string_view octets) {
      BIO_write(SSL_get_rbio(ssl_), octets.data(), static_cast<int>(octets.size()));
      goes_on();
    };
    stream_->on_closed = [this](std::string_view) { is_closed = true; };
    goes_on();
  }
  /// Sends close_notify; true where the other's has come.
  [[nodiscard]] bool shuts_down() {
    int const done = SSL_shutdown(ssl_);
    flush();
    return done == 1;
  }

  bool is_closed = false;

 private:
  void goes_on() {
    std::array<char, 100> read{};
    (void)SSL_read(ssl_, read.data(), static_cast<int>(read.size()));  // and shakes hands
    flush();
  }
  void flush() {
    std::array<char, 16'384> out{};
    for (int size = 0; (size = BIO_read(SSL_get_wbio(ssl_), out.data(), static_cast<int>(out.size()))) > 0;)
      stream_->send(std::string_view(out.data(), static_cast<std::size_t>(size)));
  }

  EVP_PKEY* key_;
  X509* certificate_;
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  std::unique_ptr<Stream> stream_;
};

/// RFC 8446 2: under TLS 1.3 our handshake is over before the peer has looked at our certificate.
TEST(Tls, SaysByWhichAlertOurCertificateWasRefused) {
  for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    SimClock clock;
    LoopbackNetwork network(clock, Random(1));
    auto const listener = network.listen({"127.0.0.1", 0});
    Foreign server(true, version, refuses);
    listener->on_accept = [&](std::unique_ptr<Stream> stream) { server.takes(std::move(stream)); };
    TlsStream client(clock, network.connect("127.0.0.1", listener->local()), identity(1), TlsRole::client, TlsPeer());
    std::string why;
    client.on_closed = [&](std::string_view reason) { why = reason; };
    clock.run_for(1s);
    EXPECT_THAT(why, testing::AllOf(testing::StartsWith(no_tls_handshake), HasSubstr("alert unknown ca"))) << version;
  }
}

/// RFC 5246 7.2.1.
TEST(Tls, AnswersCloseNotify) {
  for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    SimClock clock;
    LoopbackNetwork network(clock, Random(1));
    auto const listener = network.listen({"127.0.0.1", 0});
    std::unique_ptr<TlsStream> server;
    std::string why;
    listener->on_accept = [&](std::unique_ptr<Stream> stream) {
      server = std::make_unique<TlsStream>(clock, std::move(stream), identity(2), TlsRole::server, TlsPeer());
      server->on_closed = [&](std::string_view reason) { why = reason; };
    };
    Foreign client(false, version);
    client.takes(network.connect("127.0.0.1", listener->local()));
    clock.run_for(1s);
    EXPECT_FALSE(client.shuts_down());
    clock.run_for(1s);
    EXPECT_TRUE(client.shuts_down()) << version;
    EXPECT_TRUE(client.is_closed);
    EXPECT_EQ(why, "closed by the peer");
  }
}

/// RFC 8446 9.1, RFC 3261 26.2.1: what a peer has to know, and some know nothing else.
TEST(Tls, ShakesHandsWithWhoKnowsWhatHasToBeKnown) {
  auto const shakes_hands = [](TlsKeys keys, int version, char const* signatures, char const* ciphers) {
    SimClock clock;
    LoopbackNetwork network(clock, Random(1));
    auto const listener = network.listen({"127.0.0.1", 0});
    auto const own = std::make_shared<TlsIdentity const>(Random(1), "im.example", from, until, keys);
    std::unique_ptr<TlsStream> server;
    bool opened = false;
    listener->on_accept = [&](std::unique_ptr<Stream> stream) {
      server = std::make_unique<TlsStream>(clock, std::move(stream), own, TlsRole::server, TlsPeer());
      server->on_open = [&] { opened = true; };
    };
    Foreign client(false, version);
    client.knows_only(signatures, ciphers);
    client.takes(network.connect("127.0.0.1", listener->local()));
    clock.run_for(1s);
    return opened;
  };
  using enum TlsKeys;
  EXPECT_FALSE(shakes_hands(drawn, TLS1_3_VERSION, "ECDSA+SHA256:RSA-PSS+SHA256", "DEFAULT")) << "or this would prove nothing";
  EXPECT_TRUE(shakes_hands(elliptic, TLS1_3_VERSION, "ECDSA+SHA256", "DEFAULT"));
  EXPECT_TRUE(shakes_hands(all, TLS1_3_VERSION, "ECDSA+SHA256", "DEFAULT"));
  EXPECT_TRUE(shakes_hands(all, TLS1_3_VERSION, "RSA-PSS+SHA256", "DEFAULT"));
  EXPECT_TRUE(shakes_hands(all, TLS1_2_VERSION, "RSA+SHA256", "AES128-SHA"));
}

TEST(Tls, AnIdentityIsOfItsSeed) {
  EXPECT_EQ(identity(1)->fingerprint(), identity(1)->fingerprint());
  EXPECT_NE(identity(1)->fingerprint(), identity(2)->fingerprint());
  EXPECT_THAT(identity(1)->fingerprint(), testing::StartsWith("SHA-256 "));
}

}  // namespace
}  // namespace tollgate
