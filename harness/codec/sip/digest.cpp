#include "codec/sip/digest.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 7616 3.4";
static constexpr CharSet lhex_set = digit_set | "abcdef";

bool DigestChallenge::offers(std::string_view value) const {
  return std::ranges::any_of(List(qop), [&](std::string_view one) { return iequals(one, value); });
}

/// Whether a digest of that algorithm has `size` digits; of one that we do not know, any.
static bool has_digest_size(std::string_view algorithm, std::size_t size) {
  constexpr std::size_t md5 = 32, sha_256 = 64;
  if (iequals(algorithm.substr(0, 3), "MD5")) return size == md5;
  return !iequals(algorithm.substr(0, 4), "SHA-") || size == sha_256;
}

Parsed<AuthParams> parse_digest(std::string_view text, std::span<std::string_view const> wanted, std::string_view wanted_by) {
  auto const params = parse_auth(text);
  if (!params) return params;
  if (!params->is_digest()) return invalid(0, "auth-scheme", clause, "not Digest");
  for (auto const name : wanted)
    if (!params->find(name)) return invalid(text.size(), name, wanted_by, "missing");
  return params;
}

DigestChallenge to_challenge(AuthParams const& params) {
  auto const get = [&](std::string_view name, std::string_view otherwise = {}) { return params.find(name).value_or(otherwise); };
  return DigestChallenge{.realm = get("realm"),
                         .nonce = get("nonce"),
                         .algorithm = get("algorithm", "MD5"),
                         .qop = get("qop"),
                         .opaque = get("opaque"),
                         .domain = get("domain"),
                         .stale = iequals(get("stale"), "true")};
}

Parsed<DigestChallenge> parse_digest_challenge(std::string_view text) {
  constexpr std::string_view wanted[] = {"realm", "nonce"};
  auto const params = parse_digest(text, wanted, "RFC 7616 3.3");
  if (!params) return std::unexpected(params.error());
  return to_challenge(*params);
}

/// nc-value = 8LHEX, which stands with a qop and a cnonce
static Parsed<std::optional<std::uint32_t>> read_nonce_count(AuthParams const& params, std::string_view text) {
  constexpr std::size_t nc_size = 8;
  auto const nc = params.find("nc");
  if (params.find("qop") && (!nc || !params.find("cnonce")))
    return invalid(text.size(), nc ? "cnonce" : "nc", clause, "missing beside qop");
  if (!nc) return std::optional<std::uint32_t>();
  if (nc->size() != nc_size || lhex_set.run(*nc) != nc_size)
    return invalid(offset_in(text, *nc), "nc-value", clause, "expected eight digits, 0-9 and a-f");
  std::uint32_t count = 0;
  for (char c : *nc) count = count << 4 | static_cast<std::uint32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
  return std::optional(count);
}

Parsed<DigestResponse> to_response(AuthParams const& params, std::string_view text) {
  auto const get = [&](std::string_view name, std::string_view otherwise = {}) { return params.find(name).value_or(otherwise); };
  auto const nonce_count = read_nonce_count(params, text);
  if (!nonce_count) return std::unexpected(nonce_count.error());
  DigestResponse const read{.username = get("username"),
                            .realm = get("realm"),
                            .nonce = get("nonce"),
                            .uri = get("uri"),
                            .response = get("response"),
                            .algorithm = get("algorithm", "MD5"),
                            .qop = get("qop"),
                            .cnonce = get("cnonce"),
                            .opaque = get("opaque"),
                            .nonce_count = *nonce_count};
  bool const is_hex = lhex_set.run(read.response) == read.response.size();
  if (!is_hex || !has_digest_size(read.algorithm, read.response.size()))
    return invalid(offset_in(text, read.response), "request-digest", clause, "not the digits of its algorithm");
  return read;
}

Parsed<DigestResponse> parse_digest_response(std::string_view text) {
  constexpr std::string_view wanted[] = {"realm", "nonce", "uri", "response"};
  auto const params = parse_digest(text, wanted, clause);
  if (!params) return std::unexpected(params.error());
  auto const extended = params->find_written("username*");
  if (extended && params->find("username")) return invalid(offset_in(text, *extended), "username*", clause, "stands beside username");
  if (!extended && !params->find("username")) return invalid(text.size(), "username", clause, "missing");
  return to_response(*params, text);
}

/// What `parse` reads from each field of that name whose scheme is Digest.
template <class T>
static Parsed<std::vector<T>> each_digest(Fields fields, Name name, Parsed<T> (*parse)(std::string_view)) {
  std::vector<T> all;
  for (std::size_t nth = 0; auto const value = fields.value(name, nth); ++nth) {
    if (auto const params = parse_auth(*value); params && !params->is_digest()) continue;
    auto const read = parse(*value);
    if (!read) return std::unexpected(read.error());
    all.push_back(*read);
  }
  return all;
}

Parsed<std::vector<DigestChallenge>> digest_challenges(Fields fields, Name name) {
  return each_digest(fields, name, parse_digest_challenge);
}
Parsed<std::vector<DigestResponse>> digest_responses(Fields fields, Name name) {
  return each_digest(fields, name, parse_digest_response);
}

}  // namespace tollgate::sip
