#pragma once
/// What a message says, in the words that cases, rules, ladders and reports use.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tollgate::trace {

enum class Channel : std::uint8_t;

/// Fields that do not apply to a message are empty.
struct Meaning {
  std::string name;  ///< "INVITE", "SEND", "reserve_units", "CER"; of a response: what it answers
  int status = 0;    ///< SIP or MSRP status, Diameter Result-Code; 0 for a request

  std::string call_id;           ///< SIP
  std::uint32_t cseq = 0;        ///< SIP
  std::string from_tag, to_tag;  ///< SIP
  std::string branch;            ///< SIP, of the topmost Via

  std::string transaction_id;  ///< MSRP
  std::string message_id;      ///< MSRP
  char flag = 0;               ///< MSRP continuation flag: '$', '+', '#'
  bool has_body = false;       ///< MSRP
  int report_status = 0;       ///< MSRP: Status of a REPORT (RFC 4975 7.1.2)

  std::uint32_t hop_by_hop = 0;                ///< Diameter
  std::uint32_t end_to_end = 0;                ///< Diameter
  bool is_resent = false;                      ///< Diameter request with the T flag (RFC 6733 3)
  std::string session_id;                      ///< CH-2
  std::string subscriber;                      ///< CH-2 request: Subscription-Id-Data
  std::uint32_t number = 0;                    ///< CH-2 CC-Request-Number
  bool ends_session = false;                   ///< CH-2: a TERMINATION_REQUEST
  bool opens_session = false;                  ///< CH-2: an INITIAL_REQUEST
  bool is_event = false;                       ///< CH-2: an EVENT_REQUEST
  std::optional<std::uint64_t> requested;      ///< CH-2 units
  std::optional<std::uint64_t> used;           ///< CH-2 units
  std::optional<std::uint64_t> granted;        ///< CH-2 units
  bool grants_delivery = false;                ///< CH-2 answer: 2001, 2002, 4011 and no denial inside
  std::optional<std::uint32_t> failure_handling;  ///< CH-2 answer: Credit-Control-Failure-Handling (RFC 8506 8.14)

  /// "INVITE", "200 INVITE", "2001 reserve_units"; "" when nothing could be read.
  [[nodiscard]] std::string label() const;
  [[nodiscard]] bool is_request() const { return status == 0 && !name.empty(); }
};

/// Reads a whole message of that channel. What cannot be read stays empty. A response's `name` is known for SIP (CSeq);
/// for MSRP and Diameter answers the recorder fills it from the request they answer.
[[nodiscard]] Meaning read_meaning(Channel channel, std::string_view octets);

}  // namespace tollgate::trace
