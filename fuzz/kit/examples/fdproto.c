/* libfdproto of freeDiameter (libfreediameter-dev): the message, then its AVPs by the dictionary and the rules. The
 * dictionary gets the AVPs and commands of RFC 6733, RFC 8506 and TS 32.299; no rules, so that only form is judged. */
#include <freeDiameter/freeDiameter-host.h>
#include <freeDiameter/libfdproto.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/kit/tollgate_fuzz.h"

static struct dictionary* dictionary = NULL;

static const struct {
  uint32_t vendor, code;
  char const* name;
  enum dict_avp_basetype type;
} avps[] = {
    {0, 1, "User-Name", AVP_TYPE_OCTETSTRING},
    {0, 11, "Filter-Id", AVP_TYPE_OCTETSTRING},
    {0, 25, "Class", AVP_TYPE_OCTETSTRING},
    {0, 27, "Session-Timeout", AVP_TYPE_UNSIGNED32},
    {0, 33, "Proxy-State", AVP_TYPE_OCTETSTRING},
    {0, 44, "Acct-Session-Id", AVP_TYPE_OCTETSTRING},
    {0, 50, "Acct-Multi-Session-Id", AVP_TYPE_OCTETSTRING},
    {0, 55, "Event-Timestamp", AVP_TYPE_OCTETSTRING},
    {0, 85, "Acct-Interim-Interval", AVP_TYPE_UNSIGNED32},
    {0, 257, "Host-IP-Address", AVP_TYPE_OCTETSTRING},
    {0, 258, "Auth-Application-Id", AVP_TYPE_UNSIGNED32},
    {0, 259, "Acct-Application-Id", AVP_TYPE_UNSIGNED32},
    {0, 260, "Vendor-Specific-Application-Id", AVP_TYPE_GROUPED},
    {0, 261, "Redirect-Host-Usage", AVP_TYPE_INTEGER32},
    {0, 262, "Redirect-Max-Cache-Time", AVP_TYPE_UNSIGNED32},
    {0, 263, "Session-Id", AVP_TYPE_OCTETSTRING},
    {0, 264, "Origin-Host", AVP_TYPE_OCTETSTRING},
    {0, 265, "Supported-Vendor-Id", AVP_TYPE_UNSIGNED32},
    {0, 266, "Vendor-Id", AVP_TYPE_UNSIGNED32},
    {0, 267, "Firmware-Revision", AVP_TYPE_UNSIGNED32},
    {0, 268, "Result-Code", AVP_TYPE_UNSIGNED32},
    {0, 269, "Product-Name", AVP_TYPE_OCTETSTRING},
    {0, 270, "Session-Binding", AVP_TYPE_UNSIGNED32},
    {0, 271, "Session-Server-Failover", AVP_TYPE_INTEGER32},
    {0, 272, "Multi-Round-Time-Out", AVP_TYPE_UNSIGNED32},
    {0, 273, "Disconnect-Cause", AVP_TYPE_INTEGER32},
    {0, 274, "Auth-Request-Type", AVP_TYPE_INTEGER32},
    {0, 276, "Auth-Grace-Period", AVP_TYPE_UNSIGNED32},
    {0, 277, "Auth-Session-State", AVP_TYPE_INTEGER32},
    {0, 278, "Origin-State-Id", AVP_TYPE_UNSIGNED32},
    {0, 279, "Failed-AVP", AVP_TYPE_GROUPED},
    {0, 280, "Proxy-Host", AVP_TYPE_OCTETSTRING},
    {0, 281, "Error-Message", AVP_TYPE_OCTETSTRING},
    {0, 282, "Route-Record", AVP_TYPE_OCTETSTRING},
    {0, 283, "Destination-Realm", AVP_TYPE_OCTETSTRING},
    {0, 284, "Proxy-Info", AVP_TYPE_GROUPED},
    {0, 285, "Re-Auth-Request-Type", AVP_TYPE_INTEGER32},
    {0, 287, "Accounting-Sub-Session-Id", AVP_TYPE_UNSIGNED64},
    {0, 291, "Authorization-Lifetime", AVP_TYPE_UNSIGNED32},
    {0, 292, "Redirect-Host", AVP_TYPE_OCTETSTRING},
    {0, 293, "Destination-Host", AVP_TYPE_OCTETSTRING},
    {0, 294, "Error-Reporting-Host", AVP_TYPE_OCTETSTRING},
    {0, 295, "Termination-Cause", AVP_TYPE_INTEGER32},
    {0, 296, "Origin-Realm", AVP_TYPE_OCTETSTRING},
    {0, 297, "Experimental-Result", AVP_TYPE_GROUPED},
    {0, 298, "Experimental-Result-Code", AVP_TYPE_UNSIGNED32},
    {0, 299, "Inband-Security-Id", AVP_TYPE_UNSIGNED32},
    {0, 411, "CC-Correlation-Id", AVP_TYPE_OCTETSTRING},
    {0, 412, "CC-Input-Octets", AVP_TYPE_UNSIGNED64},
    {0, 413, "CC-Money", AVP_TYPE_GROUPED},
    {0, 414, "CC-Output-Octets", AVP_TYPE_UNSIGNED64},
    {0, 415, "CC-Request-Number", AVP_TYPE_UNSIGNED32},
    {0, 416, "CC-Request-Type", AVP_TYPE_INTEGER32},
    {0, 417, "CC-Service-Specific-Units", AVP_TYPE_UNSIGNED64},
    {0, 418, "CC-Session-Failover", AVP_TYPE_INTEGER32},
    {0, 419, "CC-Sub-Session-Id", AVP_TYPE_UNSIGNED64},
    {0, 420, "CC-Time", AVP_TYPE_UNSIGNED32},
    {0, 421, "CC-Total-Octets", AVP_TYPE_UNSIGNED64},
    {0, 422, "Check-Balance-Result", AVP_TYPE_INTEGER32},
    {0, 423, "Cost-Information", AVP_TYPE_GROUPED},
    {0, 424, "Cost-Unit", AVP_TYPE_OCTETSTRING},
    {0, 425, "Currency-Code", AVP_TYPE_UNSIGNED32},
    {0, 426, "Credit-Control", AVP_TYPE_INTEGER32},
    {0, 427, "Credit-Control-Failure-Handling", AVP_TYPE_INTEGER32},
    {0, 428, "Direct-Debiting-Failure-Handling", AVP_TYPE_INTEGER32},
    {0, 429, "Exponent", AVP_TYPE_INTEGER32},
    {0, 430, "Final-Unit-Indication", AVP_TYPE_GROUPED},
    {0, 431, "Granted-Service-Unit", AVP_TYPE_GROUPED},
    {0, 432, "Rating-Group", AVP_TYPE_UNSIGNED32},
    {0, 433, "Redirect-Address-Type", AVP_TYPE_INTEGER32},
    {0, 434, "Redirect-Server", AVP_TYPE_GROUPED},
    {0, 435, "Redirect-Server-Address", AVP_TYPE_OCTETSTRING},
    {0, 436, "Requested-Action", AVP_TYPE_INTEGER32},
    {0, 437, "Requested-Service-Unit", AVP_TYPE_GROUPED},
    {0, 438, "Restriction-Filter-Rule", AVP_TYPE_OCTETSTRING},
    {0, 439, "Service-Identifier", AVP_TYPE_UNSIGNED32},
    {0, 440, "Service-Parameter-Info", AVP_TYPE_GROUPED},
    {0, 441, "Service-Parameter-Type", AVP_TYPE_UNSIGNED32},
    {0, 442, "Service-Parameter-Value", AVP_TYPE_OCTETSTRING},
    {0, 443, "Subscription-Id", AVP_TYPE_GROUPED},
    {0, 444, "Subscription-Id-Data", AVP_TYPE_OCTETSTRING},
    {0, 445, "Unit-Value", AVP_TYPE_GROUPED},
    {0, 446, "Used-Service-Unit", AVP_TYPE_GROUPED},
    {0, 447, "Value-Digits", AVP_TYPE_INTEGER64},
    {0, 448, "Validity-Time", AVP_TYPE_UNSIGNED32},
    {0, 449, "Final-Unit-Action", AVP_TYPE_INTEGER32},
    {0, 450, "Subscription-Id-Type", AVP_TYPE_INTEGER32},
    {0, 451, "Tariff-Time-Change", AVP_TYPE_OCTETSTRING},
    {0, 452, "Tariff-Change-Usage", AVP_TYPE_INTEGER32},
    {0, 453, "G-S-U-Pool-Identifier", AVP_TYPE_UNSIGNED32},
    {0, 454, "CC-Unit-Type", AVP_TYPE_INTEGER32},
    {0, 455, "Multiple-Services-Indicator", AVP_TYPE_INTEGER32},
    {0, 456, "Multiple-Services-Credit-Control", AVP_TYPE_GROUPED},
    {0, 457, "G-S-U-Pool-Reference", AVP_TYPE_GROUPED},
    {0, 458, "User-Equipment-Info", AVP_TYPE_GROUPED},
    {0, 459, "User-Equipment-Info-Type", AVP_TYPE_INTEGER32},
    {0, 460, "User-Equipment-Info-Value", AVP_TYPE_OCTETSTRING},
    {0, 461, "Service-Context-Id", AVP_TYPE_OCTETSTRING},
    {0, 480, "Accounting-Record-Type", AVP_TYPE_INTEGER32},
    {0, 483, "Accounting-Realtime-Required", AVP_TYPE_INTEGER32},
    {0, 485, "Accounting-Record-Number", AVP_TYPE_UNSIGNED32},
    {0, 653, "User-Equipment-Info-Extension", AVP_TYPE_GROUPED},
    {0, 654, "User-Equipment-Info-IMEISV", AVP_TYPE_OCTETSTRING},
    {0, 655, "User-Equipment-Info-MAC", AVP_TYPE_OCTETSTRING},
    {0, 656, "User-Equipment-Info-EUI64", AVP_TYPE_OCTETSTRING},
    {0, 657, "User-Equipment-Info-ModifiedEUI64", AVP_TYPE_OCTETSTRING},
    {0, 658, "User-Equipment-Info-IMEI", AVP_TYPE_OCTETSTRING},
    {0, 659, "Subscription-Id-Extension", AVP_TYPE_GROUPED},
    {0, 660, "Subscription-Id-E164", AVP_TYPE_OCTETSTRING},
    {0, 661, "Subscription-Id-IMSI", AVP_TYPE_OCTETSTRING},
    {0, 662, "Subscription-Id-SIP-URI", AVP_TYPE_OCTETSTRING},
    {0, 663, "Subscription-Id-NAI", AVP_TYPE_OCTETSTRING},
    {0, 664, "Subscription-Id-Private", AVP_TYPE_OCTETSTRING},
    {0, 665, "Redirect-Server-Extension", AVP_TYPE_GROUPED},
    {0, 666, "Redirect-Address-IPAddress", AVP_TYPE_OCTETSTRING},
    {0, 667, "Redirect-Address-URL", AVP_TYPE_OCTETSTRING},
    {0, 668, "Redirect-Address-SIP-URI", AVP_TYPE_OCTETSTRING},
    {0, 669, "QoS-Final-Unit-Indication", AVP_TYPE_GROUPED},
    {10415, 823, "Event-Type", AVP_TYPE_GROUPED},
    {10415, 824, "SIP-Method", AVP_TYPE_OCTETSTRING},
    {10415, 825, "Event", AVP_TYPE_OCTETSTRING},
    {10415, 826, "Content-Type", AVP_TYPE_OCTETSTRING},
    {10415, 827, "Content-Length", AVP_TYPE_UNSIGNED32},
    {10415, 828, "Content-Disposition", AVP_TYPE_OCTETSTRING},
    {10415, 829, "Role-Of-Node", AVP_TYPE_INTEGER32},
    {10415, 830, "User-Session-Id", AVP_TYPE_OCTETSTRING},
    {10415, 831, "Calling-Party-Address", AVP_TYPE_OCTETSTRING},
    {10415, 832, "Called-Party-Address", AVP_TYPE_OCTETSTRING},
    {10415, 833, "Time-Stamps", AVP_TYPE_GROUPED},
    {10415, 834, "SIP-Request-Timestamp", AVP_TYPE_OCTETSTRING},
    {10415, 835, "SIP-Response-Timestamp", AVP_TYPE_OCTETSTRING},
    {10415, 841, "IMS-Charging-Identifier", AVP_TYPE_OCTETSTRING},
    {10415, 861, "Cause-Code", AVP_TYPE_INTEGER32},
    {10415, 862, "Node-Functionality", AVP_TYPE_INTEGER32},
    {10415, 864, "Originator", AVP_TYPE_INTEGER32},
    {10415, 872, "Reporting-Reason", AVP_TYPE_INTEGER32},
    {10415, 873, "Service-Information", AVP_TYPE_GROUPED},
    {10415, 876, "IMS-Information", AVP_TYPE_GROUPED},
    {10415, 886, "Originator-Address", AVP_TYPE_GROUPED},
    {10415, 888, "Expires", AVP_TYPE_UNSIGNED32},
    {10415, 889, "Message-Body", AVP_TYPE_GROUPED},
    {10415, 897, "Address-Data", AVP_TYPE_OCTETSTRING},
    {10415, 899, "Address-Type", AVP_TYPE_INTEGER32},
    {10415, 1201, "Recipient-Address", AVP_TYPE_GROUPED},
    {10415, 1256, "Service-Generic-Information", AVP_TYPE_GROUPED},
    {10415, 1258, "Event-Charging-TimeStamp", AVP_TYPE_OCTETSTRING},
    {10415, 2020, "Low-Balance-Indication", AVP_TYPE_INTEGER32},
    {10415, 2021, "Remaining-Balance", AVP_TYPE_GROUPED},
    {10415, 2055, "AoC-Request-Type", AVP_TYPE_INTEGER32},
    {10415, 2101, "Application-Server-Id", AVP_TYPE_OCTETSTRING},
    {10415, 2102, "Application-Service-Type", AVP_TYPE_INTEGER32},
    {10415, 2103, "Application-Session-Id", AVP_TYPE_UNSIGNED32},
    {10415, 2104, "Delivery-Status", AVP_TYPE_OCTETSTRING},
    {10415, 2110, "IM-Information", AVP_TYPE_GROUPED},
    {10415, 2111, "Number-Of-Messages-Successfully-Exploded", AVP_TYPE_UNSIGNED32},
    {10415, 2112, "Number-Of-Messages-Successfully-Sent", AVP_TYPE_UNSIGNED32},
    {10415, 2113, "Total-Number-Of-Messages-Exploded", AVP_TYPE_UNSIGNED32},
    {10415, 2114, "Total-Number-Of-Messages-Sent", AVP_TYPE_UNSIGNED32},
    {10415, 2115, "DCD-Information", AVP_TYPE_GROUPED},
    {10415, 2116, "Content-ID", AVP_TYPE_OCTETSTRING},
    {10415, 2117, "Content-provider-ID", AVP_TYPE_OCTETSTRING},
};

