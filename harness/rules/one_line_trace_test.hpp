#pragma once
/// Traces for rule tests, written on one line: "reserve grant invite ok send:1 200:1 debit:1 bye". Every word becomes an event
/// with real octets, a millisecond after the one before; "+30s" lets time pass.
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "codec/diameter/ch2.hpp"
#include "rules/rule.hpp"

namespace tollgate::rules {

class OneLineTrace {
 public:
  explicit OneLineTrace(std::string const& line) {
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      auto const colon = word.find(':');
      add(word.substr(0, colon), colon == std::string::npos ? "" : word.substr(colon + 1));
    }
  }
  operator trace::Trace const&() const { return trace_; }

 private:
  void add(std::string const& word, std::string const& value) {
    unsigned long const n = value.empty() ? 1 : std::stoul(value);
    if (word.starts_with('+')) now_ += std::stoll(word.substr(1)) * 1'000'000'000;
    else if (word == "reserve") ccr(ch2::RequestType::initial, ch2::Operation::reserve_units, n, 0);
    else if (word == "debit") ccr(ch2::RequestType::termination, ch2::Operation::debit_units, 0, n);
    else if (word == "update") ccr(ch2::RequestType::update, ch2::Operation::debit_units, 0, n);
    else if (word == "close") ccr(ch2::RequestType::termination, ch2::Operation::close, 0, 0);
    else if (word == "grant") cca(2001, n);
    else if (word == "deny") cca(4012, 0);
    else if (word == "free") cca(4011, 0);
    else if (word == "invite") sip(received, "INVITE", 1, "i");
    else if (word == "again") repeat();
    else if (word == "ok") sip_answer("INVITE", 200, 1, "i");
    else if (word == "busy") sip_answer("INVITE", 486, 1, "i");
    else if (word == "ack") sip(received, "ACK", 1, "a", true);
    else if (word == "bye") sip(received, "BYE", static_cast<unsigned>(value.empty() ? 2 : n), "b" + value, true);
    else if (word == "send") msrp_send(value);
    else if (word == "200" || word == "413") msrp_answer(word, value);
    else if (word == "lost") record({.kind = trace::Kind::closed, .channel = trace::Channel::msrp, .octets = {}});
    else ADD_FAILURE() << "no such word: " << word;
  }

  static constexpr auto received = trace::Direction::received;
  static constexpr auto sent = trace::Direction::sent;

  trace::EventId record(trace::Event event) {
    event.at_ns = now_ += 1'000'000;
    event.party = "sip:u@x";
    event.actor = event.channel == trace::Channel::ch2 ? "ocs" : "alice";
    return trace_.record(std::move(event));
  }
  void repeat() {
    auto event = trace_.events().back();
    event.repeats = event.id;
    record(std::move(event));
  }
  void ccr(ch2::RequestType type, ch2::Operation operation, unsigned long requested, unsigned long used) {
    ch2::Request request;
    request.type = type;
    request.operation = operation;
    request.session_id = "ims;1;" + std::to_string(session_ += type == ch2::RequestType::initial ? 1 : 0);
    request.subscriber = "sip:u@x";
    request.service_context = "im@x";
    request.number = type == ch2::RequestType::initial ? 0 : 1;
    if (requested > 0) request.requested = requested;
    if (operation == ch2::Operation::debit_units) request.used = used;
    last_ccr_ = ch2::write_request(request, {"ims", "x", "x"});
    about_ = record({.channel = trace::Channel::ch2, .direction = received, .octets = last_ccr_.write()});
  }
  void cca(std::uint32_t result, unsigned long granted) {
    ch2::Answer answer;
    answer.result = result;
    if (granted > 0) answer.granted = granted;
    record({.channel = trace::Channel::ch2, .direction = sent,
            .octets = ch2::write_answer(answer, last_ccr_, "ocs", "x").write(), .about = about_});
  }
  static std::string headers(std::string const& method, unsigned cseq, std::string const& branch, bool to_tag) {
    return "Via: SIP/2.0/UDP h;branch=z9hG4bK" + branch + "\r\nFrom: <sip:s@x>;tag=f\r\nTo: <sip:u@x>" +
           (to_tag ? ";tag=t" : "") + "\r\nCall-ID: d\r\nCSeq: " + std::to_string(cseq) + " " + method + "\r\n\r\n";
  }
  void sip(trace::Direction direction, std::string const& method, unsigned cseq, std::string const& branch, bool to_tag = false) {
    record({.channel = trace::Channel::sip, .direction = direction,
            .octets = method + " sip:u@h SIP/2.0\r\n" + headers(method, cseq, branch, to_tag)});
  }
  void sip_answer(std::string const& method, int status, unsigned cseq, std::string const& branch) {
    record({.channel = trace::Channel::sip, .direction = sent,
            .octets = "SIP/2.0 " + std::to_string(status) + " Answer\r\n" + headers(method, cseq, branch, true)});
  }
  /// "1" is message 1 or its last chunk, "1+" a chunk of it that others follow.
  void msrp_send(std::string const& id) {
    bool const goes_on = id.ends_with('+');
    std::string const tid = "tid" + id.substr(0, id.size() - (goes_on ? 1 : 0)) + (goes_on ? "y" : "x");
    sends_[id] = record({.channel = trace::Channel::msrp,
                         .direction = received,
                         .octets = "MSRP " + tid +
                                   " SEND\r\nTo-Path: msrp://h:1/a;tcp\r\nFrom-Path: msrp://h:2/b;tcp\r\nMessage-ID: m" +
                                   id.substr(0, id.size() - (goes_on ? 1 : 0)) +
                                   "\r\nContent-Type: text/plain\r\n\r\nhi\r\n-------" + tid + (goes_on ? "+" : "$") + "\r\n"});
  }
  void msrp_answer(std::string const& status, std::string const& id) {
    bool const goes_on = id.ends_with('+');
    std::string const tid = "tid" + id.substr(0, id.size() - (goes_on ? 1 : 0)) + (goes_on ? "y" : "x");
    record({.channel = trace::Channel::msrp,
            .direction = sent,
            .octets = "MSRP " + tid + " " + status +
                      " Answer\r\nTo-Path: msrp://h:2/b;tcp\r\nFrom-Path: msrp://h:1/a;tcp\r\n-------" + tid + "$\r\n",
            .about = sends_.at(id)});
  }

  trace::Trace trace_;
  std::int64_t now_ = 0;
  int session_ = 0;
  trace::EventId about_ = 0;
  diameter::Message last_ccr_;
  std::map<std::string, trace::EventId> sends_;
};

}  // namespace tollgate::rules
