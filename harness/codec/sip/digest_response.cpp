#include "codec/sip/digest_response.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/hexadecimal.hpp"
#include "base/text.hpp"

namespace tollgate::sip {

/// Lower-case hexadecimal.
static std::string hash(EVP_MD const* algorithm, std::string_view data) {
  Octets digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  EVP_Digest(data.data(), data.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, algorithm, nullptr);
  return hexadecimal(std::string_view(digest).substr(0, size));
}

std::optional<std::string> digest_response(DigestResponse const& c, std::string_view secret, std::string_view method) {
  constexpr std::string_view session = "-sess";
  auto algorithm = c.algorithm;
  bool const is_session = algorithm.size() > session.size() && iequals(algorithm.substr(algorithm.size() - session.size()), session);
  if (is_session) algorithm.remove_suffix(session.size());
  auto const* const md = iequals(algorithm, "MD5") ? EVP_md5() : iequals(algorithm, "SHA-256") ? EVP_sha256() : nullptr;
  if (md == nullptr || (!c.qop.empty() && !iequals(c.qop, "auth"))) return std::nullopt;
  auto a1 = hash(md, fmt::format("{}:{}:{}", c.username, c.realm, secret));
  if (is_session) a1 = hash(md, fmt::format("{}:{}:{}", a1, c.nonce, c.cnonce));
  auto const a2 = hash(md, fmt::format("{}:{}", method, c.uri));
  if (c.qop.empty()) return hash(md, fmt::format("{}:{}:{}", a1, c.nonce, a2));
  return hash(md, fmt::format("{}:{}:{:08x}:{}:{}:{}", a1, c.nonce, c.nonce_count.value_or(0), c.cnonce, c.qop, a2));
}

std::string write_credentials(DigestResponse const& credentials) {
  auto text = fmt::format(R"(Digest username="{}", realm="{}", nonce="{}", uri="{}", response="{}", algorithm={})", credentials.username,
                          credentials.realm, credentials.nonce, credentials.uri, credentials.response, credentials.algorithm);
  if (!credentials.qop.empty())
    text += fmt::format(R"(, qop={}, cnonce="{}", nc={:08x})", credentials.qop, credentials.cnonce, credentials.nonce_count.value_or(0));
  else if (credentials.algorithm.ends_with("-sess"))
    text += fmt::format(R"(, cnonce="{}")", credentials.cnonce);
  if (!credentials.opaque.empty()) text += fmt::format(R"(, opaque="{}")", credentials.opaque);
  return text;
}

}  // namespace tollgate::sip
