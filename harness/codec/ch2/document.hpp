#pragma once
/// CH-2 documents: a credit-control request or answer in XML, for servers that speak no Diameter. No public text defines such a
/// binding; this schema is the project's own and published as scenarios/ch2.xsd. Each element is the AVP of elements.hpp, so a
/// document is read to the CCR or CCA that says the same, and everybody above this goes by that.
///
/// What validates against the schema is read, but for these: UTF-16 (only UTF-8 is), a document type declaration, xsi:type, an
/// element with more attributes than `element_attributes_max`, an OperationType that does not go with its interrogation and units.
/// White space in CDATA may stand between elements. The prefixes are the writer's.
///
///   EventRequest = SessionIdentifier OriginatorHost OriginatorDomain DestinationDomain OperationToken OperationType
///                  Interrogation OperationNumber SubscriberIdentifier ...
///   Response     = [SessionIdentifier] OriginatorHost OriginatorDomain [Interrogation] [OperationNumber] Result ...
#include <expected>
#include <string>
#include <string_view>

#include "codec/diameter/message.hpp"
#include "codec/judgement.hpp"

namespace tollgate::ch2 {

inline constexpr std::string_view document_namespace = "urn:tollgate:ch2:1";
inline constexpr std::size_t document_octets_max = 64 << 10;
/// Of one element, bindings of prefixes among them: they are gone through for each element inside. The schema has one at most.
inline constexpr std::size_t element_attributes_max = 64;

/// The EventRequest of a CCR or the Response of a CCA; the error names an AVP that no element stands for. Its header says nothing
/// but the command, its direction and the T flag (`retransmission`); Auth-Application-Id is always that of credit control.
[[nodiscard]] std::expected<Octets, std::string> write_document(diameter::Message const& message);

/// The CCR of an EventRequest or the CCA of a Response, without identifiers. Refuses whatever the schema refuses, a document type
/// declaration, an element with too many attributes, and an OperationType that does not go with the interrogation and its units.
/// The time it takes grows as the octets do.
[[nodiscard]] Parsed<diameter::Message> read_document(std::string_view xml);

/// Everything for which `read_document` refuses it, at most a hundred deviations; `answer` is the HTTP status.
[[nodiscard]] Judgement judge_document(std::string_view xml);

}  // namespace tollgate::ch2
