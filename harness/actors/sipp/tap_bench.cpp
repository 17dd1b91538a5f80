// What the tap of `--client sipp` adds to a message: 500 sessions a second on the machine's sockets, a SUT and a user agent in one
// thread, which measures, the tap in another. Beside it a bare relay, which carries the same messages between the same
// sockets and reads no more of them than which session they are of: what the tap adds is the difference. The budget is 0.2 ms at the 99th percentile.
#include <algorithm>
#include <atomic>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <map>
#include <thread>

#include "actors/im_client/im_client.hpp"
#include "actors/sipp/sipp_author.hpp"
#include "codec/sip/call_id.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/response.hpp"
#include "transport/sockets.hpp"

namespace tollgate::sipp {
namespace {

using sip::Name;

constexpr int flows = 2000, a_second = 500, clients = 50;

/// The SUT, over UDP, and the agents, over TCP, of all sessions; both know when a message left and when it came.
class Peers {
 public:
  Peers() {
    sut_->on_octets = [this](Octets octets, Address const&) { sut_hears(*sip::Message::parse(octets)); };
    agents_->on_accept = [this](std::unique_ptr<Stream> stream) {
      auto& agent = connections_.emplace_back(std::move(stream), StreamBuffer([](auto octets) { return sip::frame(octets); }));
      agent.first->on_octets = [this, &agent](std::string_view octets) {
        agent.second.append(octets);
        while (auto const cut = agent.second.next()) agent_hears(*sip::Message::parse(cut->octets), *agent.first);
      };
    };
  }
  [[nodiscard]] Address sut() const { return sut_->local(); }
  [[nodiscard]] Address agents() const { return agents_->local(); }

  /// Plays every session, the next one at `to` in turn.
  void play(std::vector<Address> const& to) {
    to_ = &to;
    start_ = clock_.now();
    begin(0);
    constexpr Duration most = 30s;
    clock_.run_until([&, until = clock_.now() + most] { return ended_ == flows || clock_.now() > until; });
  }
  [[nodiscard]] bool complete() const { return ended_ == flows; }
  [[nodiscard]] double percentile(double which) {
    std::ranges::sort(took_);
    return took_.empty()
               ? 0
               : std::chrono::duration<double, std::milli>(took_[static_cast<std::size_t>(which * static_cast<double>(took_.size() - 1))])
                     .count();
  }

 private:
  void begin(int flow) {
    if (flow + 1 < flows) clock_.at(start_ + (flow + 1) * Duration(1s) / a_second, [this, flow] { begin(flow + 1); });
    ask("INVITE", flow);
  }
  void ask(std::string const& method, int flow) {
    auto const& at = to_->at(static_cast<std::size_t>(flow) % to_->size());
    auto request = sip::Message::request(method, "sip:alice@" + at.text());
    request.add(Name::via, fmt::format("SIP/2.0/UDP {};branch=z9hG4bK{}{}", sut().text(), method, flow)).add(Name::max_forwards, "70");
    request.add(Name::from, "<sip:im@ims.example>;tag=s").add(Name::to, "<sip:alice@ims.example>");
    request.add(Name::call_id, fmt::format("{}", flow)).add(Name::cseq, "1 " + method).add(Name::contact, "<sip:im@127.0.0.1>");
    sent(method, flow);
    sut_->send(request.set_body("", "").write(), at);
  }
  void sut_hears(sip::Message const& message) {
    auto const [method, flow] = came(message);
    if (method == "INVITE") {
      ask("ACK", flow);
      ask("BYE", flow);
    } else {
      ++ended_;
    }
  }
  void agent_hears(sip::Message const& message, Stream& stream) {
    auto const [method, flow] = came(message);
    if (method == "ACK") return;
    sent("200 " + method, flow);
    stream.send(sip::response_to(message, 200, "a").set_body("", "").write());
  }
  void sent(std::string const& label, int flow) { left_[{label, flow}] = clock_.now(); }
  std::pair<std::string, int> came(sip::Message const& message) {
    auto const cseq = sip::cseq(message);
    std::string const method(cseq->method);
    int const flow = std::stoi(std::string(sip::call_id(message).value_or("0")));
    // The INVITE waits for a connection of its own, as it would for a SIPp.
    if (method != "INVITE" || !message.is_request())
      took_.push_back(clock_.now() - left_[{message.is_request() ? method : "200 " + method, flow}]);
    return {method, flow};
  }

