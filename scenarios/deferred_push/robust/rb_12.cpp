#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "runner/claims.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"

namespace tollgate::deferred_push {

namespace {

constexpr std::array<std::string_view, 14> lines{"sdp.v",
                                                 "sdp.o",
                                                 "sdp.s",
                                                 "sdp.c",
                                                 "sdp.t",
                                                 "sdp.m",
                                                 "sdp.path",
                                                 "sdp.setup",
                                                 "sdp.accept-types",
                                                 "sdp.accept-wrapped-types",
                                                 "sdp.max-size",
                                                 "sdp.recvonly",
                                                 "sdp.connection",
                                                 "sdp.msrp-cema"};
constexpr std::array<std::string_view, 22> values{"",
                                                  "0",
                                                  "-1",
                                                  "1",
                                                  "*",
                                                  " ",
                                                  "99999999999999999999",
                                                  "IN IP4 0.0.0.0",
                                                  "IN IP6 ::",
                                                  "IN IP9 x",
                                                  "message 0 TCP/MSRP *",
                                                  "message 65536 TCP/MSRP *",
                                                  "audio 9 RTP/AVP 0",
                                                  "message 2855 UDP/MSRP *",
                                                  "msrp://;tcp",
                                                  "msrp://[::1:1/x;tcp",
                                                  "msrps://h/x;sctp",
                                                  "sip:nobody@x",
                                                  "active passive",
                                                  "text/plain;;;",
                                                  "\xff\xfe\x01",
                                                  "%00%0d%0a"};

/// One to three lines of the answer changed, as the seed says.
Amendment mutation(Random& random) {
  Amendment out;
  for (auto left = 1 + random.below(3); left > 0; --left) {
    auto path = fields::parse_path(lines[random.below(lines.size())]);
    auto const how = static_cast<fields::How>(random.below(3));
    out.edits.push_back({how, std::move(*path), std::string(values[random.below(values.size())])});
  }
  return out;
}

/// The port of an MSRP URI in a text, as it is written; "" where there is none.
std::string_view port_of_path(std::string_view text) {
  auto const authority = text.substr(std::min(text.size(), text.find("msrp://")));
  auto const end = authority.find('/', std::string_view("msrp://").size());
  auto const colon = authority.substr(0, end).rfind(':');
  return end == std::string_view::npos || colon == std::string_view::npos ? "" : authority.substr(colon + 1, end - colon - 1);
}

/// The path of the answer with its port 65536 higher, which is none, and another port in the m= line.
Octets with_port_too_large(Octets const& written) {
  auto response = sip::Message::parse(written);
  if (!response) return written;
  std::string body(response->body());
  std::string const text(port_of_path(body));
  auto const port = to_number<std::uint16_t>(text);
  constexpr unsigned ports = 65'536;
  if (!port) return written;
  body = replaced(body, fmt::format("message {} ", text), "message 9 ");
  body = replaced(body, fmt::format(":{}/", text), fmt::format(":{}/", *port + ports));
  response->set_body(body, "application/sdp");
  return response->write();
}

/// Where the SUT has connected to a port of the client's, the answer had named it.
void require_stated(Bed& bed, trace::EventId answer, trace::EventId send) {
  auto const& trace = bed.recorder().trace();
  auto const& local = trace.at(send).local;
  auto const path = bed.client("alice").word("path");
  auto const port = port_of_path(path);
  if (port.empty() || !local.ends_with(fmt::format(":{}", port))) return;  // the client has connected
  auto const& said = trace.at(answer).octets;
  bool const stated = said.contains(fmt::format(":{}/", port)) || said.contains(fmt::format("message {} ", port));
  bed.require(stated, "connected elsewhere",
              fmt::format("#{} SEND came to port {}, which #{} 200 INVITE does not name", send, port, answer), {answer, send});
}

/// Another address of the client's machine: nobody has it but on the loopback of IPv4, where all of 127/8 is ours.
std::string other_host(std::string const& host) {
  constexpr std::string_view loopback = "127.", one = "127.0.0.2", two = "127.0.0.3";
  if (!host.starts_with(loopback)) return "";
  return std::string(host == one ? two : one);
}

}  // namespace

/// with  an INVITE
/// when  its 200 describes the session in a way that the seed has broken; its o= line has another address of the client
/// then  the SUT delivers to the path that is stated, or gives up with BYE; it connects nowhere else, nor to the address of o=
static Task<void> broken_answer(Bed& bed, Amendment amendment) {
  auto& alice = bed.client("alice");
  auto const reached = co_await reach(bed, PushState::invited, "alice", 1);
  if (auto const& decoy = alice.behaviour().decoy; !decoy.empty())
    amendment.edits.insert(amendment.edits.begin(), {fields::How::set, *fields::parse_path("sdp.o"), "- 1 1 IN IP4 " + decoy});
  auto const sent = alice.answers(*reached.invite, 200, amendment);
  auto const next = co_await alice.receives("SEND|BYE|connected", bed.ixit().msrp_bind + bed.ixit().live);
  bed.require(next.name != "connected", "connected elsewhere",
              fmt::format("#{} came to {}, which is the origin that #{} 200 INVITE names, not its path", next.event,
                          bed.recorder().trace().at(next.event).local, sent),
              {sent, next.event});
  if (sent != 0 && next.name == "SEND") require_stated(bed, sent, next.event);
  alice.answers(next, 200);
  if (next.name == "SEND") alice.answers(co_await alice.receives("BYE", bed.ixit().live), 200);
  alice.sends_options();
  (void)co_await alice.receives("200 OPTIONS", bed.ixit().live);
  bed.require(sent != 0, "not sent", "the 200 to the INVITE could not be sent");
}

static Task<void> broken_answers(Bed& bed) {
  auto const play = [](Bed& branch, std::size_t nth) {
    auto random = branch.random();
    // Every other answer leaves the connection to the SUT: only then it can go wrong.
    branch.wishes("alice", {.connects = nth % 2 != 0, .msrp = {.decoy = nth % 2 != 0 ? "" : other_host(branch.ixit().bind)}});
    return broken_answer(branch, nth == 0 ? Amendment{.rewrite = with_port_too_large} : mutation(random));
  };
  co_await bed.side_by_side(bed.ixit().share(500), play, [](std::size_t nth) {
    return nth == 0 ? std::string("a port that is too large") : fmt::format("mutation {}", nth);
  });
}

Case rb_12() {
  return {.info = {.id = "RB-12",
                   .group = "rb",
                   .purpose = "A broken description in the 200 to the INVITE leads to a delivery to the path that it states, or to BYE.",
                   .clause = "RFC 8866 9; RFC 4975 8.2",
                   .strength = "profile",
                   .kind = "invariant",
                   .file = __FILE_NAME__,
                   .line = __LINE__,
                   .detects = {"M176", "M190"},
                   .not_built = "A connection to an address that the answer names elsewhere than in its path is seen where that is another "
                                "one of ours: only the loopback of IPv4 has a second address for sure."},
          .needs = {std::string(claim_msrp_peer)},
          .heavy = true,
          .run = broken_answers};
}

}  // namespace tollgate::deferred_push
