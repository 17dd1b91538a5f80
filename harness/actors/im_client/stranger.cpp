#include "actors/im_client/stranger.hpp"

#include "codec/sip/addresses.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate {

/// Of a connection the port is nobody's: where the SUT is on this machine, all of them may be its own.
static bool comes_from_sut(SipSource const& source, Ixit const& ixit) {
  auto const& sut = ixit.sut_sip_over(source.transport);
  return source.transport == trace::Transport::udp ? source.remote == sut : source.remote.host == sut.host;
}

bool is_of_stranger(sip::Message const& request, SipSource const& source, Ixit const& ixit, std::string_view user, std::string_view tag) {
  auto const to = sip::to(request);
  if (!to || comes_from_sut(source, ixit) || to->tag() == tag) return false;
  auto const names_us = [&](std::string_view text) {
    auto const uri = sip::parse_uri(text);
    return !uri || uri->host.empty() || uri->user == user;
  };
  return !names_us(to->uri) && !names_us(request.request_uri());
}

}  // namespace tollgate