  WallClock clock_;
  SocketNetwork network_{clock_};
  std::unique_ptr<Datagrams> sut_ = network_.bind({"127.0.0.1", 0});
  std::unique_ptr<Listener> agents_ = network_.listen({"127.0.0.1", 0});
  std::list<std::pair<std::unique_ptr<Stream>, StreamBuffer>> connections_;
  std::vector<Address> const* to_ = nullptr;
  std::map<std::pair<std::string, int>, Instant> left_;
  std::vector<Duration> took_;
  Instant start_{};
  int ended_ = 0;
};

class Silent final : public Program {
 public:
  [[nodiscard]] bool ended() const override { return false; }
  [[nodiscard]] std::string account() const override { return ""; }
};

/// Runs `clock` while the peers play in their own thread.
void play_beside(WallClock& clock, Peers& peers, std::vector<Address> const& to) {
  std::atomic<bool> over = false;
  std::thread playing([&] {
    peers.play(to);
    over = true;
  });
  std::function<void()> beat = [&] { clock.after(1ms, beat); };
  beat();
  clock.run_until([&] { return over.load(); });
  playing.join();
}

void through_tap(Peers& peers) {
  WallClock clock;
  SocketNetwork network(clock);
  Ixit ixit;
  ixit.sut_sip = peers.sut();
  std::list<Recorder> recorders;
  std::list<ImClient> all;
  std::vector<Address> to;
  for (int i = 0; i < clients; ++i) {
    auto& client = all.emplace_back(clock, network, ixit, recorders.emplace_back(clock), Random(static_cast<std::uint64_t>(i)), "alice",
                                    "sip:alice@ims.example");
    client.is_written_by([&](Seat seat) {
      auto const stage = [&](Part const&) { return Staged{std::make_unique<Silent>(), peers.agents()}; };
      return std::make_unique<SippAuthor>(std::move(seat), network, stage, OwnScenarios{});
    });
    client.acts_alone();
    to.push_back(*Address::parse(client.word("host") + ":" + client.word("port")));
  }
  play_beside(clock, peers, to);
}

/// A connection for each session, as each SIPp has one, and no thought about what it carries but which session it is.
void through_relay(Peers& peers) {
  struct Session {
    std::unique_ptr<Stream> stream;
    StreamBuffer buffer{[](auto octets) { return sip::frame(octets); }};
    std::vector<Octets> waiting;
    bool is_open = false;
  };
  WallClock clock;
  SocketNetwork network(clock);
  std::map<std::string, Session, std::less<>> sessions;
  auto const udp = network.bind({"127.0.0.1", 0});
  auto const call_of = [](std::string_view octets) {
    constexpr std::string_view name = "Call-ID: ";
    auto const at = octets.find(name) + name.size();
    return octets.substr(at, octets.find('\r', at) - at);
  };
  auto const begin = [&](Session& session) {
    session.stream = network.connect("127.0.0.1", peers.agents());
    session.stream->on_open = [&session] {
      session.is_open = true;
      for (auto const& octets : session.waiting) session.stream->send(octets);
    };
    session.stream->on_octets = [&](std::string_view octets) {
      session.buffer.append(octets);
      while (auto const cut = session.buffer.next()) udp->send(cut->octets, peers.sut());
    };
  };
  udp->on_octets = [&](Octets const& octets, Address const&) {
    auto const [session, is_new] = sessions.try_emplace(std::string(call_of(octets)));
    if (is_new) begin(session->second);
    if (session->second.is_open)
      session->second.stream->send(octets);
    else
      session->second.waiting.push_back(octets);
  };
  play_beside(clock, peers, {udp->local()});
}

void tap_at_five_hundred_flows_a_second(benchmark::State& state) {
  for (auto _ : state) {
    Peers with, without;
    through_relay(without);
    through_tap(with);
    if (!with.complete() || !without.complete()) state.SkipWithError("not every session ended");
    state.counters["tap_p50_ms"] = with.percentile(0.5);
    state.counters["tap_p99_ms"] = with.percentile(0.99);
    state.counters["relay_p50_ms"] = without.percentile(0.5);
    state.counters["relay_p99_ms"] = without.percentile(0.99);
    state.counters["added_p50_ms"] = with.percentile(0.5) - without.percentile(0.5);
    state.counters["added_p99_ms"] = with.percentile(0.99) - without.percentile(0.99);
  }
}
BENCHMARK(tap_at_five_hundred_flows_a_second)
    ->Name("TapAtFiveHundredFlowsASecond")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace tollgate::sipp