static const struct {
  uint32_t code;
  char const* name;
  uint32_t application;
  uint8_t flags;
} commands[] = {
    {257, "Capabilities-Exchange-Request", 0, CMD_FLAG_REQUEST},
    {257, "Capabilities-Exchange-Answer", 0, 0},
    {258, "Re-Auth-Request", 0, CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE},
    {258, "Re-Auth-Answer", 0, CMD_FLAG_PROXIABLE},
    {274, "Abort-Session-Request", 0, CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE},
    {274, "Abort-Session-Answer", 0, CMD_FLAG_PROXIABLE},
    {271, "Accounting-Request", 0, CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE},
    {271, "Accounting-Answer", 0, CMD_FLAG_PROXIABLE},
    {275, "Session-Termination-Request", 0, CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE},
    {275, "Session-Termination-Answer", 0, CMD_FLAG_PROXIABLE},
    {280, "Device-Watchdog-Request", 0, CMD_FLAG_REQUEST},
    {280, "Device-Watchdog-Answer", 0, 0},
    {282, "Disconnect-Peer-Request", 0, CMD_FLAG_REQUEST},
    {282, "Disconnect-Peer-Answer", 0, 0},
    {272, "Credit-Control-Request", 4, CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE},
    {272, "Credit-Control-Answer", 4, CMD_FLAG_PROXIABLE},
};

