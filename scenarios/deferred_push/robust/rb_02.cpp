#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "runner/push_state.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"

namespace tollgate::deferred_push {

namespace {

/// What RFC 4475 expects of a text. Most of those with broken grammar a receiver may forgive that can make sense of them.
enum class Expected : std::uint8_t {
  refusal,  ///< an error, or no answer
  either,
};
using enum Expected;

/// A text of RFC 4475, as a change of a REGISTER of ours; the first place only.
struct Torture {
  std::string_view text;
  Expected expected;
  std::string_view find, put;
};

constexpr std::array tortures{
    // 3.1.2; what is wrong with the status code of a response RB-02b sends
    Torture{"badinv01", refusal, ">;+g.oma.sip-im", ">;;,;,,"},
    Torture{"clerr", refusal, "Content-Length: 0", "Content-Length: 9999"},
    Torture{"ncl", refusal, "Content-Length: 0", "Content-Length: -999"},
    Torture{"scalar02", either, "Max-Forwards: 70", "Max-Forwards: 300\r\nExpires: 1000000000000000000000"},
    Torture{"quotbal", either, "\r\nTo: <", "\r\nTo: \"Mr. J. User <"},
    Torture{"ltgtruri", either, "REGISTER sip:ims.example SIP", "REGISTER <sip:ims.example> SIP"},
    Torture{"lwsruri", either, "REGISTER sip:ims.example SIP", "REGISTER sip:ims.example; lr SIP"},
    Torture{"lwsstart", either, "REGISTER sip:ims.example SIP", "REGISTER  sip:ims.example  SIP"},
    Torture{"trws", either, "SIP/2.0\r\n", "SIP/2.0  \r\n"},
    Torture{"escruri", either, "REGISTER sip:ims.example SIP", "REGISTER sip:ims.example?Route=%3Csip:example.com%3E SIP"},
    Torture{"baddate", either, "Max-Forwards: 70", "Max-Forwards: 70\r\nDate: Fri, 01 Jan 2010 16:00:00 EST"},
    Torture{"regbadct", either, "\r\nContact: <", "\r\nContact: sip:u@example.com?Route=%3Csip:sip.example.com%3E\r\nX-Contact: <"},
    Torture{"badaspec", either, "\r\nTo: <", "\r\nTo: \"Watson, Thomas\" < "},
    Torture{"baddn", either, "\r\nTo: <", "\r\nTo: Bell, Alexander <"},
    Torture{"badvers", refusal, " SIP/2.0\r\n", " SIP/7.0\r\n"},
    Torture{"mismatch01", refusal, " REGISTER\r\nContact", " OPTIONS\r\nContact"},
    Torture{"mismatch02", refusal, "REGISTER sip:ims", "NEWMETHOD sip:ims"},
    Torture{"scalarlg", refusal, "\r\nCSeq: ", "\r\nCSeq: 36893488147419103232"},
    // 3.2
    Torture{"badbranch", either, "branch=z9hG4bK", "branch=z9hG4bK;x="},
    // 3.3
    Torture{"bcast", refusal, "REGISTER sip:ims.example SIP/2.0\r\n",
            "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 255.255.255.255:1234;branch=z9hG4bKbcast\r\n"},
    Torture{"insuf", refusal, "\r\nCall-ID: ", "\r\nX-Call-ID: "},
    Torture{"unkscm", refusal, "REGISTER sip:ims", "REGISTER nobodyKnowsThisScheme:ims"},
    Torture{"novelsc", refusal, "REGISTER sip:ims", "REGISTER soap.beep://ims"},
    Torture{"unksm2", refusal, "\r\nTo: <sip:", "\r\nTo: <unknownsch:"},
    Torture{"bext01", refusal, "Max-Forwards: 70", "Max-Forwards: 70\r\nRequire: nothingSupportsThis, nothingSupportsThisEither"},
    Torture{"invut", either, "Content-Length: 0\r\n\r\n", "Content-Type: application/unknownformat\r\nContent-Length: 9\r\n\r\n<audio/>\n"},
    Torture{"regaut01", either, "Max-Forwards: 70", "Max-Forwards: 70\r\nAuthorization: NoOneKnowsThisScheme opaque-data=here"},
    Torture{"multi01", refusal, "Max-Forwards: 70", "Max-Forwards: 70\r\nCSeq: 8 OPTIONS\r\nCall-ID: other@192.0.2.1\r\nMax-Forwards: 5"},
    Torture{"mcl01", refusal, "Content-Length: 0", "Content-Length: 13\r\nContent-Length: 0"},
    Torture{"zeromf", either, "Max-Forwards: 70", "Max-Forwards: 0"},
    Torture{"cparam01", either, ">;+g.oma.sip-im", ">;unknownparam"},
    Torture{"cparam02", either, ">;+g.oma.sip-im", ";unknownparam>"},
    Torture{"regescrt", either, ">;+g.oma.sip-im", "?Route=%3Csip:sip.example.com%3E>"},
    Torture{"sdp01", either, "Max-Forwards: 70", "Max-Forwards: 70\r\nAccept: text/nobodyKnowsThis"},
    // 3.4
    Torture{"inv2543", either, "branch=z9hG4bK", "x="},
};

}  // namespace

/// The 2xx that came since, also one that names no transaction that we know: some of these change the Via that it copies.
static std::optional<trace::EventId> success_since(Bed& bed, trace::EventId sent) {
  auto const& events = bed.recorder().trace().events();
  auto const found = std::ranges::find_if(events, [&](trace::Event const& e) {
    return e.id > sent && e.direction == trace::Direction::received && e.party == bed.client("alice").aor() &&
           e.octets.starts_with("SIP/2.0 2");
  });
  return found == events.end() ? std::nullopt : std::optional(found->id);
}

/// with  a stored message
/// when  a REGISTER comes in one of the forms that RFC 4475 calls invalid, or odd
/// then  one that nobody may take is refused or dropped; what was refused or dropped reserves nothing; a good one starts the push
static Task<void> survives(Bed& bed, Torture const& torture) {
  auto& alice = bed.client("alice");
  alice.registers_over(trace::Transport::udp);  // where a message ends is not what these are about
  (void)co_await reach(bed, PushState::stored, "alice", 1);
  auto const here = [&](std::string_view text) { return replaced(Octets(text), "ims.example", bed.ixit().domain); };
  auto const sent = alice.sends_register({}, {.octets = {{here(torture.find), here(torture.put)}}});
  co_await bed.passes(bed.ixit().live);
  alice.gives_up(sent);  // where it has changed the Via, its answer matches nothing
  auto const success = success_since(bed, sent);
  bed.require(!success || torture.expected != refusal, "unexpected 2xx",
              fmt::format("#{} was taken with #{}, although nobody may take it", sent, success.value_or(0)),
              {sent, success.value_or(sent)});
  if (success) {
    if (auto const reserve = co_await bed.ocs().may_receive("reserve_units", bed.ixit().live))
      bed.ocs().answers(*reserve, {.result = 4012});
    co_await pause(bed.clock(), bed.ixit().epsilon);  // that push is over before the next REGISTER: else that is a refresh during it
  } else {
    co_await bed.ocs().hears_no("reserve_units", bed.ixit().quiet);
  }
  alice.sends_options();
  (void)co_await alice.receives("200 OPTIONS", bed.ixit().live);
  auto const again = co_await reach(bed, PushState::invited, "alice", 1);
  bed.require_in_time(again.invite->event > sent, "missing INVITE", "no push came after it");
  alice.answers(*again.invite, 486);
}

static Task<void> all_tortures(Bed& bed) {
  co_await bed.side_by_side(
      tortures.size(), [](Bed& branch, std::size_t nth) { return survives(branch, tortures[nth]); },
      [](std::size_t nth) { return std::string(tortures[nth].text); });
}

Case rb_02() {
  return {
      .info = {.id = "RB-02",
               .group = "rb",
               .purpose = "A REGISTER in a form of RFC 4475 that nobody may take is refused; what is refused reserves and harms nothing.",
               .clause = "RFC 4475 3.1.2, 3.2, 3.3, 3.4",
               .strength = "rfc-must",
               .kind = "absent",
               .file = __FILE_NAME__,
               .line = __LINE__,
               .detects = {"M178", "M195"},
               .not_built = "Of the invalid texts only those that nobody may take have to be refused: RFC 4475 3.1.2 lets a receiver "
                            "forgive bad spaces and quotes."},
      .needs = {"sip_udp", std::string(claim_sip_peer)},  // a proxy reads them first: refuses, mends, or passes bcast back to us
      .run = all_tortures};
}

}  // namespace tollgate::deferred_push
