/* oSIP2 (libosip2-dev): the message and every header that it knows; an SDP body is parsed on its own. */
#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>
#include <osipparser2/osip_port.h>
#include <osipparser2/sdp_message.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/kit/tollgate_fuzz.h"

/* Debian's oSIP2 prints what it refuses to stdout; disabling its levels does not stop it. */
static void drop(const char *file, int line, osip_trace_level_t level, const char *format, va_list arguments) {
  (void)file, (void)line, (void)level, (void)format, (void)arguments;
}

int tollgate_target_init(void) {
  osip_trace_initialize_func(TRACE_LEVEL0, drop);
  return parser_init();
}

static int parse_sip(const uint8_t *data, size_t size) {
  osip_message_t *message = NULL;
  if (osip_message_init(&message) != 0) return -1;
  int accepted = osip_message_parse(message, (const char *)data, size) == 0;
  osip_message_free(message);
  return accepted;
}

static int parse_sdp(const uint8_t *data, size_t size) {
  sdp_message_t *description = NULL;
  char *text = malloc(size + 1); /* the parser wants a C string */
  if (text == NULL) return -1;
  memcpy(text, data, size);
  text[size] = '\0';
  int accepted = 0;
  if (sdp_message_init(&description) == 0) {
    accepted = sdp_message_parse(description, text) == 0;
    sdp_message_free(description);
  }
  free(text);
  return accepted;
}

int tollgate_target_parse(const uint8_t *data, size_t size, int protocol) {
  if (protocol == TOLLGATE_SIP) return parse_sip(data, size);
  if (protocol == TOLLGATE_SDP) return parse_sdp(data, size);
  return -1;
}
