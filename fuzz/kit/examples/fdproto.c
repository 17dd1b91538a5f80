/* libfdproto of freeDiameter (libfreediameter-dev): the message, then its AVPs by the dictionary and the rules. Besides the
 * base protocol, which it has built in, the dictionary gets commands and AVPs of RFC 8506, without rules. */
#include <freeDiameter/freeDiameter-host.h>
#include <freeDiameter/libfdproto.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/kit/tollgate_fuzz.h"

static struct dictionary *dictionary = NULL;

static const struct {
  uint32_t code;
  const char *name;
  enum dict_avp_basetype type;
} avps[] = {
    {411, "CC-Correlation-Id", AVP_TYPE_OCTETSTRING},
    {412, "CC-Input-Octets", AVP_TYPE_UNSIGNED64},
    {413, "CC-Money", AVP_TYPE_GROUPED},
    {414, "CC-Output-Octets", AVP_TYPE_UNSIGNED64},
    {415, "CC-Request-Number", AVP_TYPE_UNSIGNED32},
    {416, "CC-Request-Type", AVP_TYPE_INTEGER32},
    {417, "CC-Service-Specific-Units", AVP_TYPE_UNSIGNED64},
    {418, "CC-Session-Failover", AVP_TYPE_INTEGER32},
    {419, "CC-Sub-Session-Id", AVP_TYPE_UNSIGNED64},
    {420, "CC-Time", AVP_TYPE_UNSIGNED32},
    {421, "CC-Total-Octets", AVP_TYPE_UNSIGNED64},
    {422, "Check-Balance-Result", AVP_TYPE_INTEGER32},
    {423, "Cost-Information", AVP_TYPE_GROUPED},
    {424, "Cost-Unit", AVP_TYPE_OCTETSTRING},
    {425, "Currency-Code", AVP_TYPE_UNSIGNED32},
    {426, "Credit-Control", AVP_TYPE_INTEGER32},
    {427, "Credit-Control-Failure-Handling", AVP_TYPE_INTEGER32},
    {428, "Direct-Debiting-Failure-Handling", AVP_TYPE_INTEGER32},
    {429, "Exponent", AVP_TYPE_INTEGER32},
    {430, "Final-Unit-Indication", AVP_TYPE_GROUPED},
    {431, "Granted-Service-Unit", AVP_TYPE_GROUPED},
    {432, "Rating-Group", AVP_TYPE_UNSIGNED32},
    {433, "Redirect-Address-Type", AVP_TYPE_INTEGER32},
    {434, "Redirect-Server", AVP_TYPE_GROUPED},
    {435, "Redirect-Server-Address", AVP_TYPE_OCTETSTRING},
    {436, "Requested-Action", AVP_TYPE_INTEGER32},
    {437, "Requested-Service-Unit", AVP_TYPE_GROUPED},
    {438, "Restriction-Filter-Rule", AVP_TYPE_OCTETSTRING},
    {439, "Service-Identifier", AVP_TYPE_UNSIGNED32},
    {440, "Service-Parameter-Info", AVP_TYPE_GROUPED},
    {441, "Service-Parameter-Type", AVP_TYPE_UNSIGNED32},
    {442, "Service-Parameter-Value", AVP_TYPE_OCTETSTRING},
    {443, "Subscription-Id", AVP_TYPE_GROUPED},
    {444, "Subscription-Id-Data", AVP_TYPE_OCTETSTRING},
    {445, "Unit-Value", AVP_TYPE_GROUPED},
    {446, "Used-Service-Unit", AVP_TYPE_GROUPED},
    {447, "Value-Digits", AVP_TYPE_INTEGER64},
    {448, "Validity-Time", AVP_TYPE_UNSIGNED32},
    {449, "Final-Unit-Action", AVP_TYPE_INTEGER32},
    {450, "Subscription-Id-Type", AVP_TYPE_INTEGER32},
    {451, "Tariff-Time-Change", AVP_TYPE_OCTETSTRING},
    {452, "Tariff-Change-Usage", AVP_TYPE_INTEGER32},
    {453, "G-S-U-Pool-Identifier", AVP_TYPE_UNSIGNED32},
    {454, "CC-Unit-Type", AVP_TYPE_INTEGER32},
    {455, "Multiple-Services-Indicator", AVP_TYPE_INTEGER32},
    {456, "Multiple-Services-Credit-Control", AVP_TYPE_GROUPED},
    {457, "G-S-U-Pool-Reference", AVP_TYPE_GROUPED},
    {458, "User-Equipment-Info", AVP_TYPE_GROUPED},
    {459, "User-Equipment-Info-Type", AVP_TYPE_INTEGER32},
    {460, "User-Equipment-Info-Value", AVP_TYPE_OCTETSTRING},
    {461, "Service-Context-Id", AVP_TYPE_OCTETSTRING},
    {653, "User-Equipment-Info-Extension", AVP_TYPE_GROUPED},
    {654, "User-Equipment-Info-IMEISV", AVP_TYPE_OCTETSTRING},
    {655, "User-Equipment-Info-MAC", AVP_TYPE_OCTETSTRING},
    {656, "User-Equipment-Info-EUI64", AVP_TYPE_OCTETSTRING},
    {657, "User-Equipment-Info-ModifiedEUI64", AVP_TYPE_OCTETSTRING},
    {658, "User-Equipment-Info-IMEI", AVP_TYPE_OCTETSTRING},
    {659, "Subscription-Id-Extension", AVP_TYPE_GROUPED},
    {660, "Subscription-Id-E164", AVP_TYPE_OCTETSTRING},
    {661, "Subscription-Id-IMSI", AVP_TYPE_OCTETSTRING},
    {662, "Subscription-Id-SIP-URI", AVP_TYPE_OCTETSTRING},
    {663, "Subscription-Id-NAI", AVP_TYPE_OCTETSTRING},
    {664, "Subscription-Id-Private", AVP_TYPE_OCTETSTRING},
    {665, "Redirect-Server-Extension", AVP_TYPE_GROUPED},
    {666, "Redirect-Address-IPAddress", AVP_TYPE_OCTETSTRING},
    {667, "Redirect-Address-URL", AVP_TYPE_OCTETSTRING},
    {668, "Redirect-Address-SIP-URI", AVP_TYPE_OCTETSTRING},
    {669, "QoS-Final-Unit-Indication", AVP_TYPE_GROUPED},
};

