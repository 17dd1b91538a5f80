#include <cstdlib>
#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>
#include <osipparser2/sdp_message.h>

#include "bench/peers/peers.hpp"

namespace tollgate::bench {
namespace {

bool body_is_sdp(osip_message_t* message) {
  osip_body_t* body = nullptr;
  if (osip_message_get_body(message, 0, &body) < 0 || body == nullptr) return false;
  sdp_message_t* sdp = nullptr;
  if (sdp_message_init(&sdp) != OSIP_SUCCESS) return false;
  bool const good = sdp_message_parse(sdp, body->body) == OSIP_SUCCESS;
  sdp_message_free(sdp);
  return good;
}

bool parse(std::string_view octets, bool with_sdp) {
  static bool const ready = parser_init() == OSIP_SUCCESS;
  osip_message_t* message = nullptr;
  if (!ready || osip_message_init(&message) != OSIP_SUCCESS) return false;
  bool good = osip_message_parse(message, octets.data(), octets.size()) == OSIP_SUCCESS;
  if (good && with_sdp) good = body_is_sdp(message);
  osip_message_free(message);
  return good;
}

}  // namespace

bool osip2_parse(std::string_view octets) {
  return parse(octets, false);
}
bool osip2_parse_with_sdp(std::string_view octets) {
  return parse(octets, true);
}

}  // namespace tollgate::bench
