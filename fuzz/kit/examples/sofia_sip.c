/* Sofia-SIP (libsofia-sip-ua-dev): msg_make parses every header that it has a class for; what it could not parse is in
 * the message's error list. */
#include <sofia-sip/msg.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/sdp.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/su_alloc.h>

#include "fuzz/kit/tollgate_fuzz.h"

int tollgate_target_init(void) {
  return 0;
}

static int parse_sip(uint8_t const* data, size_t size) {
  msg_t* message = msg_make(sip_default_mclass(), 0, data, (ssize_t)size);
  if (message == NULL) return 0;
  sip_t* sip = sip_object(message);
  int accepted = sip != NULL && sip->sip_error == NULL && sip->sip_from != NULL && sip->sip_to != NULL &&
                 sip->sip_call_id != NULL && sip->sip_cseq != NULL && sip->sip_via != NULL &&
                 (msg_extract_errors(message) == 0);
  msg_destroy(message);
  return accepted;
}

static int parse_sdp(uint8_t const* data, size_t size) {
  sdp_parser_t* parser = sdp_parse(NULL, (char const*)data, (issize_t)size, 0);
  int accepted = sdp_session(parser) != NULL;
  sdp_parser_free(parser);
  return accepted;
}

int tollgate_target_parse(uint8_t const* data, size_t size, int protocol) {
  if (protocol == TOLLGATE_SIP) return parse_sip(data, size);
  if (protocol == TOLLGATE_SDP) return parse_sdp(data, size);
  return -1;
}
