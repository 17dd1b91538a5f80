#pragma once
/// What a server under test stands between: a telephone and a Charging Enabler. Each answers what comes as a good peer would; a test
/// changes that by the hooks.
#include <deque>
#include <functional>
#include <gmock/gmock.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "codec/ch2/ch2.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/uri.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/sip/response.hpp"
#include "codec/sip/views.hpp"
#include "codec/stream_buffer.hpp"
#include "transport/network.hpp"

namespace tollgate::refserver {

/// A Charging Enabler that keeps every request and grants what is asked for.
class TestCharging {
 public:
  explicit TestCharging(Network& network, std::uint16_t port = 3868) : listener_(network.listen({"127.0.0.1", port})) {
    listener_->on_accept = [this](std::unique_ptr<Stream> stream) {
      if (stream_) former_.push_back(std::move(stream_));
      stream_ = std::move(stream);
      buffer_ = StreamBuffer([](auto octets) { return diameter::frame(octets); });
      stream_->on_octets = [this](std::string_view octets) { read(octets); };
    };
  }

  /// Nothing withholds the answer.
  std::function<std::optional<ch2::Answer>(ch2::Request const&)> on_ccr = [](ch2::Request const& request) {
    return std::optional(ch2::Answer{.result = 2001, .granted = request.requested});
  };
  std::function<std::uint32_t()> on_cer = [] { return 2001U; };
  /// Told every message that goes out.
  std::function<void(diameter::Message&)> change = [](auto&) {};
  std::function<void(Octets&)> change_octets = [](auto&) {};
  std::vector<ch2::Request> ccrs;
  std::vector<diameter::Message> requests;  ///< of ccrs
  std::vector<diameter::Message> others;    ///< every other message but CER and DWR
  unsigned sent = 0;                        ///< messages, but DWA

  [[nodiscard]] Address address() const { return listener_->local(); }
  void answers(std::size_t which, ch2::Answer const& answer) { send(ch2::write_answer(answer, requests.at(which), "ocs", "x")); }
  void send(diameter::Message message) {
    change(message);
    auto octets = message.write();
    change_octets(octets);
    if (message.header.command != diameter::command_watchdog) ++sent;
    stream_->send(octets);
  }
  void send(Octets const& octets) { stream_->send(octets); }
  [[nodiscard]] Stream& stream() { return *stream_; }

 private:
  void read(std::string_view octets) {
    buffer_.append(octets);
    while (auto const cut = buffer_.next()) {
      auto message = diameter::Message::parse(cut->octets);
      ASSERT_TRUE(message);
      take(*message);
    }
  }
  void take(diameter::Message const& message) {
    constexpr std::uint32_t success = 2001;
    diameter::Peer const self{.origin_host = "ocs", .origin_realm = "x"};
    bool const is_request = message.header.is_request();
    if (is_request && message.header.command == diameter::command_capabilities)
      return send(diameter::capabilities_answer(message, self, on_cer()));
    if (is_request && message.header.command == diameter::command_watchdog) return send(diameter::short_answer(message, self, success));
    auto const ccr = ch2::read_request(message);
    if (!ccr) return others.push_back(message);
    ccrs.push_back(*ccr);
    requests.push_back(message);
    if (auto const answer = on_ccr(*ccr)) answers(requests.size() - 1, *answer);
  }

  std::unique_ptr<Listener> listener_;
  std::unique_ptr<Stream> stream_;
  std::vector<std::unique_ptr<Stream>> former_;
  StreamBuffer buffer_{[](auto octets) { return diameter::frame(octets); }};
};

/// An IM Client over UDP: accepts, connects for MSRP after the ACK, answers everything 200.
class TestPhone {
 public:
  TestPhone(Network& network, std::uint16_t port, Address server = {"127.0.0.1", 5060})
      : network_(network), server_(std::move(server)), socket_(network.bind({"127.0.0.1", port})), port_(socket_->local().port) {
    socket_->on_octets = [this](Octets const& octets, Address const&) {
      if (auto message = sip::Message::parse(octets)) take(std::move(*message));
    };
  }

