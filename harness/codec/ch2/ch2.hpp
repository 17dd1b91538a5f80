#pragma once
/// CH-2 over Diameter: the one place that maps the charging operations of the OMA text to credit control
/// (RFC 8506, 3GPP TS 32.299 6.3). Everybody else says reserve and debit.
///
///   reserve units  CCR INITIAL_REQUEST, or UPDATE_REQUEST with Requested-Service-Unit and no used units
///                                                                                       RFC 8506 5.2, 5.3
///   debit units    CCR TERMINATION_REQUEST or UPDATE_REQUEST with Used-Service-Unit (0 units where only delivered
///                  messages count and none was: U-OK), or EVENT_REQUEST with DIRECT_DEBITING
///                                                                                       RFC 8506 5.3, 5.4, 6.3
///   close          CCR TERMINATION_REQUEST without Used-Service-Unit                     RFC 8506 5.4
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::ch2 {

enum class Operation : std::uint8_t { reserve_units, debit_units, close, other };
[[nodiscard]] std::string_view to_string(Operation operation);

/// CC-Request-Type (RFC 8506 8.3)
enum class RequestType : std::uint32_t { initial = 1, update = 2, termination = 3, event = 4 };
/// "INITIAL", "UPDATE", "TERMINATION", "EVENT"; "" for a number without a name.
[[nodiscard]] std::string_view to_string(RequestType type);

/// Where units stand: RFC 8506 has them at command level, TS 32.299 in Multiple-Services-Credit-Control.
enum class UnitsAt : std::uint8_t { command, mscc };

/// An EventRequest. Units are CC-Service-Specific-Units (RFC 8506 8.26): messages.
struct Request {
  Operation operation = Operation::other;
  RequestType type = RequestType::event;
  std::uint32_t number = 0;  ///< CC-Request-Number
  std::string session_id = {};
  std::string subscriber = {};                  ///< Subscription-Id-Data, a SIP URI
  std::string service_context = {};             ///< Service-Context-Id
  std::optional<std::uint64_t> requested = {};  ///< Requested-Service-Unit
  std::optional<std::uint64_t> used = {};       ///< Used-Service-Unit, the sum over all of them
  UnitsAt units_at = UnitsAt::command;
  std::optional<std::uint32_t> requested_action = {};  ///< RFC 8506 8.41
  std::optional<std::uint32_t> event_timestamp = {};  ///< Event-Timestamp, seconds since 1900 as NTP counts (RFC 6733 4.3.1)
  /// IM-Information of the OMA DDS 8.5.6: Total-Number-Of-Messages-Sent, Number-Of-Messages-Successfully-Sent
  std::optional<std::uint32_t> messages_sent = {}, messages_delivered = {};
  bool blames_answer = false;  ///< of a TERMINATION: Termination-Cause is DIAMETER_BAD_ANSWER (RFC 8506 8.17)
};

/// A Response.
struct Answer {
  std::uint32_t result = 0;  ///< Result-Code
  std::string session_id = {};
  std::optional<RequestType> type = {};  ///< absent in answers with the E bit (RFC 6733 7.2)
  std::optional<std::uint32_t> number = {};
  std::optional<std::uint64_t> granted = {};         ///< Granted-Service-Unit
  bool other_units = false;  ///< a Granted-Service-Unit is there, and no number of messages in it (RFC 8506 8.17)
  std::optional<std::uint32_t> service_result = {};  ///< Result-Code inside MSCC (RFC 8506 8.16)
  UnitsAt units_at = UnitsAt::command;
};

/// Who sends a CCR, and to which realm.
struct Identity {
  std::string origin_host = {};
  std::string origin_realm = {};
  std::string destination_realm = {};
};

/// Reads a CCR (command 272, R set). Refuses one that lacks what the operation rests on: Session-Id, CC-Request-Type,
/// CC-Request-Number, and Requested-Action in an event; what else RFC 8506 3.1 demands reads as empty.
/// Units at both levels are summed. A direct debit without Used-Service-Unit uses what it requests (RFC 8506 6.3).
[[nodiscard]] Parsed<Request> read_request(diameter::Message const& ccr);
/// Reads a CCA (command 272, R clear). With the E bit only the Result-Code is demanded. Of several Result-Codes inside
/// MSCC the first that refuses is `service_result`, else the first.
[[nodiscard]] Parsed<Answer> read_answer(diameter::Message const& cca);

/// A CCR with everything RFC 8506 3.1 demands; the Hop-by-Hop and End-to-End identifiers are the caller's to set.
/// `type` and the units decide what is written, not `operation`. An event writes Requested-Service-Unit (from `used` if
/// nothing is requested) and Requested-Action, DIRECT_DEBITING unless set.
[[nodiscard]] diameter::Message write_request(Request const& request, Identity const& identity);
/// The CCA to `ccr`: identifiers, Session-Id, type and number mirrored; `answer`'s own fields win where they are set.
/// Units stand where `answer.units_at` says. A protocol error (3xxx) gets the E bit and the short grammar of RFC
/// 6733 7.2.
[[nodiscard]] diameter::Message write_answer(Answer const& answer, diameter::Message const& ccr, std::string_view origin_host,
                                             std::string_view origin_realm);

/// 2001 and 2002 let delivery begin; 4011 grants it for free (RFC 8506 5.2, Table 3). A refusing Result-Code inside
/// MSCC refuses (TS 32.260 5.3.2.3.1).
[[nodiscard]] bool grants_delivery(Answer const& answer);

}  // namespace tollgate::ch2
