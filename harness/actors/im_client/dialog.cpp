#include "actors/im_client/dialog.hpp"

#include <fmt/format.h>

#include "codec/sip/addresses.hpp"
#include "codec/sip/call_id.hpp"

namespace tollgate {

using sip::Name;

Dialog Dialog::of(sip::Message const& invite, std::string const& tag) {
  Dialog out;
  out.call_id = sip::call_id(invite).value_or("");
  out.local = fmt::format("{};tag={}", invite.value(Name::to).value_or(""), tag);
  out.remote = invite.value(Name::from).value_or("");
  auto const contacts = sip::contacts(invite);
  if (contacts && !contacts->empty()) out.target = contacts->front().uri;
  for (auto const value : invite.values(Name::record_route)) out.routes.emplace_back(value);
  return out;
}

sip::Message Dialog::request(std::string_view method) {
  if (method != "ACK") ++cseq;
  auto request = sip::Message::request(method, target);
  for (auto const& route : routes) request.add(Name::route, route);
  request.add(Name::from, local).add(Name::to, remote).add(Name::call_id, call_id);
  request.add(Name::cseq, fmt::format("{} {}", cseq, method));
  return request;
}

}  // namespace tollgate
