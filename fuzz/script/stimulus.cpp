#include "fuzz/script/stimulus.hpp"

#include <algorithm>
#include <array>
#include <fmt/ranges.h>
#include <ranges>

#include "codec/diameter/base_protocol.hpp"
#include "runner/bed.hpp"

namespace tollgate::fuzz {

static constexpr std::array<std::string_view, 14> words{"REGISTER", "DEREGISTER", "OPTIONS", "MESSAGE", "BYE",     "INVITE", "180",
                                                        "SEND",     "REPORT",     "CLOSE",   "RESET",   "CONNECT", "ASR",    "RAR"};

std::span<std::string_view const> stimuli() {
  return words;
}

bool is_stimulus(std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::string stimulus_words() {
  return fmt::format("{}", fmt::join(words, " "));
}

/// The newest INVITE that came to that client; nothing where none did.
static std::optional<Received> newest_invite(Bed& bed, ImClient const& client) {
  auto const& events = bed.recorder().trace().events();
  for (auto const& event : events | std::views::reverse) {
    if (event.actor != client.name() || event.direction != trace::Direction::received || event.meaning.name != "INVITE") continue;
    auto message = sip::Message::parse(event.octets);
    if (!message || !message->is_request()) continue;
    Received out{.event = event.id, .name = "INVITE"};
    out.sip = std::move(*message);
    return out;
  }
  return std::nullopt;
}

/// The newest CCR that came; nothing where none did.
static std::optional<Received> newest_ccr(Bed& bed) {
  auto const& events = bed.recorder().trace().events();
  for (auto const& event : events | std::views::reverse) {
    if (event.channel != trace::Channel::ch2 || event.direction != trace::Direction::received || event.meaning.status != 0) continue;
    auto message = diameter::Message::parse(event.octets);
    if (!message || message->header.command != diameter::command_credit_control) continue;
    Received out{.event = event.id};
    out.ccr = std::move(*message);
    return out;
  }
  return std::nullopt;
}

void stimulate(Bed& bed, std::string const& role, std::string_view word) {
  auto& client = bed.client(role);
  if (word == "ASR" || word == "RAR") {  // before the INVITE the end of the session could cross it: nobody sees which was first
    if (auto const ccr = newest_ccr(bed); ccr && newest_invite(bed, client)) bed.ocs().sends(word, &*ccr, {});
    return;
  }
  if (word == "REGISTER") return (void)client.sends_register();
  if (word == "DEREGISTER") return (void)client.sends_register(ImClient::Register{.expires = 0, .contact_expires = {}});
  if (word == "OPTIONS") return (void)client.sends_options();
  if (word == "MESSAGE") return (void)client.sends_message(client.aor(), "once more");
  if (word == "SEND" || word == "REPORT") return (void)client.sends_msrp(std::string(word), {});
  if (word == "CONNECT") {
    client.connects_msrp_again();
    return (void)client.sends_msrp("SEND", {});
  }
  if (word == "CLOSE" || word == "RESET") return client.closes_msrp(word == "RESET");
  auto const invite = newest_invite(bed, client);
  constexpr int ringing = 180;
  if (invite && word == "180") return (void)client.answers_again(*invite, ringing, {});
  if (invite) client.sends_in(*invite, std::string(word), {});
}

}  // namespace tollgate::fuzz
