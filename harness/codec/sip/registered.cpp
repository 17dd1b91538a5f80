#include "codec/sip/registered.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tollgate::sip {

bool is_registered_method(std::string_view method) {
  constexpr std::array<std::string_view, 14> methods{"ACK",     "BYE",   "CANCEL",  "INFO",  "INVITE",   "MESSAGE",   "NOTIFY",
                                                     "OPTIONS", "PRACK", "PUBLISH", "REFER", "REGISTER", "SUBSCRIBE", "UPDATE"};
  return std::ranges::find(methods, method) != methods.end();
}

bool is_registered_option_tag(std::string_view tag) {
  constexpr std::array<std::string_view, 36> tags{"100rel",
                                                  "199",
                                                  "answermode",
                                                  "early-session",
                                                  "eventlist",
                                                  "explicitsub",
                                                  "from-change",
                                                  "geolocation-http",
                                                  "geolocation-sip",
                                                  "gin",
                                                  "gruu",
                                                  "histinfo",
                                                  "ice",
                                                  "join",
                                                  "multiple-refer",
                                                  "norefersub",
                                                  "nosub",
                                                  "outbound",
                                                  "path",
                                                  "policy",
                                                  "precondition",
                                                  "pref",
                                                  "privacy",
                                                  "recipient-list-invite",
                                                  "recipient-list-message",
                                                  "recipient-list-subscribe",
                                                  "record-aware",
                                                  "replaces",
                                                  "resource-priority",
                                                  "sdp-anat",
                                                  "sec-agree",
                                                  "siprec",
                                                  "tdialog",
                                                  "timer",
                                                  "trickle-ice",
                                                  "uui"};
  return std::ranges::any_of(tags, [&](std::string_view known) { return iequals(known, tag); });
}

bool is_known_scheme(std::string_view scheme) {
  constexpr std::array<std::string_view, 5> schemes{"sip", "sips", "tel", "im", "pres"};
  return std::ranges::any_of(schemes, [&](std::string_view known) { return iequals(known, scheme); });
}

}  // namespace tollgate::sip
