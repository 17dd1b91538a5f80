#pragma once
/// The twelve steps as a trace with real octets, for tests of what shows traces: bob deposits, alice registers, the
/// server reserves, pushes over MSRP, debits and hangs up. The answer to the reservation is withheld for a while.
#include <string>
#include <string_view>

#include "codec/ch2/ch2.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "trace/trace.hpp"

namespace tollgate::trace {

class TwelveSteps {
 public:
  TwelveSteps() {
    deposit();
    registration();
    reservation();
    invitation();
    delivery();
    debit();
    farewell();
  }
  [[nodiscard]] Trace const& trace() const { return trace_; }

 private:
  static constexpr auto received = Direction::received;
  static constexpr auto sent = Direction::sent;
  static constexpr std::string_view server = "127.0.0.1:5070";

  EventId record(Event event, std::int64_t after_us) {
    event.at_ns = now_ += after_us * 1000;
    return trace_.record(std::move(event));
  }
  EventId sip(std::string const& actor, Direction direction, std::string octets, EventId repeats = 0) {
    bool const bob = actor == "bob";
    return record({.channel = Channel::sip,
                   .direction = direction,
                   .actor = actor,
                   .party = bob ? "sip:bob@ims.example" : "sip:alice@ims.example",
                   .transport = Transport::udp,
                   .local = bob ? "127.0.0.1:40001" : "127.0.0.1:40002",
                   .remote = std::string(server),
                   .octets = std::move(octets),
                   .repeats = repeats},
                  402);
  }
  static std::string headers(std::string_view user, std::string_view call, std::string_view cseq, std::string_view more = {},
                             std::string_view body = {}) {
    std::string text = "Via: SIP/2.0/UDP 127.0.0.1:40002;branch=z9hG4bK" + std::string(call) + std::string(cseq.substr(0, 1));
    text += "\r\nMax-Forwards: 70\r\nFrom: <sip:" + std::string(user) + "@ims.example>;tag=f1\r\nTo: <sip:alice@ims.example>;tag=t1";
    text += "\r\nCall-ID: " + std::string(call) + "\r\nCSeq: " + std::string(cseq) + "\r\n" + std::string(more);
    return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  }
  static std::string sdp(std::string_view port, std::string_view session) {
    std::string const at(port);
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message " + at +
           " TCP/MSRP *\r\na=accept-types:message/cpim text/plain\r\na=path:msrp://127.0.0.1:" + at + "/" + std::string(session) +
           ";tcp\r\n";
  }
  static constexpr std::string_view sdp_type = "Contact: <sip:ims@127.0.0.1:5070>\r\nContent-Type: application/sdp\r\n";