  std::deque<sip::Message> got;         ///< everything, in order
  std::vector<msrp::Message> sends;     ///< SENDs with content
  std::vector<msrp::Message> answered;  ///< answers to our own MSRP requests
  bool msrp_lost = false;
  unsigned sent = 0;  ///< messages, but OPTIONS, which only ask whether the server lives
  /// True: the test has dealt with it.
  std::function<bool(sip::Message const&)> on_request = [](auto const&) { return false; };
  /// The status to answer with; 0 withholds it.
  std::function<int(msrp::Message const&)> on_send = [](auto const&) { return 200; };
  /// Told every SEND, with content or without.
  std::function<void(msrp::Message const&)> on_any_send = [](auto const&) {};
  std::function<void(sdp::MsrpMedia&)> change_answer = [](auto&) {};
  std::function<void(sip::Message&)> change_response = [](auto&) {};
  sdp::Setup setup = sdp::Setup::active;

  [[nodiscard]] std::string contact() const { return "<sip:phone@127.0.0.1:" + std::to_string(port_) + ">"; }
  [[nodiscard]] sip::Message request(std::string_view method, std::string const& uri, std::string const& to, std::string const& call_id,
                                     unsigned cseq) {
    auto message = sip::Message::request(method, uri);
    message.add(sip::Name::via, "SIP/2.0/UDP 127.0.0.1:" + std::to_string(port_) + ";branch=z9hG4bKt" + std::to_string(++branch_));
    message.add(sip::Name::max_forwards, "70").add(sip::Name::from, "<sip:phone@ims.example>;tag=phone").add(sip::Name::to, to);
    message.add(sip::Name::call_id, call_id).add(sip::Name::cseq, std::to_string(cseq) + " " + std::string(method));
    return message;
  }
  void send(sip::Message message) {
    if (!message.value(sip::Name::content_length)) message.set_body("", "");
    send(message.write());
  }
  void send(Octets const& octets) {
    if (!octets.starts_with("OPTIONS ")) ++sent;
    socket_->send(octets, server_);
  }
  [[nodiscard]] sip::Message registration(std::string const& user, unsigned cseq = 1, std::string const& expires = "600") {
    auto message = request("REGISTER", "sip:ims.example", "<" + user + ">", "reg-" + user, cseq);
    message.add(sip::Name::contact, contact()).add(sip::Name::expires, expires);
    return message;
  }
  void registers(std::string const& user, unsigned cseq = 1, std::string const& expires = "600") {
    send(registration(user, cseq, expires));
  }
  void deposits(std::string const& user, std::string const& text) {
    auto message = request("MESSAGE", user, "<" + user + ">", "dep-" + std::to_string(branch_), 1);
    message.set_body(text, "text/plain");
    send(std::move(message));
  }
  void answers(sip::Message const& request, int status, std::string const& tag = "me") {
    auto response = sip::response_to(request, status, tag);
    response.add(sip::Name::contact, contact());
    if (request.method() == "INVITE" && status == 200)
      response.set_body(answer_to(request), "application/sdp");
    else
      response.set_body("", "");
    change_response(response);
    send(response.write());
  }
  void sends_msrp(msrp::Message const& message) {
    ++sent;
    stream_->send(message.write());
  }
  [[nodiscard]] Stream& msrp() { return *stream_; }
  [[nodiscard]] std::string const& their_path() const { return their_path_; }
  [[nodiscard]] std::string const& own_path() const { return own_path_; }

  /// The SDP answer; opens what it names.
  std::string answer_to(sip::Message const& invite) {
    if (stream_) former_.push_back(std::move(stream_));
    auto const offer = sdp::msrp_media(*sdp::Description::parse(invite.body()));
    their_path_ = offer->path.front();
    sdp::MsrpMedia media;
    media.address = "127.0.0.1";
    media.setup = setup;
    media.port = 9;
    if (setup == sdp::Setup::passive) media.port = listen();
    own_path_ = "msrp://127.0.0.1:" + std::to_string(media.port) + "/phone;tcp";
    media.path = {own_path_};
    media.accept_types = {"message/cpim", "text/plain"};
    media.accept_wrapped_types = {"*"};
    media.direction = sdp::Direction::recvonly;
    change_answer(media);
    return sdp::describe(media, 1, 1).write();
  }

