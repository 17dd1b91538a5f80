#include "fuzz/oracle/stray.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

#include "base/text.hpp"
#include "codec/sip/escapes.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate::fuzz {

static std::string_view user_part(std::string_view subscriber) {
  auto const uri = sip::parse_uri(subscriber);
  auto const behind_scheme = subscriber.substr(subscriber.find(':') + 1);
  if (!uri) return behind_scheme.substr(0, behind_scheme.find('@'));
  return uri->opaque.empty() ? uri->user : uri->opaque.substr(0, uri->opaque.find(';'));
}

static std::string every_octet() {
  constexpr std::size_t octets = 256;
  std::string out(octets, '\0');
  std::iota(out.begin(), out.end(), '\0');
  return out;
}

static std::string bare(std::string_view text) {
  static std::string const all = every_octet();
  auto out = lower(sip::unescape(text, all));
  std::erase_if(out, [](char c) { return (c < 'a' || c > 'z') && (c < '0' || c > '9'); });
  return out;
}

SubscriberName::SubscriberName(std::string_view subscriber) : as_written_(user_part(subscriber)), bare_(bare(as_written_)) {}

bool SubscriberName::is_in(std::string_view octets) const {
  return octets.contains(as_written_) || bare(octets).contains(bare_);
}

bool SubscriberName::is_sent_in(trace::Trace const& trace) const {
  auto const names_him = [this](trace::Event const& event) { return event.direction == trace::Direction::sent && is_in(event.octets); };
  return std::ranges::any_of(trace.events(), names_him);
}

Problem charge_for_nobody(std::string_view subscriber, std::string_view step) {
  constexpr std::size_t most = 60;
  return {.kind = "wrong-user",
          .bucket = fmt::format("stray {}", step),
          .says = fmt::format("'{}' is charged, by {}, who is in no flow, and whom no message of ours names", printable(subscriber, most),
                              step),
          .report = {}};
}

}  // namespace tollgate::fuzz
