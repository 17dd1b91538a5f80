#include "codec/sip/response.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "codec/sip/addresses.hpp"

namespace tollgate::sip {

namespace {

struct Phrase {
  int status;
  std::string_view text;
};
constexpr std::array phrases{
    Phrase{100, "Trying"},
    Phrase{180, "Ringing"},
    Phrase{181, "Call Is Being Forwarded"},
    Phrase{182, "Queued"},
    Phrase{183, "Session Progress"},
    Phrase{200, "OK"},
    Phrase{202, "Accepted"},
    Phrase{300, "Multiple Choices"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Moved Temporarily"},
    Phrase{305, "Use Proxy"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{407, "Proxy Authentication Required"},
    Phrase{408, "Request Timeout"},
    Phrase{413, "Request Entity Too Large"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{416, "Unsupported URI Scheme"},
    Phrase{420, "Bad Extension"},
    Phrase{421, "Extension Required"},
    Phrase{423, "Interval Too Brief"},
    Phrase{480, "Temporarily Unavailable"},
    Phrase{481, "Call/Transaction Does Not Exist"},
    Phrase{482, "Loop Detected"},
    Phrase{483, "Too Many Hops"},
    Phrase{484, "Address Incomplete"},
    Phrase{485, "Ambiguous"},
    Phrase{486, "Busy Here"},
    Phrase{487, "Request Terminated"},
    Phrase{488, "Not Acceptable Here"},
    Phrase{491, "Request Pending"},
    Phrase{500, "Server Internal Error"},
    Phrase{501, "Not Implemented"},
    Phrase{503, "Service Unavailable"},
    Phrase{505, "Version Not Supported"},
    Phrase{513, "Message Too Large"},
    Phrase{600, "Busy Everywhere"},
    Phrase{603, "Decline"},
    Phrase{604, "Does Not Exist Anywhere"},
    Phrase{606, "Not Acceptable"},
};

}  // namespace

std::string reason_phrase(int status) {
  auto const* const found = std::ranges::find(phrases, status, &Phrase::status);
  return found == phrases.end() ? fmt::format("Status {}", status) : std::string(found->text);
}

Message response_to(Message const& request, int status, std::string_view to_tag) {
  auto response = Message::response(status, reason_phrase(status));
  for (auto const via : request.values(Name::via)) response.add(Name::via, via);
  for (auto const route : request.values(Name::record_route)) response.add(Name::record_route, route);
  auto const copy = [&](Name name) {
    if (auto const value = request.value(name)) response.add(name, *value);  // what is missing there is not made up here
  };
  copy(Name::from);
  copy(Name::to);
  auto const to = sip::to(request);
  if (!to_tag.empty() && to && to->tag().empty())
    response.set(Name::to, fmt::format("{};tag={}", request.value(Name::to).value_or(""), to_tag));
  copy(Name::call_id);
  copy(Name::cseq);
  return response;
}

}  // namespace tollgate::sip