static int add_avps(void) {
  for (size_t i = 0; i < sizeof avps / sizeof avps[0]; ++i) {
    struct dict_avp_data avp = {avps[i].code, 0, (char *)avps[i].name, AVP_FLAG_VENDOR, 0, avps[i].type};
    if (fd_dict_new(dictionary, DICT_AVP, &avp, NULL, NULL) != 0) return -1;
  }
  return 0;
}

static int add_command(const char *name, uint8_t flags, struct dict_object *application) {
  struct dict_cmd_data command = {272, (char *)name, CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE, flags};
  return fd_dict_new(dictionary, DICT_COMMAND, &command, application, NULL);
}

int tollgate_target_init(void) {
  struct dict_application_data credit_control = {4, (char *)"Credit-Control"};
  struct dict_object *application = NULL;
  fd_g_debug_lvl = FD_LOG_FATAL + 1;
  if (fd_libproto_init() != 0 || fd_dict_init(&dictionary) != 0) return -1;
  if (fd_dict_new(dictionary, DICT_APPLICATION, &credit_control, NULL, &application) != 0) return -1;
  if (add_avps() != 0) return -1;
  if (add_command("Credit-Control-Request", CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE, application) != 0) return -1;
  return add_command("Credit-Control-Answer", CMD_FLAG_PROXIABLE, application);
}

int tollgate_target_parse(const uint8_t *data, size_t size, int protocol) {
  if (protocol != TOLLGATE_DIAMETER) return -1;
  uint8_t *buffer = malloc(size == 0 ? 1 : size); /* the message owns it once it is parsed */
  struct msg *message = NULL;
  struct fd_pei error;
  if (buffer == NULL) return -1;
  memcpy(buffer, data, size);
  if (fd_msg_parse_buffer(&buffer, size, &message) != 0) {
    free(buffer);
    return 0;
  }
  int accepted = fd_msg_parse_dict(message, dictionary, &error) == 0 && fd_msg_parse_rules(message, dictionary, &error) == 0;
  fd_msg_free(message);
  return accepted;
}
