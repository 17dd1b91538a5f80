#pragma once
/// Good messages of every protocol, rich enough that each mutation applies to one of them.
#include <string>
#include <vector>

#include "codec/ch2/ch2.hpp"
#include "codec/ch2/document.hpp"
#include "codec/ch2/http.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "fuzz/mutate/mutate.hpp"

namespace tollgate::fuzz {

inline std::string const good_sdp =
    "v=0\r\no=- 2890844526 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=message 2855 TCP/MSRP *\r\n"
    "a=path:msrp://192.0.2.1:2855/s1;tcp\r\na=accept-types:message/cpim "
    "text/plain\r\na=setup:actpass\r\na=sendonly\r\n";

inline std::vector<std::string> sip_samples() {
  std::string const headers =
      "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK77;rport\r\nMax-Forwards: 70\r\n"
      "From: \"IM\" <sip:im%40x@example.com>;tag=a1\r\nTo: <sip:alice@example.com>;tag=b2\r\n"
      "Call-ID: 7f3a@im.example.com\r\nCSeq: 1 INVITE\r\nContact: <sip:im@192.0.2.1:5060>;+g.oma.sip-im\r\n";
  std::string const length = std::to_string(good_sdp.size());
  return {"INVITE sip:alice@192.0.2.2:5060 SIP/2.0\r\n" + headers + "Content-Type: application/sdp\r\nContent-Length: " + length +
              "\r\n\r\n" + good_sdp,
          "SIP/2.0 200 OK\r\n" + headers + "Subject: \"other\"\r\nContent-Length: 0\r\n\r\n"};
}

inline std::vector<std::string> msrp_samples() {
  return {
      "MSRP a786hjs2 SEND\r\nTo-Path: msrp://im.example.com:2855/s111271;tcp\r\n"
      "From-Path: msrp://192.0.2.10:7654/jshA7weztas;tcp\r\nMessage-ID: 87652491\r\nByte-Range: 1-5/5\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n-------a786hjs2$\r\n",
      "MSRP d93kswow 200 OK\r\nTo-Path: msrp://192.0.2.10:7654/jshA7weztas;tcp\r\n"
      "From-Path: msrp://im.example.com:2855/s111271;tcp\r\n-------d93kswow$\r\n"};
}

inline std::vector<std::string> cpim_samples() {
  return {
      "From: \"MR SANDERS\" <im:piglet@100akerwood.com>\r\nTo: Donkey <im:eeyore@100akerwood.com>\r\n"
      "DateTime: 2000-12-13T13:40:00-08:00\r\nSubject: the weather\r\nNS: imdn <urn:ietf:params:imdn>\r\n"
      "imdn.Message-ID: 34jk324j\r\n\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <1@x>\r\n\r\n<body/>",
      "From: <sip:bob@x>\r\n\r\nContent-Type: text/plain\r\n\r\n"};
}

inline std::vector<std::string> diameter_samples() {
  ch2::Request request;
  request.type = ch2::RequestType::update;
  request.operation = ch2::Operation::debit_units;
  request.number = 1;
  request.session_id = "im.example;1;2";
  request.subscriber = "sip:alice@example.com";
  request.service_context = "im@openmobilealliance.org";
  request.requested = 3;
  request.used = 2;
  request.units_at = ch2::UnitsAt::mscc;
  auto const ccr = ch2::write_request(request, {"im.example", "example", "example"});
  ch2::Answer answer;
  answer.result = 2001;
  answer.granted = 3;
  return {ccr.write(), ch2::write_answer(answer, ccr, "ocs.example", "example").write(),
          diameter::watchdog_request({.origin_host = "im.example.com", .origin_realm = "example"}).write()};
}

inline std::vector<std::string> http_samples() {
  std::vector<std::string> out;
  for (auto const& octets : diameter_samples()) {
    auto const document = ch2::write_document(*diameter::Message::parse(octets));
    if (document) out.push_back(ch2::write_response(200, *document));
  }
  return out;
}

inline std::vector<std::string> const& samples(Protocol protocol) {
  static std::vector<std::string> const all[] = {
      sip_samples(), {good_sdp, good_sdp + "b=AS:1\r\n"}, msrp_samples(), cpim_samples(), diameter_samples(), http_samples()};
  return all[static_cast<std::size_t>(protocol) - 1];
}

}  // namespace tollgate::fuzz