  /// Requests of that method, or responses of that status.
  [[nodiscard]] std::vector<sip::Message> all(std::string_view method) const {
    std::vector<sip::Message> out;
    for (auto const& message : got)
      if (message.is_request() ? message.method() == method : std::to_string(message.status()) == method) out.push_back(message);
    return out;
  }
  /// The final status of the newest response to that method; 0 for none.
  [[nodiscard]] int status_of(std::string_view method) const {
    int status = 0;
    for (auto const& message : got)
      if (auto const cseq = sip::cseq(message); !message.is_request() && cseq && cseq->method == method) status = message.status();
    return status;
  }

  /// The dialog of the newest INVITE, for requests of the phone in it.
  [[nodiscard]] sip::Message in_dialog(std::string_view method, unsigned cseq) {
    auto const invite = all("INVITE").back();
    auto const peer = sip::contacts(invite);
    auto message = sip::Message::request(method, (*peer)[0].uri);
    message.add(sip::Name::via, "SIP/2.0/UDP 127.0.0.1:" + std::to_string(port_) + ";branch=z9hG4bKd" + std::to_string(++branch_));
    message.add(sip::Name::max_forwards, "70").add(sip::Name::from, std::string(*invite.value(sip::Name::to)) + ";tag=me");
    message.add(sip::Name::to, *invite.value(sip::Name::from)).add(sip::Name::call_id, *invite.value(sip::Name::call_id));
    message.add(sip::Name::cseq, std::to_string(cseq) + " " + std::string(method));
    return message;
  }

 private:
  void take(sip::Message message) {
    got.push_back(message);
    if (!message.is_request() || on_request(message)) return;
    if (message.method() == "ACK") return connect();
    answers(message, 200);
  }
  std::uint16_t listen() {
    listener_ = network_.listen({"127.0.0.1", 0});
    listener_->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream)); };
    return listener_->local().port;
  }
  void connect() {
    if (setup != sdp::Setup::active || stream_ || their_path_.empty()) return;
    auto const uri = msrp::parse_uri(their_path_);
    adopt(network_.connect("127.0.0.1", {std::string(uri->host), *uri->port}));
    auto bind = msrp::Message::request("bind1234", "SEND");
    bind.add("To-Path", their_path_).add("From-Path", own_path_).add("Message-ID", "bind").add("Byte-Range", "1-0/0");
    stream_->on_open = [this, octets = bind.write()] {
      ++sent;
      stream_->send(octets);
    };
  }
  void adopt(std::unique_ptr<Stream> stream) {
    stream_ = std::move(stream);
    buffer_ = StreamBuffer([](auto octets) { return msrp::frame(octets); });
    stream_->on_octets = [this](std::string_view octets) {
      buffer_.append(octets);
      while (auto const cut = buffer_.next()) take_msrp(*msrp::Message::parse(cut->octets));
    };
    stream_->on_closed = [this](std::string_view) { msrp_lost = true; };
  }
  void take_msrp(msrp::Message const& message) {
    if (!message.is_request()) return answered.push_back(message);
    on_any_send(message);
    if (message.has_body()) sends.push_back(message);
    int const status = message.has_body() ? on_send(message) : 200;
    if (status == 0 || message.method() != "SEND") return;
    auto response = msrp::Message::response(message.transaction_id(), status);
    response.add("To-Path", *message.value("From-Path")).add("From-Path", own_path_);
    sends_msrp(response);
  }

  Network& network_;
  Address server_;
  std::unique_ptr<Datagrams> socket_;
  std::uint16_t port_;
  unsigned branch_ = 0;
  std::string their_path_, own_path_;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<Stream> stream_;
  std::vector<std::unique_ptr<Stream>> former_;
  StreamBuffer buffer_{[](auto octets) { return msrp::frame(octets); }};
};

}  // namespace tollgate::refserver
