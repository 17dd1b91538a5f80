#pragma once
/// Traces for rule tests, written on one line: "reserve grant invite ok send:1 200:1 debit:1 bye". Every word becomes an
/// event with real octets, a millisecond after the one before; "+30s" and "+5ms" let time pass; "b.reserve" is of another
/// party. The words stand in `add`.
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>

#include "codec/ch2/ch2.hpp"
#include "rules/rule.hpp"

namespace tollgate::rules {

class OneLineTrace {
 public:
  explicit OneLineTrace(std::string const& line) {
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      party_ = word.starts_with("b.") ? "sip:b@x" : "sip:u@x";
      if (word.starts_with("b.")) word.erase(0, 2);
      auto const colon = word.find(':');
      auto const name = word.substr(0, colon);
      auto const value = colon == std::string::npos ? "" : word.substr(colon + 1);
      if (!add_charging(name, value) && !add_sip(name, value) && !add_msrp(name, value)) ADD_FAILURE() << "no such word: " << word;
    }
  }
  operator trace::Trace const&() const { return trace_; }

 private:
  static constexpr auto received = trace::Direction::received;
  static constexpr auto sent = trace::Direction::sent;
  using Type = ch2::RequestType;
  using Operation = ch2::Operation;

  /// 1 where there is none.
  static unsigned long number_in(std::string const& value) {
    return value.empty() || value.find_first_not_of("0123456789") != std::string::npos ? 1 : std::stoul(value);
  }
  bool add_charging(std::string const& word, std::string const& value) {
    auto const n = number_in(value);
    if (word == "reserve")
      ccr(Type::initial, Operation::reserve_units, n, 0);
    else if (word == "debit")
      ccr(Type::termination, Operation::debit_units, 0, n);
    else if (word == "update")
      ccr(Type::update, Operation::debit_units, 0, n);
    else if (word == "close")
      ccr(Type::termination, Operation::close, 0, 0);
    else if (word == "number")
      number_ = static_cast<std::uint32_t>(n);       // of the next CCR
    else if (word == "session")
      session_ = static_cast<int>(n);               // of the next CCR but reserve, which adds one
    else if (word == "hop")
      hop_ = static_cast<std::uint32_t>(n - 1);         // of the next CCR
    else if (word == "end")
      end_ = static_cast<std::uint32_t>(n - 1);         // of the next CCR
    else if (word == "resent")
      resend();
    else if (word == "abort")
      abort();
    else if (word == "flagged")
      next_flags_ = diameter::flag_retransmitted;
    else if (word == "grant")
      cca(2001, n);
    else if (word == "continue")
      cca(2001, n, 0, 1);                          // CCFH CONTINUE
    else if (word == "stray")
      cca(2001, n, 1);                                // of another Hop-by-Hop
    else if (word == "deny")
      cca(4012, 0);
    else if (word == "free")
      cca(4011, 0);
    else if (word == "answer")
      cca(static_cast<std::uint32_t>(n), 0);
    else if (word == "peer-lost")
      record({.kind = trace::Kind::closed, .channel = trace::Channel::ch2});
    else if (word == "restart")
      record({.kind = trace::Kind::restarted});
    else
      return false;
    return true;
  }
  bool add_sip(std::string const& word, std::string const& value) {
    auto const n = number_in(value);
    auto const number = static_cast<unsigned>(n);
    if (word.starts_with('+'))
      now_ += std::stoll(word.substr(1)) * (word.ends_with("ms") ? 1'000'000 : 1'000'000'000);
    else if (word == "tcp")
      transport_ = trace::Transport::tcp;
    else if (word == "call")
      call_ = "d" + value;  // of what follows
    else if (word == "fork")
      tag_ = value.empty() ? "t" : value;  // our tag in what follows
    else if (word == "invite")
      sip(received, "INVITE", number, "i" + call_ + value);
    else if (word == "again")
      repeat();
    else if (word == "ok")
      sip_answer("INVITE", 200, number, "i" + call_ + value);
    else if (word == "busy")
      sip_answer("INVITE", 486, number, "i" + call_ + value);
    else if (word == "moved")
      sip_answer("INVITE", 302, number, "i" + call_ + value);
    else if (word == "inactive")
      sip_answer("INVITE", 200, number, "i" + call_ + value, inactive_answer);
    else if (word == "ack")
      sip(received, "ACK", number, "a", true);
    else if (word == "info")
      sip(received, "INFO", number, "n" + value, true);
    else if (word == "bye")
      sip(received, "BYE", value.empty() ? 2 : number, "b" + value, true);
    else if (word == "gone")
      sip_answer("BYE", 200, 2, "b", "", sent, trace_.events().back().id);  // ours to the bye before it
    else if (word == "hangs-up")
      hangs_up();
    else if (word == "hung-up")
      hung_up();
    else if (word == "no-dialog")
      sip_answer("BYE", 481, 1, "h", "", received, trace_.events().back().id);  // to the hangs-up before it
    else if (word == "register")
      last_register_ = sip(sent, "REGISTER", 1, "r" + std::to_string(++registers_));
    else if (word == "registered")
      sip_answer("REGISTER", 200, 1, "r" + std::to_string(registers_), "", received, last_register_);
    else if (word == "store")
      store(value);
    else
      return false;
    return true;
  }
  /// "1" is message 1 or its last chunk, "1+" a chunk of it that others follow, "1@2" message 1 under transaction id 2.
  bool add_msrp(std::string const& word, std::string const& value) {
    bool const is_status = word.size() == 3 && word.find_first_not_of("0123456789") == std::string::npos;
    if (word == "send")
      msrp_send(value);
    else if (is_status)
      msrp_answer(word, value);
    else if (word == "report")
      report(value);
    else if (word == "lost")
      record({.kind = trace::Kind::closed, .channel = trace::Channel::msrp, .note = "closed by the peer"});
    else if (word == "unsecured")
      record({.kind = trace::Kind::unsecured, .channel = trace::Channel::msrp, .note = "no TLS handshake: what came is \"MSRP\""});
    else if (word == "breaks")
      record({.kind = trace::Kind::closed, .channel = trace::Channel::msrp, .direction = sent, .note = "reset by us"});
    else
      return false;
    return true;
  }

  static constexpr char const* inactive_answer =
      "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\nm=message 9 TCP/MSRP *\r\n"
      "a=accept-types:*\r\na=path:msrp://1.2.3.4:9/a;tcp\r\na=inactive\r\n";

  trace::EventId record(trace::Event event) {
    event.at_ns = now_ += 1'000'000;
    event.party = party_;
    event.actor = event.channel == trace::Channel::ch2 ? "ocs" : "alice";
    event.transport = event.channel == trace::Channel::sip ? transport_ : trace::Transport::tcp;
    return trace_.record(std::move(event));
  }
  void repeat() {
    auto event = trace_.events().back();
    event.repeats = event.repeats != 0 ? event.repeats : event.id;
    record(std::move(event));
  }

  // Charging.
  void ccr(Type type, Operation operation, unsigned long requested, unsigned long used) {
    ch2::Request request;
    request.type = type;
    request.operation = operation;
    if (type == Type::initial) ++session_, number_ = std::exchange(first_number_, 0);
    request.session_id = "ims;1;" + std::to_string(session_);
    request.subscriber = party_;
    request.service_context = "im@x";
    request.number = number_++;
    if (requested > 0) request.requested = requested;
    if (operation == Operation::debit_units) request.used = used;
    auto message = ch2::write_request(request, {"ims", "x", "x"});
    message.header.hop_by_hop = ++hop_;
    message.header.end_to_end = ++end_;
    message.header.flags |= std::exchange(next_flags_, std::uint8_t{0});
    auto& last = last_ccr_[party_];
    last.message = std::move(message);
    last.event = record({.channel = trace::Channel::ch2, .direction = received, .octets = last.message.write()});
  }
  void resend() {
    auto& last = last_ccr_[party_];
    last.message.header.flags |= diameter::flag_retransmitted;
    last.message.header.hop_by_hop = ++hop_;
    last.event = record({.channel = trace::Channel::ch2, .direction = received, .octets = last.message.write()});
  }
  /// Our ASR for the credit session of the last CCR.
  void abort() {
    auto message = last_ccr_[party_].message;
    constexpr std::uint32_t abort_session = 274;
    message.header.command = abort_session;
    record({.channel = trace::Channel::ch2, .direction = sent, .octets = message.write()});
  }
  void cca(std::uint32_t result, unsigned long granted, std::uint32_t stray = 0, std::optional<std::uint32_t> ccfh = {}) {
    ch2::Answer answer;
    answer.result = result;
    if (granted > 0) answer.granted = granted;
    auto const& last = last_ccr_[party_];
    auto message = ch2::write_answer(answer, last.message, "ocs", "x");
    message.header.hop_by_hop += stray;
    constexpr std::uint32_t failure_handling = 427;
    if (ccfh)
      message.avps.push_back({.code = failure_handling, .flags = diameter::flag_mandatory, .data = diameter::write_unsigned32(*ccfh)});
    record({.channel = trace::Channel::ch2, .direction = sent, .octets = message.write(), .about = last.event});
  }

  // SIP.
  std::string headers(std::string const& method, unsigned cseq, std::string const& branch, bool to_tag, std::string const& body) {
    return "Via: SIP/2.0/UDP h;branch=z9hG4bK" + branch + "\r\nFrom: <sip:s@x>;tag=" + (ours_ ? tag_ : "f") + "\r\nTo: <" + party_ + ">" +
           (to_tag ? ours_ ? ";tag=f" : ";tag=" + tag_ : "") + "\r\nCall-ID: " + call_ + "\r\nCSeq: " + std::to_string(cseq) + " " +
           method + "\r\nMax-Forwards: 70\r\nContact: <sip:u@h>\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  trace::EventId sip(trace::Direction direction, std::string const& method, unsigned cseq, std::string const& branch, bool to_tag = false,
                     std::string const& body = "") {
    return record({.channel = trace::Channel::sip,
                   .direction = direction,
                   .octets = method + " " + party_ + " SIP/2.0\r\n" + headers(method, cseq, branch, to_tag, body)});
  }
  void sip_answer(std::string const& method, int status, unsigned cseq, std::string const& branch, std::string const& body = "",
                  trace::Direction direction = sent, trace::EventId about = 0) {
    record({.channel = trace::Channel::sip,
            .direction = direction,
            .octets = "SIP/2.0 " + std::to_string(status) + " Answer\r\n" + headers(method, cseq, branch, true, body),
            .about = about});
  }
  /// Our BYE and its 200: the tags change their places.
  void hangs_up() {
    ours_ = true;
    sip(sent, "BYE", 1, "h", true);
    ours_ = false;
  }
  void hung_up() {
    ours_ = true;
    sip_answer("BYE", 200, 1, "h", "", received);
    ours_ = false;
  }
  void store(std::string const& text) {
    auto const message = sip(sent, "MESSAGE", 1, "m" + text, false, "text " + text);
    sip_answer("MESSAGE", 202, 1, "m" + text, "", received, message);
  }

  // MSRP.
  struct Send {
    std::string message, transaction;
    bool goes_on = false;
    explicit Send(std::string id) : goes_on(id.ends_with('+')) {
      if (goes_on) id.pop_back();
      auto const at = id.find('@');
      message = id.substr(0, at);
      transaction = "tid" + (at == std::string::npos ? id : id.substr(at + 1)) + (goes_on ? "y" : "x");
    }
  };
  void msrp_send(std::string const& id) {
    Send const send(id);
    sends_[id] = record({.channel = trace::Channel::msrp,
                         .direction = received,
                         .octets = "MSRP " + send.transaction +
                                   " SEND\r\nTo-Path: msrp://h:1/a;tcp\r\nFrom-Path: msrp://h:2/b;tcp\r\nMessage-ID: m" + send.message +
                                   "\r\nContent-Type: text/plain\r\n\r\ntext " + send.message + "\r\n-------" + send.transaction +
                                   (send.goes_on ? "+" : "$") + "\r\n"});
  }
  void msrp_answer(std::string const& status, std::string const& id) {
    Send const send(id);
    record({.channel = trace::Channel::msrp,
            .direction = sent,
            .octets = "MSRP " + send.transaction + " " + status +
                      " Answer\r\nTo-Path: msrp://h:2/b;tcp\r\nFrom-Path: msrp://h:1/a;tcp\r\n-------" + send.transaction + "$\r\n",
            .about = sends_.at(id)});
  }
  void report(std::string const& id) {
    record({.channel = trace::Channel::msrp,
            .direction = sent,
            .octets = "MSRP rep" + id + "x REPORT\r\nTo-Path: msrp://h:2/b;tcp\r\nFrom-Path: msrp://h:1/a;tcp\r\nMessage-ID: m" + id +
                      "\r\nByte-Range: 1-2/2\r\nStatus: 000 413 No\r\n-------rep" + id + "x$\r\n"});
  }

  struct Ccr {
    trace::EventId event = 0;
    diameter::Message message;
  };
  trace::Trace trace_;
  bool ours_ = false;
  trace::Transport transport_ = trace::Transport::udp;
  std::string party_, call_ = "d", tag_ = "t";
  std::int64_t now_ = 0;
  int session_ = 0, registers_ = 0;
  std::uint32_t number_ = 0, first_number_ = 0, hop_ = 0, end_ = 0;
  std::uint8_t next_flags_ = 0;
  trace::EventId last_register_ = 0;
  std::map<std::string, Ccr> last_ccr_;
  std::map<std::string, trace::EventId> sends_;
};

}  // namespace tollgate::rules
