#pragma once
/// One SIPp and the connection to it: what it is given, what it has written, who waits for that.
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "actors/im_client/author.hpp"
#include "actors/sipp/stage.hpp"
#include "codec/stream_buffer.hpp"
#include "sim/later.hpp"
#include "transport/network.hpp"

namespace tollgate::sipp {

class Leg {
 public:
  Leg(Clock& clock, Network& network, Part const& part, Staged staged);
  ~Leg();

  /// Connects to one that listens, again and again until it does or has ended.
  void connects();
  /// The connection of one that calls.
  void adopts(std::unique_ptr<Stream> stream);

  /// Gives it a message; what comes before the connection waits for it. A request that it has already is not given again.
  void gives(sip::Message message);
  /// The next message that fits goes to `written`: a request of that method where `status` is 0, else a response to one. A final
  /// status stands for any: what a user's scenario writes in its place is the answer all the same.
  void claims(std::string method, int status, SipAuthor::Written written);

  [[nodiscard]] std::string const& scene() const { return scene_; }
  [[nodiscard]] std::string const& call_id() const { return call_id_; }
  [[nodiscard]] Address const& at() const { return at_; }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] bool has_claims() const { return !claims_.empty(); }

  std::function<void(sip::Message&)> on_message;        ///< before anybody sees it: it may be changed
  std::function<void(sip::Message)> on_unclaimed;       ///< nobody claims it now, and nothing keeps it
  /// What it wrote is no message that anybody could be sent: the octets, and why. Of a connection that cannot be cut any further once.
  std::function<void(std::string_view octets, std::string const& why)> on_unreadable;
  std::function<void(Program const&)> on_end;
  /// Looks whether it has ended just now.
  void looks();
  /// Of a living one: see stage.hpp.
  [[nodiscard]] std::string complaint() const { return program_->complaint(); }

 private:
  struct Claim {
    std::string method;
    int status = 0;
    SipAuthor::Written written;
    [[nodiscard]] bool fits(sip::Message const& message, std::string_view of) const;  ///< `of`: its method, or what it answers
  };
  void try_again();
  void open();
  void read(std::string_view octets);
  void take(sip::Message message, std::string_view octets);
  /// SIPp copies a response's from the request.
  [[nodiscard]] bool is_copied(sip::Message const& message, sip::Name name) const;
  /// Its method, or that of the request which it answers.
  [[nodiscard]] std::string method_of(sip::Message const& message) const;
  /// What has come is no whole message: it will be told, unless the rest comes soon.
  void wait_for_rest();
  void tell(std::string_view octets, std::string const& why) const;

  Clock& clock_;
  Network& network_;
  std::string scene_;
  std::string call_id_;
  Address at_;
  std::unique_ptr<Program> program_;
  std::unique_ptr<Stream> stream_;
  StreamBuffer buffer_;
  bool is_open_ = false;
  bool ended_ = false;
  std::deque<Octets> waiting_;                           ///< for the connection
  std::set<std::pair<std::string, std::string>> given_;  ///< requests, by branch and method
  std::list<Claim> claims_;
  std::deque<sip::Message> unclaimed_;
  std::optional<sip::Message> asked_;  ///< the newest request that it has
  TimerId retry_;
  TimerId rest_;
  Later later_;
};

}  // namespace tollgate::sipp
