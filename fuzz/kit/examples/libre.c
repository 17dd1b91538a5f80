/* libre (libre-dev): sip_msg_decode reads the headers that make a transaction; the others are read when asked for. */
#include <re.h>

#include "fuzz/kit/tollgate_fuzz.h"

int tollgate_target_init(void) {
  return 0;
}

static struct mbuf* buffer_of(uint8_t const* data, size_t size) {
  struct mbuf* buffer = mbuf_alloc(size == 0 ? 1 : size);
  if (buffer == NULL) return NULL;
  mbuf_write_mem(buffer, data, size);
  buffer->pos = 0;
  return buffer;
}

static bool reads_contact(const struct sip_hdr* header, const struct sip_msg* message, void* all_good) {
  struct sip_addr address;
  (void)message;
  if (pl_strcmp(&header->val, "*") != 0 && sip_addr_decode(&address, &header->val) != 0) *(int*)all_good = 0;
  return false;
}

static int parse_sip(struct mbuf* buffer) {
  struct sip_msg* message = NULL;
  int accepted = sip_msg_decode(&message, buffer) == 0;
  if (accepted) {
    struct uri uri;
    if (message->req) accepted = uri_decode(&uri, &message->ruri) == 0;
    sip_msg_hdr_apply(message, true, SIP_HDR_CONTACT, reads_contact, &accepted);
  }
  mem_deref(message);
  return accepted;
}

static int parse_sdp(struct mbuf* buffer) {
  struct sa local;
  struct sdp_session* session = NULL;
  struct sdp_media* media = NULL;
  sa_init(&local, AF_INET);
  if (sdp_session_alloc(&session, &local) != 0) return -1;
  int accepted =
      sdp_media_add(&media, session, "message", 2855, "TCP/MSRP") == 0 && sdp_decode(session, buffer, true) == 0;
  mem_deref(session);
  return accepted;
}

int tollgate_target_parse(uint8_t const* data, size_t size, int protocol) {
  if (protocol != TOLLGATE_SIP && protocol != TOLLGATE_SDP) return -1;
  struct mbuf* buffer = buffer_of(data, size);
  if (buffer == NULL) return -1;
  int accepted = protocol == TOLLGATE_SIP ? parse_sip(buffer) : parse_sdp(buffer);
  mem_deref(buffer);
  return accepted;
}