static int add(enum dict_object_type type, void* data, struct dict_object* parent, struct dict_object** object) {
  return fd_dict_new(dictionary, type, data, parent, object);
}

static int add_avps(void) {
  for (size_t i = 0; i < sizeof avps / sizeof avps[0]; ++i) {
    uint8_t flags = avps[i].vendor != 0 ? AVP_FLAG_VENDOR : 0;
    struct dict_avp_data avp = {avps[i].code,    avps[i].vendor, (char*)avps[i].name,
                                AVP_FLAG_VENDOR, flags,          avps[i].type};
    if (add(DICT_AVP, &avp, NULL, NULL) != 0) return -1;
  }
  return 0;
}

static int add_commands(struct dict_object* credit_control) {
  for (size_t i = 0; i < sizeof commands / sizeof commands[0]; ++i) {
    struct dict_cmd_data command = {commands[i].code, (char*)commands[i].name, CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE,
                                    commands[i].flags};
    if (add(DICT_COMMAND, &command, commands[i].application == 4 ? credit_control : NULL, NULL) != 0) return -1;
  }
  return 0;
}

int tollgate_target_init(void) {
  struct dict_vendor_data vendor = {10415, (char*)"3GPP"};
  struct dict_application_data application = {4, (char*)"Credit-Control"};
  struct dict_object* credit_control = NULL;
  fd_g_debug_lvl = FD_LOG_FATAL + 1;
  if (fd_libproto_init() != 0 || fd_dict_init(&dictionary) != 0) return -1;
  if (add(DICT_VENDOR, &vendor, NULL, NULL) != 0) return -1;
  if (add(DICT_APPLICATION, &application, NULL, &credit_control) != 0) return -1;
  return add_avps() == 0 && add_commands(credit_control) == 0 ? 0 : -1;
}

int tollgate_target_parse(uint8_t const* data, size_t size, int protocol) {
  if (protocol != TOLLGATE_DIAMETER) return -1;
  uint8_t* buffer = malloc(size == 0 ? 1 : size); /* the message owns it once it is parsed */
  struct msg* message = NULL;
  struct fd_pei error = {0};
  if (buffer == NULL) return -1;
  memcpy(buffer, data, size);
  if (fd_msg_parse_buffer(&buffer, size, &message) != 0) {
    free(buffer);
    return 0;
  }
  int accepted =
      fd_msg_parse_dict(message, dictionary, &error) == 0 && fd_msg_parse_rules(message, dictionary, &error) == 0;
  fd_msg_free(message);
  return accepted;
}
