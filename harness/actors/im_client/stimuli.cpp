// What the IM Client sends by itself: REGISTER, MESSAGE, OPTIONS (RFC 3261 8.1.1, 10.2, 11; RFC 3428).
#include <fmt/format.h>

#include "actors/im_client/im_client.hpp"

namespace tollgate {

using sip::Name;

sip::Message ImClient::out_of_dialog(std::string_view method, std::string const& request_uri, std::string const& to,
                                     std::string const& call_id, std::uint32_t cseq) {
  auto request = sip::Message::request(method, request_uri);
  bool const tcp = endpoint_.transport() == trace::Transport::tcp;
  request.add(Name::via, fmt::format("SIP/2.0/{} {};branch=z9hG4bK{};rport", tcp ? "TCP" : "UDP",
                                     endpoint_.session_contact().text(), random_.token(16)));
  request.add(Name::max_forwards, "70");
  request.add(Name::from, fmt::format("<{}>;tag={}", aor_, random_.token(10)));
  request.add(Name::to, fmt::format("<{}>", to));
  request.add(Name::call_id, call_id);
  request.add(Name::cseq, fmt::format("{} {}", cseq, method));
  return request;
}

trace::EventId ImClient::start(sip::Message const& request) {
  std::string const via(request.value(Name::via).value_or(""));
  auto const from = via.find("branch=") + 7;
  return transactions_.start(via.substr(from, via.find(';', from) - from), std::string(request.method()), request.write());
}

trace::EventId ImClient::sends_register(Register what) {
  auto request = out_of_dialog("REGISTER", "sip:" + ixit_.domain, aor_, register_call_id_, ++register_cseq_);
  bool const tcp = endpoint_.transport() == trace::Transport::tcp;
  std::string contact = fmt::format("<sip:{}@{}{}>;+g.oma.sip-im", user_, endpoint_.contact().text(),
                                    tcp ? ";transport=tcp" : "");
  if (what.contact_expires) contact += fmt::format(";expires={}", *what.contact_expires);
  request.add(Name::contact, contact);
  if (what.expires) request.add(Name::expires, fmt::format("{}", *what.expires));
  request.set_body("", "");
  return start(request);
}

trace::EventId ImClient::sends_message(std::string const& to, std::string const& text) {
  auto request = out_of_dialog("MESSAGE", to, to, random_.token(20), 1);
  request.set_body(text, "text/plain");
  return start(request);
}

trace::EventId ImClient::sends_options() {
  auto request = out_of_dialog("OPTIONS", "sip:" + ixit_.domain, "sip:" + ixit_.domain, random_.token(20), 1);
  request.set_body("", "");
  return start(request);
}

Task<void> ImClient::registers() {
  sends_register();
  (void)co_await receives("200 REGISTER", ixit_.live);
}

}  // namespace tollgate
