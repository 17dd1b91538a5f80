#include "reports/bundle/signing.hpp"

#include <array>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/assert.hpp"
#include "reports/hash.hpp"

namespace tollgate::reports {

namespace {

using Bio = std::unique_ptr<BIO, decltype([](BIO* bio) { BIO_free(bio); })>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype([](EVP_MD_CTX* context) { EVP_MD_CTX_free(context); })>;

unsigned char const* raw(std::string_view octets) {
  return reinterpret_cast<unsigned char const*>(octets.data());  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
}

Bio reading(std::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(std::min<std::size_t>(text.size(), 1 << 16))));
}

Octets content_of(BIO* bio) {
  char* data = nullptr;
  auto const size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

struct PublicKey::Key {
  explicit Key(EVP_PKEY* key) : pkey(key) {}
  ~Key() { EVP_PKEY_free(pkey); }
  Key(Key const&) = delete;
  Key& operator=(Key const&) = delete;
  EVP_PKEY* pkey;
};

PublicKey::PublicKey(std::shared_ptr<Key> key) : key_(std::move(key)) {
  Bio const pem(BIO_new(BIO_s_mem())), der(BIO_new(BIO_s_mem()));
  TOLLGATE_ASSERT(PEM_write_bio_PUBKEY(pem.get(), key_->pkey) == 1 && i2d_PUBKEY_bio(der.get(), key_->pkey) == 1);
  pem_ = content_of(pem.get());
  id_ = sha256(content_of(der.get()));
}

std::optional<PublicKey> PublicKey::read(std::string_view pem) {
  auto* pkey = PEM_read_bio_PUBKEY(reading(pem).get(), nullptr, nullptr, nullptr);
  if (pkey == nullptr) return std::nullopt;
  auto key = std::make_shared<Key>(pkey);
  if (EVP_PKEY_get_base_id(pkey) != EVP_PKEY_ED25519) return std::nullopt;
  return PublicKey(std::move(key));
}

bool PublicKey::verifies(std::string_view octets, std::string_view signature) const {
  Digest const context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_->pkey) == 1 &&
         EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(octets), octets.size()) == 1;
}

std::expected<PrivateKey, std::string> PrivateKey::read(std::string_view pem) {
  auto* pkey = PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, nullptr);
  if (pkey == nullptr) return std::unexpected("no private key in PEM; `openssl genpkey -algorithm ed25519 -out key.pem` makes one");
  auto key = std::make_shared<PublicKey::Key>(pkey);
  if (EVP_PKEY_get_base_id(pkey) != EVP_PKEY_ED25519)
    return std::unexpected("not an Ed25519 key; `openssl genpkey -algorithm ed25519 -out key.pem` makes one");
  return PrivateKey(std::move(key));
}

PublicKey PrivateKey::public_key() const {
  return PublicKey(key_);
}

Octets PrivateKey::sign(std::string_view octets) const {
  constexpr std::size_t ed25519_size = 64;
  std::array<unsigned char, ed25519_size> signature{};
  auto size = signature.size();
  Digest const context(EVP_MD_CTX_new());
  TOLLGATE_ASSERT(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_->pkey) == 1);
  TOLLGATE_ASSERT(EVP_DigestSign(context.get(), signature.data(), &size, raw(octets), octets.size()) == 1);
  return {signature.begin(), signature.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace tollgate::reports
