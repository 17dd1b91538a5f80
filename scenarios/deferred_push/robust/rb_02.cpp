#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "runner/push_state.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"

namespace tollgate::deferred_push {

namespace {

/// A text of RFC 4475, as a change of a REGISTER of ours; the first place only.
struct Torture {
  std::string_view text;
  std::string_view find, put;
};

constexpr std::array tortures{
    // 3.1.2
    Torture{"badinv01", ">;+g.oma.sip-im", ">;;,;,,"},
    Torture{"clerr", "Content-Length: 0", "Content-Length: 9999"},
    Torture{"ncl", "Content-Length: 0", "Content-Length: -999"},
    Torture{"scalar02", "Max-Forwards: 70", "Max-Forwards: 300\r\nExpires: 1000000000000000000000"},
    Torture{"quotbal", "\r\nTo: <", "\r\nTo: \"Mr. J. User <"},
    Torture{"ltgtruri", "REGISTER sip:ims.example SIP", "REGISTER <sip:ims.example> SIP"},
    Torture{"lwsruri", "REGISTER sip:ims.example SIP", "REGISTER sip:ims.example; lr SIP"},
    Torture{"lwsstart", "REGISTER sip:ims.example SIP", "REGISTER  sip:ims.example  SIP"},
    Torture{"trws", "SIP/2.0\r\n", "SIP/2.0  \r\n"},
    Torture{"escruri", "REGISTER sip:ims.example SIP", "REGISTER sip:ims.example?Route=%3Csip:example.com%3E SIP"},
    Torture{"baddate", "Max-Forwards: 70", "Max-Forwards: 70\r\nDate: Fri, 01 Jan 2010 16:00:00 EST"},
    Torture{"regbadct", ">;+g.oma.sip-im", "?Route=%3Csip:sip.example.com%3E>;+g.oma.sip-im"},
    Torture{"badaspec", "\r\nTo: <", "\r\nTo: \"Watson, Thomas\" < "},
    Torture{"baddn", "\r\nTo: <", "\r\nTo: Bell, Alexander <"},
    Torture{"badvers", " SIP/2.0\r\n", " SIP/7.0\r\n"},
    Torture{"mismatch01", " REGISTER\r\nContact", " OPTIONS\r\nContact"},
    Torture{"mismatch02", "REGISTER sip:ims", "NEWMETHOD sip:ims"},
    Torture{"scalarlg", "\r\nCSeq: ", "\r\nCSeq: 36893488147419103232"},
    Torture{"bigcode", "\r\nExpires: ", "\r\nExpires: 4294967301"},
    // 3.2
    Torture{"badbranch", "branch=z9hG4bK", "branch=z9hG4bK;x="},
    // 3.3
    Torture{"bcast", "REGISTER sip:ims.example SIP/2.0\r\n",
            "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 255.255.255.255:1234;branch=z9hG4bKbcast\r\n"},
    Torture{"insuf", "\r\nCall-ID: ", "\r\nX-Call-ID: "},
    Torture{"unkscm", "REGISTER sip:ims", "REGISTER nobodyKnowsThisScheme:ims"},
    Torture{"novelsc", "REGISTER sip:ims", "REGISTER soap.beep://ims"},
    Torture{"unksm2", "\r\nTo: <sip:", "\r\nTo: <unknownsch:"},
    Torture{"bext01", "Max-Forwards: 70", "Max-Forwards: 70\r\nRequire: nothingSupportsThis, nothingSupportsThisEither"},
    Torture{"invut", "Content-Length: 0\r\n\r\n", "Content-Type: application/unknownformat\r\nContent-Length: 9\r\n\r\n<audio/>\n"},
    Torture{"regaut01", "Max-Forwards: 70", "Max-Forwards: 70\r\nAuthorization: NoOneKnowsThisScheme opaque-data=here"},
    Torture{"multi01", "Max-Forwards: 70", "Max-Forwards: 70\r\nCSeq: 8 OPTIONS\r\nCall-ID: other@192.0.2.1\r\nMax-Forwards: 5"},
    Torture{"mcl01", "Content-Length: 0", "Content-Length: 13\r\nContent-Length: 0"},
    Torture{"zeromf", "Max-Forwards: 70", "Max-Forwards: 0"},
    Torture{"cparam01", ">;+g.oma.sip-im", ">;unknownparam"},
    Torture{"cparam02", ">;+g.oma.sip-im", ";unknownparam>"},
    Torture{"regescrt", ">;+g.oma.sip-im", "?Route=%3Csip:sip.example.com%3E>"},
    Torture{"sdp01", "Max-Forwards: 70", "Max-Forwards: 70\r\nAccept: text/nobodyKnowsThis"},
    // 3.4
    Torture{"inv2543", "branch=z9hG4bK", "x="},
};

}  // namespace

/// A 2xx came since, also one that names no transaction that we know: some of these change the Via that it copies.
static bool is_taken(Bed& bed, trace::EventId sent) {
  return std::ranges::any_of(bed.recorder().trace().events(), [&](trace::Event const& e) {
    return e.id > sent && e.direction == trace::Direction::received && e.party == bed.client("alice").aor() &&
           e.octets.starts_with("SIP/2.0 2");
  });
}

/// with  a stored message
/// when  a REGISTER comes in one of the forms that RFC 4475 calls invalid, or odd
/// then  one that is refused, or dropped, reserves nothing; and a good one after it starts the push
static Task<void> survives(Bed& bed, Torture const& torture) {
  auto& alice = bed.client("alice");
  alice.registers_over(trace::Transport::udp);  // where a message ends is not what these are about
  (void)co_await reach(bed, PushState::stored, "alice", 1);
  auto const here = [&](std::string_view text) { return replaced(Octets(text), "ims.example", bed.ixit().domain); };
  auto const sent = alice.sends_register({}, {.octets = {{here(torture.find), here(torture.put)}}});
  co_await pause(bed.clock(), bed.ixit().live);
  if (is_taken(bed, sent)) {  // as a receiver may that can make sense of it
    if (auto const reserve = co_await bed.ocs().may_receive("reserve_units", bed.ixit().live))
      bed.ocs().answers(*reserve, {.result = 4012});
    co_await pause(bed.clock(), bed.ixit().epsilon);  // that push is over before the next REGISTER: else that is a refresh during it
  } else {
    co_await bed.ocs().hears_no("reserve_units", bed.ixit().quiet);
  }
  alice.sends_options();
  (void)co_await alice.receives("200 OPTIONS", bed.ixit().live);
  auto const again = co_await reach(bed, PushState::invited, "alice", 1);
  bed.require(again.invite->event > sent, "missing INVITE", "no push came after it");
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
               .purpose = "A REGISTER in one of the invalid or odd forms of RFC 4475 that is refused reserves nothing, and harms nothing.",
               .clause = "RFC 4475 3.1.2, 3.2, 3.3, 3.4",
               .strength = "rfc-must",
               .kind = "absent",
               .file = __FILE_NAME__,
               .line = __LINE__,
               .detects = {"M178"}},
      .needs = {"sip_udp"},
      .run = all_tortures};
}

}  // namespace tollgate::deferred_push