  void deposit() {
    sip("bob", sent,
        "MESSAGE sip:alice@ims.example SIP/2.0\r\n" + headers("bob", "dep", "1 MESSAGE", "Content-Type: text/plain\r\n", "hello later"));
    sip("bob", received, "SIP/2.0 202 Accepted\r\n" + headers("bob", "dep", "1 MESSAGE"));
  }
  void registration() {
    std::string const contact = "Contact: <sip:alice@127.0.0.1:40002>\r\n";
    sip("alice", sent, "REGISTER sip:ims.example SIP/2.0\r\n" + headers("alice", "reg", "1 REGISTER", contact));
    sip("alice", received, "SIP/2.0 200 OK\r\n" + headers("alice", "reg", "1 REGISTER", contact));
  }
  Event charging(Direction direction, Octets octets, EventId about = 0) {
    return {.channel = Channel::ch2,
            .direction = direction,
            .actor = "ocs",
            .party = "sip:alice@ims.example",
            .local = "127.0.0.1:40003",
            .remote = "127.0.0.1:40100",
            .octets = std::move(octets),
            .about = about};
  }
  EventId ccr(ch2::RequestType type, std::uint64_t units) {
    ch2::Request request{.type = type,
                         .number = number_++,
                         .session_id = "ims.ims.example;1;1",
                         .subscriber = "sip:alice@ims.example",
                         .service_context = "im@openmobilealliance.org"};
    (type == ch2::RequestType::initial ? request.requested : request.used) = units;
    ccr_ = ch2::write_request(request, {"ims.ims.example", "ims.example", "ims.example"});
    ccr_.header.hop_by_hop = ccr_.header.end_to_end = number_;
    return record(charging(received, ccr_.write()), 311);
  }
  void cca(EventId about, ch2::Answer const& answer) {
    record(charging(sent, ch2::write_answer(answer, ccr_, "ocs.ims.example", "ims.example").write(), about), 250);
  }
  void reservation() {
    EventId const reserve = ccr(ch2::RequestType::initial, 1);
    record({.kind = Kind::withheld,
            .channel = Channel::ch2,
            .direction = sent,
            .actor = "ocs",
            .party = "sip:alice@ims.example",
            .about = reserve,
            .note = "answer to reserve_units"},
           20);
    record({.kind = Kind::silence, .actor = "alice", .note = "no INVITE for 500.0 ms"}, 1);
    record({.kind = Kind::released,
            .channel = Channel::ch2,
            .direction = sent,
            .actor = "ocs",
            .party = "sip:alice@ims.example",
            .about = reserve,
            .note = "answer to reserve_units"},
           500'000);
    cca(reserve, {.result = 2001, .granted = 1});
  }
  void invitation() {
    auto const body = sdp("40200", "srv");
    auto const invite = "INVITE sip:alice@127.0.0.1:40002 SIP/2.0\r\n" + headers("ims", "push", "1 INVITE", sdp_type, body);
    auto const first = sip("alice", received, invite);
    sip("alice", received, invite, first);
    sip("alice", sent, "SIP/2.0 200 OK\r\n" + headers("ims", "push", "1 INVITE", sdp_type, sdp("40004", "cli")));
    sip("alice", received, "ACK sip:alice@127.0.0.1:40002 SIP/2.0\r\n" + headers("ims", "push", "1 ACK"));
  }
  Event msrp(Kind kind, Direction direction, Octets octets = {}, EventId about = 0) {
    return {.kind = kind,
            .channel = Channel::msrp,
            .direction = direction,
            .actor = "alice",
            .party = "sip:alice@ims.example",
            .local = "127.0.0.1:40004",
            .remote = "127.0.0.1:40200",
            .octets = std::move(octets),
            .about = about};
  }
  void delivery() {
    std::string const to = "To-Path: msrp://127.0.0.1:40004/cli;tcp\r\nFrom-Path: msrp://127.0.0.1:40200/srv;tcp\r\n";
    send_ = record(msrp(Kind::message, received,
                        "MSRP tid1x SEND\r\n" + to +
                            "Message-ID: m1\r\nByte-Range: 1-11/11\r\n"
                            "Content-Type: text/plain\r\n\r\nhello later\r\n-------tid1x$\r\n"),
                   800);
  }
  void debit() {
    auto const debit = ccr(ch2::RequestType::termination, 1);
    cca(debit, {.result = 2001});
    record(msrp(Kind::message, sent,
                "MSRP tid1x 200 OK\r\nTo-Path: msrp://127.0.0.1:40200/srv;tcp\r\n"
                "From-Path: msrp://127.0.0.1:40004/cli;tcp\r\n-------tid1x$\r\n",
                send_),
           150);
  }
  void farewell() {
    sip("alice", received, "BYE sip:alice@127.0.0.1:40002 SIP/2.0\r\n" + headers("ims", "push", "2 BYE"));
    sip("alice", sent, "SIP/2.0 200 OK\r\n" + headers("ims", "push", "2 BYE"));
    auto closed = msrp(Kind::closed, received);
    closed.note = "end of stream";
    record(std::move(closed), 90);
  }

  Trace trace_;
  std::int64_t now_ = 1'000'000'000;
  std::uint32_t number_ = 0;
  diameter::Message ccr_;
  EventId send_ = 0;
};

inline Trace twelve_steps() {
  return TwelveSteps().trace();
}

}  // namespace tollgate::trace
