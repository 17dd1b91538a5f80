#include "actors/im_client/credentials.hpp"

#include <algorithm>

#include "codec/sip/digest_response.hpp"

namespace tollgate {

using sip::Name;

static bool is_computable(sip::DigestChallenge const& challenge) {
  sip::DigestResponse trial;
  trial.algorithm = challenge.algorithm;
  return (challenge.qop.empty() || challenge.offers("auth")) && sip::digest_response(trial, "", "").has_value();
}

bool Credentials::learn(sip::Message const& response, bool answered) {
  bool is_worthwhile = false;
  for (auto const& [asks, answers] :
       {std::pair{Name::www_authenticate, Name::authorization}, std::pair{Name::proxy_authenticate, Name::proxy_authorization}}) {
    auto const offered = sip::digest_challenges(response, asks);
    if (!offered) continue;
    auto const best = std::ranges::find_if(*offered, is_computable);
    if (best == offered->end()) continue;
    challenges_[answers] = {.realm = std::string(best->realm),
                            .nonce = std::string(best->nonce),
                            .algorithm = std::string(best->algorithm),
                            .opaque = std::string(best->opaque),
                            .has_qop = !best->qop.empty()};
    is_worthwhile = is_worthwhile || !answered || best->stale;
  }
  return is_worthwhile && !password_.empty();
}

std::string Credentials::answer(Challenge& challenge, sip::Message const& request, std::string const& secret) {
  auto const cnonce = random_.token(16);
  sip::DigestResponse credentials{.username = username_,
                                  .realm = challenge.realm,
                                  .nonce = challenge.nonce,
                                  .uri = request.request_uri(),
                                  .response = {},
                                  .algorithm = challenge.algorithm,
                                  .qop = challenge.has_qop ? "auth" : "",
                                  .cnonce = cnonce,
                                  .opaque = challenge.opaque,
                                  .nonce_count = ++challenge.count};
  auto const response = sip::digest_response(credentials, secret, request.method()).value_or("");
  credentials.response = response;
  return sip::write_credentials(credentials);
}

void Credentials::add_to(sip::Message& request, bool wrong) {
  for (auto& [field, challenge] : challenges_) request.set(field, answer(challenge, request, wrong ? "wrong" : password_));
}

}  // namespace tollgate
