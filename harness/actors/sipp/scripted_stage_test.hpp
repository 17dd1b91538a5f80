#pragma once
/// Who stands in for SIPp where there is none: a user agent that plays each part as its scenario would, over any network.
#include <fmt/format.h>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "actors/sipp/stage.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/response.hpp"
#include "codec/stream_buffer.hpp"
#include "sim/clock.hpp"
#include "sim/later.hpp"
#include "transport/network.hpp"

namespace tollgate::sipp {

class ScriptedStage {
 public:
  ScriptedStage(Clock& clock, Network& network) : clock_(clock), network_(network), later_(clock) {}

  [[nodiscard]] Stage stage() {
    return [this](Part const& part) { return start(part); };
  }
  std::vector<std::string> scenes;  ///< that were started
  std::vector<std::string> heard;   ///< start lines, by whichever of them
  int status = 0;                   ///< of each answer to an INVITE, whatever is wanted; 0: as wanted
  Octets in_place;                  ///< of its answer to an INVITE: these octets
  bool fails = false;               ///< those that start from now on end at once
  Duration takes = std::chrono::milliseconds(10);  ///< from its start until it listens or calls

 private:
  class Agent;
  class Playing;
  Staged start(Part const& part);

  Clock& clock_;
  Network& network_;
  std::list<std::shared_ptr<Agent>> agents_;
  unsigned started_ = 0;
  Later later_;
};

class ScriptedStage::Agent {
 public:
  Agent(ScriptedStage& stage, Part part, Address at) : stage_(stage), part_(std::move(part)), at_(std::move(at)) {}

  void begins() {
    if (!part_.calls) {
      listener_ = stage_.network_.listen(at_);
      listener_->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream)); };
      return;
    }
    adopt(stage_.network_.connect(at_.host, part_.tap));
    asks("");
  }

 private:
  void adopt(std::unique_ptr<Stream> stream) {
    stream_ = std::move(stream);
    stream_->on_octets = [this](std::string_view octets) {
      buffer_.append(octets);
      while (auto const cut = buffer_.next()) take(*sip::Message::parse(cut->octets));
    };
  }
  void asks(std::string const& proof) {
    std::string const method = part_.scene == "message" ? "MESSAGE" : part_.scene == "hang_up" ? "BYE" : "REGISTER";
    auto request = sip::Message::request(method, part_.keys.at("uri"));
    request.add(sip::Name::via, fmt::format("SIP/2.0/TCP {};branch=z9hG4bK-{}-{}", at_.text(), at_.host, ++asked_));
    request.add(sip::Name::from, fmt::format("<{}>;tag=scripted", part_.keys.at("aor"))).add(sip::Name::to, part_.keys.at("to"));
    request.add(sip::Name::call_id, part_.call_id).add(sip::Name::cseq, fmt::format("{} {}", std::stoul(part_.cseq) + asked_ - 1, method));
    request.add(sip::Name::contact, fmt::format("<sip:agent@{};transport=TCP>", at_.text()));
    if (!proof.empty()) request.add(sip::Name::authorization, proof);
    request.set_body(part_.keys.at("content"), part_.keys.at("type"));
    request.set(sip::Name::content_type, part_.keys.at("type"));  // as a scenario names it, empty or not
    stream_->send(request.write());
  }
  void take(sip::Message const& message) {
    stage_.heard.push_back(message.is_request() ? std::string(message.method()) : fmt::format("{}", message.status()));
    if (message.status() == 401 && part_.scene != "register") asks(fmt::format("Digest username=\"{}\"", part_.user));
    if (!message.is_request() || message.method() == "ACK") return;
    auto response = sip::response_to(message,
                                     message.method() == "BYE" ? 200
                                     : stage_.status != 0      ? stage_.status
                                                               : part_.status,
                                     part_.keys.at("tag"));
    if (message.method() == "INVITE") response.add(sip::Name::contact, fmt::format("<sip:agent@{}>", at_.text()));
    response.set_body(message.method() == "INVITE" ? part_.keys.at("content") : "", part_.keys.at("type"));
    bool const is_other = message.method() == "INVITE" && !stage_.in_place.empty();
    stream_->send(is_other ? stage_.in_place : response.write());
  }

  ScriptedStage& stage_;
  Part part_;
  Address at_;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<Stream> stream_;
  StreamBuffer buffer_{[](auto octets) { return sip::frame(octets); }};
  unsigned asked_ = 0;
};

class ScriptedStage::Playing final : public Program {
 public:
  Playing(Clock& clock, bool ends) : later_(clock) {
    if (ends)
      later_.post([this] {
        ended_ = true;
        if (on_end) on_end();
      });
  }
  [[nodiscard]] bool ended() const override { return ended_; }
  [[nodiscard]] std::string account() const override { return "exit 1: it has a bad day"; }

 private:
  bool ended_ = false;
  Later later_;
};

inline Staged ScriptedStage::start(Part const& part) {
  constexpr std::uint16_t port = 5060;
  constexpr unsigned hosts = 250;
  Address const at{fmt::format("127.1.{}.{}", started_ / hosts, started_ % hosts + 1), port};
  ++started_;
  scenes.push_back(part.scene);
  auto agent = agents_.emplace_back(std::make_shared<Agent>(*this, part, at));
  if (!fails)
    clock_.after(takes, [weak = std::weak_ptr(agent)] {
      if (auto const one = weak.lock()) one->begins();
    });
  return {std::make_unique<Playing>(clock_, fails), at};
}

}  // namespace tollgate::sipp
