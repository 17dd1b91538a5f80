#include "bench/peers/peers.hpp"

// libre has a macro of a name that the standard library uses, so it comes last.
#include <re.h>

namespace tollgate::bench {
namespace {

bool body_is_sdp(mbuf* body) {
  sa local{};
  sa_init(&local, AF_INET);
  sdp_session* session = nullptr;
  if (sdp_session_alloc(&session, &local) != 0) return false;
  sdp_media* media = nullptr;
  bool const good = sdp_media_add(&media, session, "message", 2855, "TCP/MSRP") == 0 && sdp_decode(session, body, true) == 0;
  mem_deref(session);
  return good;
}

bool parse(std::string_view octets, bool with_sdp) {
  auto* const buffer = mbuf_alloc(octets.size());
  if (buffer == nullptr) return false;
  bool good = mbuf_write_mem(buffer, reinterpret_cast<std::uint8_t const*>(octets.data()), octets.size()) == 0;
  buffer->pos = 0;
  sip_msg* message = nullptr;
  good = good && sip_msg_decode(&message, buffer) == 0;
  if (good && with_sdp) good = body_is_sdp(message->mb);
  mem_deref(message);
  mem_deref(buffer);
  return good;
}

}  // namespace

bool libre_parse(std::string_view octets) {
  return parse(octets, false);
}
bool libre_parse_with_sdp(std::string_view octets) {
  return parse(octets, true);
}

}  // namespace tollgate::bench
