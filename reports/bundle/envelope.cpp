#include "reports/bundle/envelope.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "reports/json_text.hpp"
#include "trace/json_members.hpp"

namespace tollgate::reports {

namespace json = boost::json;

Octets Envelope::signed_octets() const {
  return fmt::format("DSSEv1 {} {} {} {}", payload_type.size(), payload_type, payload.size(), payload);
}

void Envelope::sign(PrivateKey const& key) {
  auto const id = key.public_key().id();
  std::erase_if(signatures, [&](Signature const& one) { return one.key_id == id; });
  signatures.push_back({id, key.sign(signed_octets())});
}

std::string write(Envelope const& envelope) {
  json::array signatures;
  for (auto const& one : envelope.signatures) signatures.push_back(json::object{{"keyid", one.key_id}, {"sig", to_base64(one.octets)}});
  return json_text(json::object{
      {"payloadType", envelope.payload_type}, {"payload", to_base64(envelope.payload)}, {"signatures", std::move(signatures)}});
}

std::expected<Envelope, std::string> read_envelope(std::string_view octets) {
  boost::system::error_code error;
  auto const parsed = json::parse(octets, error);
  if (error || !parsed.is_object()) return std::unexpected("the envelope is no JSON object");
  auto const& from = parsed.get_object();
  auto payload = from_base64(trace::text_of(from, "payload"));
  auto const* signatures = from.if_contains("signatures");
  if (!payload || signatures == nullptr || !signatures->is_array())
    return std::unexpected("the envelope lacks a payload in base64 or its signatures");
  Envelope envelope{.payload_type = trace::text_of(from, "payloadType"), .payload = std::move(*payload)};
  for (auto const& one : signatures->get_array()) {
    auto signature = one.is_object() ? from_base64(trace::text_of(one.get_object(), "sig")) : std::nullopt;
    if (!signature) return std::unexpected("a signature of the envelope is not in base64");
    envelope.signatures.push_back({trace::text_of(one.get_object(), "keyid"), std::move(*signature)});
  }
  return envelope;
}

}  // namespace tollgate::reports
