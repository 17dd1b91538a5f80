#include "codec/ch2/elements.hpp"

#include <algorithm>
#include <array>

namespace tollgate::ch2 {

namespace {

using enum Content;

// The words of what the dictionary enumerates.
constexpr std::array<Word, 4> interrogations{{{"first", 1}, {"intermediate", 2}, {"final", 3}, {"one-time", 4}}};  // RFC 8506 8.3
constexpr std::array<Word, 2> actions{{{"direct-debiting", 0}, {"refund-account", 1}}};  // RFC 8506 8.41: what OperationType has a word for
constexpr std::array<Word, 5> subscribers{{{"e164", 0}, {"imsi", 1}, {"sip-uri", 2}, {"nai", 3}, {"private", 4}}};  // RFC 8506 8.47
constexpr std::array<Word, 8> causes{{{"logout", 1},
                                      {"service-not-provided", 2},
                                      {"bad-answer", 3},
                                      {"administrative", 4},
                                      {"link-broken", 5},
                                      {"auth-expired", 6},
                                      {"user-moved", 7},
                                      {"session-timeout", 8}}};  // RFC 6733 8.15
constexpr std::array<Word, 2> indicators{{{"not-supported", 0}, {"supported", 1}}};  // RFC 8506 8.40
constexpr std::array<Word, 3> failures{{{"terminate", 0}, {"continue", 1}, {"retry-and-terminate", 2}}};  // RFC 8506 8.14
constexpr std::array<Word, 2> debit_failures{{{"terminate-or-buffer", 0}, {"continue", 1}}};  // RFC 8506 8.15
constexpr std::array<Word, 2> final_actions{{{"terminate", 0}, {"restrict-access", 2}}};  // RFC 8506 8.35

constexpr std::array<Element, 5> units{{{"ServiceSpecificUnits", "CC-Service-Specific-Units", long_number},
                                        {"Time", "CC-Time", number},
                                        {"TotalOctets", "CC-Total-Octets", long_number},
                                        {"InputOctets", "CC-Input-Octets", long_number},
                                        {"OutputOctets", "CC-Output-Octets", long_number}}};
constexpr std::array<Element, 2> subscriber{
    {{"Type", "Subscription-Id-Type", word, 1, 1, subscribers}, {"Identity", "Subscription-Id-Data", text, 1}}};
constexpr std::array<Element, 4> im{{{"TotalNumberOfMessagesSent", "Total-Number-Of-Messages-Sent", number},
                                     {"TotalNumberOfMessagesExploded", "Total-Number-Of-Messages-Exploded", number},
                                     {"NumberOfMessagesSuccessfullySent", "Number-Of-Messages-Successfully-Sent", number},
                                     {"NumberOfMessagesSuccessfullyExploded", "Number-Of-Messages-Successfully-Exploded", number}}};
constexpr std::array<Element, 1> service_information{{{"IMInformation", "IM-Information", group, 0, 1, {}, im}}};
constexpr std::array<Element, 1> final_unit{{{"Action", "Final-Unit-Action", word, 1, 1, final_actions}}};

constexpr std::array<Element, 8> operation_of_service{{{"GrantedUnits", "Granted-Service-Unit", group, 0, 1, {}, units},
                                                       {"RequestedUnits", "Requested-Service-Unit", group, 0, 1, {}, units},
                                                       {"UsedUnits", "Used-Service-Unit", group, 0, any_number, {}, units},
                                                       {"ServiceIdentifier", "Service-Identifier", number, 0, any_number},
                                                       {"RatingGroup", "Rating-Group", number},
                                                       {"ValidityTime", "Validity-Time", number},
                                                       {"Result", "Result-Code", number},
                                                       {"FinalUnitIndication", "Final-Unit-Indication", group, 0, 1, {}, final_unit}}};

constexpr Element session{"SessionIdentifier", "Session-Id", text, 1};
constexpr Element host{"OriginatorHost", "Origin-Host", text, 1};
constexpr Element domain{"OriginatorDomain", "Origin-Realm", text, 1};
constexpr Element token{"OperationToken", "Service-Context-Id", text, 1};
constexpr Element services{"MultipleUnitOperation", "Multiple-Services-Credit-Control", group, 0, any_number, {}, operation_of_service};
constexpr std::array<Element, 2> failed{{{session.name, session.avp, text}, {token.name, token.avp, text}}};

constexpr std::array<Element, 19> of_request{{
    session,
    host,
    domain,
    {"DestinationDomain", "Destination-Realm", text, 1},
    {"DestinationHost", "Destination-Host", text},
    {"OperationIdentifier", "CC-Correlation-Id", text},
    token,
    {operation_type, "", text, 1},
    {"Interrogation", "CC-Request-Type", word, 1, 1, interrogations},
    {"OperationNumber", "CC-Request-Number", number, 1},
    {"Timestamp", "Event-Timestamp", time},
    {"SubscriberIdentifier", "Subscription-Id", group, 1, any_number, {}, subscriber},
    {"TerminationCause", "Termination-Cause", word, 0, 1, causes},
    {"RequestedUnits", "Requested-Service-Unit", group, 0, 1, {}, units},
    {"RequestedAction", "Requested-Action", word, 0, 1, actions},
    {"UsedUnits", "Used-Service-Unit", group, 0, any_number, {}, units},
    {"MultipleUnitIndicator", "Multiple-Services-Indicator", word, 0, 1, indicators},
    services,
    {"ServiceInformation", "Service-Information", group, 0, 1, {}, service_information},
}};

constexpr std::array<Element, 13> of_response{{
    {session.name, session.avp, text, 0},  // an answer to what could not be read names none
    host,
    domain,
    {"Interrogation", "CC-Request-Type", word, 0, 1, interrogations},
    {"OperationNumber", "CC-Request-Number", number},
    {"Result", "Result-Code", number, 1},
    {"Reason", "Error-Message", text},
    {"GrantedUnits", "Granted-Service-Unit", group, 0, 1, {}, units},
    {"ValidityTime", "Validity-Time", number},
    services,
    {"OperationFailureAction", "Credit-Control-Failure-Handling", word, 0, 1, failures},
    {"OperationEventFailureAction", "Direct-Debiting-Failure-Handling", word, 0, 1, debit_failures},
    {"FailedElement", "Failed-AVP", group, 0, 1, {}, failed},
}};

bool has(std::span<Element const> elements, std::span<std::string_view const> parents, std::string_view avp) {
  return std::ranges::any_of(elements, [&](Element const& one) {
    if (parents.empty() && one.avp == avp) return true;
    bool const enters = !parents.empty() && one.avp == parents.front();
    return has(one.members, enters ? parents.subspan(1) : parents, avp);
  });
}

}  // namespace

std::span<Element const> elements_of(bool request) {
  if (request) return of_request;
  return of_response;
}

bool has_element(std::span<std::string_view const> parents, std::string_view avp) {
  return !avp.empty() && (has(of_request, parents, avp) || has(of_response, parents, avp));
}

}  // namespace tollgate::ch2
