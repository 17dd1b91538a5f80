// CH-2 over Diameter credit control: requests and answers between the OMA words and CCR and CCA.
//
//   CCR = Session-Id Origin-Host Origin-Realm Destination-Realm Auth-Application-Id Service-Context-Id CC-Request-Type
//         CC-Request-Number [Event-Timestamp] [Subscription-Id] [Termination-Cause] [Requested-Service-Unit]
//         [Requested-Action] *[Used-Service-Unit] [Multiple-Services-Indicator] *[MSCC] *[AVP]      RFC 8506 3.1
//   CCA = Session-Id Result-Code Origin-Host Origin-Realm Auth-Application-Id CC-Request-Type CC-Request-Number
//         [Granted-Service-Unit] *[MSCC] *[Proxy-Info] *[AVP]                                       RFC 8506 3.2
//   MSCC = [Granted-Service-Unit] [Requested-Service-Unit] *[Used-Service-Unit] *[Service-Identifier] [Rating-Group]
//          [Result-Code] *[AVP]                                                                     RFC 8506 8.16
#include "codec/ch2/ch2.hpp"

#include <limits>
#include <utility>

#include "codec/diameter/avp_reader.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/dictionary.hpp"

namespace tollgate::ch2 {

using diameter::Avp;
using diameter::AvpReader;
using diameter::make;
using diameter::make_grouped;

static constexpr std::string_view mscc_name = "Multiple-Services-Credit-Control";
static constexpr std::uint32_t direct_debiting = 0, end_user_sip_uri = 2, diameter_logout = 1, diameter_bad_answer = 3,
                               services_supported = 1;

std::string_view to_string(RequestType type) {
  switch (type) {
    case RequestType::initial: return "INITIAL";
    case RequestType::update: return "UPDATE";
    case RequestType::termination: return "TERMINATION";
    case RequestType::event: return "EVENT";
  }
  return "";
}

std::string_view to_string(Operation operation) {
  switch (operation) {
    case Operation::reserve_units: return "reserve_units";
    case Operation::debit_units: return "debit_units";
    case Operation::close: return "close";
    case Operation::other: return "other";
  }
  return "other";
}

/// Adds the CC-Service-Specific-Units of each AVP of that name at this level. Other kinds of units add nothing.
static void add_units(AvpReader& reader, std::string_view name, std::optional<std::uint64_t>& sum) {
  reader.each(name, [&](AvpReader& unit) {
    auto const messages = unit.unsigned64("CC-Service-Specific-Units");
    if (!messages) return;
    if (*messages > std::numeric_limits<std::uint64_t>::max() - sum.value_or(0)) {
      return unit.refuse("CC-Service-Specific-Units", "RFC 8506 8.26", "the sum overflows");
    }
    sum = sum.value_or(0) + *messages;
  });
}

static RequestType read_type(AvpReader& reader) {
  auto const type = reader.required_unsigned32("CC-Request-Type", "RFC 8506 8.3");
  if (type >= 1 && type <= 4) return static_cast<RequestType>(type);
  reader.refuse("CC-Request-Type", "RFC 8506 8.3", "is not 1 to 4");
  return RequestType::event;
}

/// The SIP URI, or else the first identity of another type.
static std::string read_subscriber(AvpReader& reader) {
  std::string sip_uri, first;
  reader.each("Subscription-Id", [&](AvpReader& id) {
    auto const data = id.text("Subscription-Id-Data");
    if (id.unsigned32("Subscription-Id-Type") == end_user_sip_uri && sip_uri.empty()) sip_uri = data;
    if (first.empty()) first = data;
  });
  reader.each("Subscription-Id-Extension", [&](AvpReader& id) {
    if (sip_uri.empty()) sip_uri = id.text("Subscription-Id-SIP-URI");
  });
  return sip_uri.empty() ? first : sip_uri;
}

/// Whether a Requested-Service-Unit stands at either level, be it an empty one that leaves the amount to the server.
static bool read_units(AvpReader& reader, Request& request) {
  bool requests = reader.has("Requested-Service-Unit");
  bool const at_command = requests || reader.has("Used-Service-Unit");
  if (!at_command && reader.has(mscc_name)) request.units_at = UnitsAt::mscc;
  add_units(reader, "Requested-Service-Unit", request.requested);
  add_units(reader, "Used-Service-Unit", request.used);
  reader.each(mscc_name, [&](AvpReader& service) {
    requests |= service.has("Requested-Service-Unit");
    add_units(service, "Requested-Service-Unit", request.requested);
    add_units(service, "Used-Service-Unit", request.used);
  });
  return requests;
}

static void read_im_information(AvpReader& reader, Request& request) {
  reader.each("Service-Information", [&](AvpReader& service) {
    service.each("IM-Information", [&](AvpReader& im) {
      request.messages_sent = im.unsigned32("Total-Number-Of-Messages-Sent");
      request.messages_delivered = im.unsigned32("Number-Of-Messages-Successfully-Sent");
    });
  });
}

static Operation operation_of(Request const& request, bool requests) {
  bool const has_used = request.used.has_value();
  switch (request.type) {
    case RequestType::initial: return Operation::reserve_units;
    case RequestType::update:
      if (request.used.value_or(0) > 0) return Operation::debit_units;
      if (requests) return Operation::reserve_units;
      return has_used ? Operation::debit_units : Operation::other;
    case RequestType::termination: return has_used ? Operation::debit_units : Operation::close;
    case RequestType::event: return request.requested_action == direct_debiting ? Operation::debit_units : Operation::other;
  }
  return Operation::other;
}

static bool is_credit_control(diameter::Message const& message, bool request) {
  return message.header.command == diameter::command_credit_control && message.header.is_request() == request;
}

Parsed<Request> read_request(diameter::Message const& ccr) {
  if (!is_credit_control(ccr, true)) return invalid(4, "CCR", "RFC 8506 3.1", "another command");
  std::optional<ParseError> error;
  AvpReader reader(ccr, error);
  Request request;
  request.session_id = reader.required_text("Session-Id", "RFC 8506 3.1");
  request.service_context = reader.text("Service-Context-Id");
  request.type = read_type(reader);
  request.number = reader.required_unsigned32("CC-Request-Number", "RFC 8506 8.2");
  request.event_timestamp = reader.unsigned32("Event-Timestamp");
  request.subscriber = read_subscriber(reader);
  request.requested_action = reader.unsigned32("Requested-Action");
  if (request.type == RequestType::event && !reader.has("Requested-Action")) {
    reader.refuse("Requested-Action", "RFC 8506 8.41", "is missing in an event");
  }
  bool const requests = read_units(reader, request);
  read_im_information(reader, request);
  if (error) return std::unexpected(*error);

  request.operation = operation_of(request, requests);
  bool const is_event_debit = request.type == RequestType::event && request.operation == Operation::debit_units;
  if (is_event_debit && !request.used) request.used = request.requested;
  return request;
}

static bool lets_delivery_begin(std::uint32_t result) {
  return result == 2001 || result == 2002 || result == 4011;
}

static void read_granted(AvpReader& reader, Answer& answer) {
  if (!reader.has("Granted-Service-Unit") && reader.has(mscc_name)) answer.units_at = UnitsAt::mscc;
  add_units(reader, "Granted-Service-Unit", answer.granted);
  bool grants = reader.has("Granted-Service-Unit");
  reader.each(mscc_name, [&](AvpReader& service) {
    grants |= service.has("Granted-Service-Unit");
    add_units(service, "Granted-Service-Unit", answer.granted);
    auto const result = service.unsigned32("Result-Code");
    bool const so_far_good = lets_delivery_begin(answer.service_result.value_or(2001));
    bool const refuses = result && !lets_delivery_begin(*result);
    if (!answer.service_result || (so_far_good && refuses)) answer.service_result = result;
  });
  answer.other_units = grants && !answer.granted;
}

Parsed<Answer> read_answer(diameter::Message const& cca) {
  if (!is_credit_control(cca, false)) return invalid(4, "CCA", "RFC 8506 3.2", "another command");
  bool const is_protocol_error = (cca.header.flags & diameter::flag_error) != 0;
  std::optional<ParseError> error;
  AvpReader reader(cca, error);
  Answer answer;
  answer.result = reader.required_unsigned32("Result-Code", "RFC 6733 7.1");
  if (is_protocol_error) {
    answer.session_id = reader.text("Session-Id");
  } else {
    answer.session_id = reader.required_text("Session-Id", "RFC 8506 3.2");
  }
  if (!is_protocol_error || reader.has("CC-Request-Type")) answer.type = read_type(reader);
  if (!is_protocol_error || reader.has("CC-Request-Number")) {
    answer.number = reader.required_unsigned32("CC-Request-Number", "RFC 8506 8.2");
  }
  read_granted(reader, answer);
  if (error) return std::unexpected(*error);
  return answer;
}

static Avp units(std::string_view name, std::uint64_t messages) {
  return make_grouped(name, {diameter::make_unsigned64("CC-Service-Specific-Units", messages)});
}

static void append_units(std::vector<Avp>& avps, Request const& request) {
  bool const is_event = request.type == RequestType::event;
  auto const requested = is_event && !request.requested ? request.used : request.requested;
  auto const used = is_event ? std::nullopt : request.used;
  bool const in_mscc = request.units_at == UnitsAt::mscc;

  std::vector<Avp> service;
  if (requested) (in_mscc ? service : avps).push_back(units("Requested-Service-Unit", *requested));
  if (is_event) avps.push_back(make("Requested-Action", request.requested_action.value_or(direct_debiting)));
  if (used) (in_mscc ? service : avps).push_back(units("Used-Service-Unit", *used));
  if (in_mscc && request.type == RequestType::initial) {
    avps.push_back(make("Multiple-Services-Indicator", services_supported));
  }
  if (!service.empty()) avps.push_back(make_grouped(mscc_name, service));
}

static void append_im_information(std::vector<Avp>& avps, Request const& request) {
  std::vector<Avp> im;
  if (request.messages_sent) im.push_back(make("Total-Number-Of-Messages-Sent", *request.messages_sent));
  if (request.messages_delivered) {
    im.push_back(make("Number-Of-Messages-Successfully-Sent", *request.messages_delivered));
  }
  if (!im.empty()) avps.push_back(make_grouped("Service-Information", {make_grouped("IM-Information", im)}));
}

diameter::Message write_request(Request const& request, Identity const& identity) {
  diameter::Message ccr;
  ccr.header.flags = diameter::flag_request | diameter::flag_proxiable;
  ccr.header.command = diameter::command_credit_control;
  ccr.header.application = diameter::application_credit_control;
  auto& avps = ccr.avps;
  avps = {make("Session-Id", request.session_id),
          make("Origin-Host", identity.origin_host),
          make("Origin-Realm", identity.origin_realm),
          make("Destination-Realm", identity.destination_realm),
          make("Auth-Application-Id", diameter::application_credit_control),
          make("Service-Context-Id", request.service_context),
          make("CC-Request-Type", std::to_underlying(request.type)),
          make("CC-Request-Number", request.number)};
  if (request.event_timestamp) avps.push_back(make("Event-Timestamp", *request.event_timestamp));
  if (!request.subscriber.empty()) {
    avps.push_back(make_grouped("Subscription-Id",
                                {make("Subscription-Id-Type", end_user_sip_uri), make("Subscription-Id-Data", request.subscriber)}));
  }
  if (request.type == RequestType::termination)
    avps.push_back(make("Termination-Cause", request.blames_answer ? diameter_bad_answer : diameter_logout));
  append_units(avps, request);
  append_im_information(avps, request);
  return ccr;
}

/// The MSCC of an answer names the service of the request's first MSCC (RFC 8506 8.16).
static Avp service_of_answer(Answer const& answer, diameter::Message const& ccr) {
  std::vector<Avp> members;
  if (answer.granted && answer.units_at == UnitsAt::mscc) members.push_back(units("Granted-Service-Unit", *answer.granted));
  if (auto const* const asked = find(ccr.avps, mscc_name)) {
    auto const asked_members = diameter::parse_avps(asked->data).value_or(std::vector<Avp>{});
    for (auto const name : {"Service-Identifier", "Rating-Group"}) {
      if (auto const* const avp = find(asked_members, name)) members.push_back(*avp);
    }
  }
  if (answer.service_result) members.push_back(make("Result-Code", *answer.service_result));
  return make_grouped(mscc_name, members);
}

/// `own` if it is set, else what the request says if `mirror`.
static void append_mirrored(std::vector<Avp>& avps, std::string_view name, std::optional<std::uint32_t> own, diameter::Message const& ccr,
                            bool mirror) {
  auto const* const asked = find(ccr.avps, name);
  if (!own && mirror && asked != nullptr) {
    if (auto const value = diameter::unsigned32(*asked)) own = *value;
  }
  if (own) avps.push_back(make(name, *own));
}

diameter::Message write_answer(Answer const& answer, diameter::Message const& ccr, std::string_view origin_host,
                               std::string_view origin_realm) {
  bool const is_protocol_error = answer.result >= 3000 && answer.result < 4000;
  diameter::Message cca;
  cca.header = diameter::answer_header(ccr, is_protocol_error);
  auto& avps = cca.avps;
  auto const* const session_id = find(ccr.avps, "Session-Id");
  if (!answer.session_id.empty()) {
    avps.push_back(make("Session-Id", answer.session_id));
  } else if (session_id != nullptr) {
    avps.push_back(make("Session-Id", session_id->data));
  }
  if (!is_protocol_error) avps.push_back(make("Result-Code", answer.result));
  avps.push_back(make("Origin-Host", Octets(origin_host)));
  avps.push_back(make("Origin-Realm", Octets(origin_realm)));
  if (is_protocol_error) avps.push_back(make("Result-Code", answer.result));
  if (!is_protocol_error) avps.push_back(make("Auth-Application-Id", diameter::application_credit_control));

  auto const type = answer.type ? std::optional(std::to_underlying(*answer.type)) : std::nullopt;
  append_mirrored(avps, "CC-Request-Type", type, ccr, !is_protocol_error);
  append_mirrored(avps, "CC-Request-Number", answer.number, ccr, !is_protocol_error);

  bool const in_mscc = answer.units_at == UnitsAt::mscc;
  if (!in_mscc && answer.granted) avps.push_back(units("Granted-Service-Unit", *answer.granted));
  if (answer.service_result || (in_mscc && answer.granted)) avps.push_back(service_of_answer(answer, ccr));
  append_proxy_infos(avps, ccr);
  return cca;
}

bool grants_delivery(Answer const& answer) {
  if (answer.result == 4011) return true;
  return lets_delivery_begin(answer.result) && lets_delivery_begin(answer.service_result.value_or(2001));
}

}  // namespace tollgate::ch2
