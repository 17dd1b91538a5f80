#include "actors/im_client/stranger.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate {

/// Of a connection the port is nobody's: where the SUT is on this machine, all of them may be its own.
static bool comes_from_sut(SipSource const& source, Ixit const& ixit) {
  auto const& sut = ixit.sut_sip_over(source.transport);
  return source.transport == trace::Transport::udp ? source.remote == sut : source.remote.host == sut.host;
}

/// "sip:user7@ims.example" of "sip:user{n}@ims.example", whatever the host.
static bool is_of_pattern(std::string_view user, std::string_view pattern) {
  constexpr std::string_view number = "{n}";
  auto const begin = pattern.find(':') + 1, end = std::min(pattern.find('@'), pattern.size());
  auto const text = pattern.substr(begin, end - begin);
  auto const at = text.find(number);
  if (at == std::string_view::npos) return !text.empty() && text == user;
  auto const before = text.substr(0, at), behind = text.substr(at + number.size());
  if (user.size() <= before.size() + behind.size() || !user.starts_with(before) || !user.ends_with(behind)) return false;
  auto const digits = user.substr(before.size(), user.size() - before.size() - behind.size());
  return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

/// Of anybody in this run.
static bool is_of_run(sip::Uri const& uri, Ixit const& ixit) {
  return iequals(uri.host, ixit.domain) || is_of_pattern(uri.user, ixit.user_pattern) || is_of_pattern(uri.user, ixit.secured_pattern) ||
         is_of_pattern(uri.user, ixit.msrps_pattern);
}

bool is_of_stranger(sip::Message const& request, SipSource const& source, Ixit const& ixit, std::string_view user, std::string_view tag) {
  auto const to = sip::to(request);
  if (!to || comes_from_sut(source, ixit)) return false;
  bool const is_of_other_dialog = to->parameters.has("tag") && to->tag() != tag;
  auto const names_us = [&](std::string_view text) {
    auto const uri = sip::parse_uri(text);
    return !uri || uri->host.empty() || uri->user == user || (!is_of_other_dialog && is_of_run(*uri, ixit));
  };
  return !names_us(to->uri) && !names_us(request.request_uri());
}

}  // namespace tollgate
