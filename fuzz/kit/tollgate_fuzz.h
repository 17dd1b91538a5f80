/* tollgate_fuzz.h: fuzz your own parser with tollgate's mutations, dictionaries and corpora.
 *
 * You write two functions in C and link one library; fuzz/README.md has the build line. Nothing here depends on a
 * fuzzing engine: libFuzzer, AFL++ and honggfuzz all take what vendor_target.cpp makes of it. */
#ifndef TOLLGATE_FUZZ_H
#define TOLLGATE_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* NOLINTBEGIN(readability-identifier-naming): the names of a C interface */
/* What the octets are to be read as. */
enum tollgate_protocol {
  TOLLGATE_SIP = 1,      /* one SIP message, as a datagram holds it */
  TOLLGATE_SDP = 2,      /* one session description */
  TOLLGATE_MSRP = 3,     /* one MSRP message, from "MSRP" to its end-line */
  TOLLGATE_CPIM = 4,     /* one message/cpim body */
  TOLLGATE_DIAMETER = 5, /* one Diameter message with its header */
};
/* NOLINTEND(readability-identifier-naming) */

/* Yours. Called once before the first message; 0 when all is well. */
int tollgate_target_init(void);

/* Yours. Parses one message and frees all of it. 1 when your parser accepts the octets, 0 when it refuses them, -1 when
 * it has no opinion, for instance on a protocol that it does not read. A crash is found by the sanitizers. */
int tollgate_target_parse(const uint8_t *data, size_t size, int protocol);

/* Ours. Breaks one thing in the message that `data` holds and repairs the lengths that depend on it. `max_size` octets
 * may be written. The same seed gives the same message. Returns the new size; 0 when the octets are no message in which
 * anything could be broken, or would not fit. */
size_t tollgate_mutate(uint8_t *data, size_t size, size_t max_size, unsigned seed, int protocol);

#ifdef __cplusplus
}
#endif
#endif
