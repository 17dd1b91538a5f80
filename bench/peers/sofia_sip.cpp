#include <sofia-sip/msg.h>
#include <sofia-sip/sdp.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/su_alloc.h>

#include "bench/peers/peers.hpp"

namespace tollgate::bench {
namespace {

bool body_is_sdp(sip_t const* sip) {
  if (sip->sip_payload == nullptr) return false;
  auto* const parser = sdp_parse(nullptr, sip->sip_payload->pl_data, static_cast<issize_t>(sip->sip_payload->pl_len), 0);
  bool const good = sdp_session(parser) != nullptr;
  sdp_parser_free(parser);
  return good;
}

bool parse(std::string_view octets, bool with_sdp) {
  auto* const message = msg_make(sip_default_mclass(), 0, octets.data(), static_cast<ssize_t>(octets.size()));
  if (message == nullptr) return false;
  auto const* const sip = sip_object(message);
  bool good = sip != nullptr && sip->sip_error == nullptr && sip->sip_cseq != nullptr;
  if (good && with_sdp) good = body_is_sdp(sip);
  msg_destroy(message);
  return good;
}

}  // namespace

bool sofia_parse(std::string_view octets) {
  return parse(octets, false);
}
bool sofia_parse_with_sdp(std::string_view octets) {
  return parse(octets, true);
}

}  // namespace tollgate::bench
