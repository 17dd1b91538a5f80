// What the tap of `--client sipp` adds to a message: 500 sessions a second on the machine's sockets, a SUT and a user agent in one
// thread, which measures, the tap in another. Beside it the same messages without any of it, from socket to socket: what is added is
// the difference, the second hop and the connection that an INVITE waits for included. Every kind of message is held to the budget.
#include <algorithm>
#include <array>
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
constexpr double budget_ms = 0.2;  ///< of the 99th percentile
constexpr std::array kinds{"INVITE", "200 INVITE", "ACK", "BYE", "200 BYE"};

/// The SUT, over UDP, and the agents of all sessions, over TCP behind the tap and over UDP where there is none; both know when a message
/// left and when it came.
class Peers {
 public:
  Peers() {
    sut_->on_octets = [this](Octets octets, Address const&) { sut_hears(*sip::Message::parse(octets)); };
    agents_->on_accept = [this](std::unique_ptr<Stream> stream) {
      auto& agent = connections_.emplace_back(std::move(stream), StreamBuffer([](auto octets) { return sip::frame(octets); }));
      agent.first->on_octets = [this, &agent](std::string_view octets) {
        agent.second.append(octets);
        while (auto const cut = agent.second.next())
          agent_hears(*sip::Message::parse(cut->octets), [&agent](Octets const& answer) { agent.first->send(answer); });
      };
    };
    bare_->on_octets = [this](Octets const& octets, Address const& from) {
      agent_hears(*sip::Message::parse(octets), [this, from](Octets const& answer) { bare_->send(answer, from); });
    };
  }
  [[nodiscard]] Address sut() const { return sut_->local(); }
  [[nodiscard]] Address agents() const { return agents_->local(); }
  [[nodiscard]] Address bare_agents() const { return bare_->local(); }

  /// Plays every session, the next one at `to` in turn.
  void play(std::vector<Address> const& to) {
    to_ = &to;
    start_ = clock_.now();
    begin(0);
    constexpr Duration most = 30s;
    clock_.run_until([&, until = clock_.now() + most] { return ended_ == flows || clock_.now() > until; });
  }
  [[nodiscard]] bool complete() const { return ended_ == flows; }
  /// Milliseconds that a message of that kind took, at that percentile.
  [[nodiscard]] double percentile(std::string const& kind, double which) {
    auto& took = took_[kind];
    std::ranges::sort(took);
    if (took.empty()) return 0;
    auto const at = static_cast<std::size_t>(which * static_cast<double>(took.size() - 1));
    return std::chrono::duration<double, std::milli>(took[at]).count();
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
  void agent_hears(sip::Message const& message, std::function<void(Octets const&)> const& answer) {
    auto const [method, flow] = came(message);
    if (method == "ACK") return;
    auto response = sip::response_to(message, 200, "a");
    if (method == "INVITE") response.add(Name::contact, fmt::format("<sip:alice@{}>", agents().text()));
    auto const octets = response.set_body("", "").write();
    sent("200 " + method, flow);
    answer(octets);
  }
  void sent(std::string const& label, int flow) { left_[{label, flow}] = clock_.now(); }
  std::pair<std::string, int> came(sip::Message const& message) {
    auto const cseq = sip::cseq(message);
    std::string const method(cseq->method);
    int const flow = std::stoi(std::string(sip::call_id(message).value_or("0")));
    auto const kind = message.is_request() ? method : "200 " + method;
    took_[kind].push_back(clock_.now() - left_[{kind, flow}]);
    return {method, flow};
  }

  WallClock clock_;
  SocketNetwork network_{clock_};
  std::unique_ptr<Datagrams> sut_ = network_.bind({"127.0.0.1", 0});
  std::unique_ptr<Listener> agents_ = network_.listen({"127.0.0.1", 0});
  std::unique_ptr<Datagrams> bare_ = network_.bind({"127.0.0.1", 0});
  std::list<std::pair<std::unique_ptr<Stream>, StreamBuffer>> connections_;
  std::vector<Address> const* to_ = nullptr;
  std::map<std::pair<std::string, int>, Instant> left_;
  std::map<std::string, std::vector<Duration>> took_;  ///< by kind of message
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

void tap_at_five_hundred_flows_a_second(benchmark::State& state) {
  for (auto _ : state) {
    Peers with, without;
    without.play({without.bare_agents()});
    through_tap(with);
    if (!with.complete() || !without.complete()) state.SkipWithError("not every session ended");
    double most = 0;
    std::string said = "adds at p50, p99, in ms:";
    for (std::string const kind : kinds) {
      auto const half = with.percentile(kind, 0.5) - without.percentile(kind, 0.5);
      auto const added = with.percentile(kind, 0.99) - without.percentile(kind, 0.99);
      said += fmt::format(" {} {:.3f} {:.3f},", kind, half, added);
      most = std::max(most, added);
    }
    said += fmt::format(" the budget at p99 is {}", budget_ms);
    state.counters["added_p99_ms"] = most;
    state.counters["budget_ms"] = budget_ms;
    state.SetLabel(said);
    if (most > budget_ms) state.SkipWithError(said.c_str());
  }
}
BENCHMARK(tap_at_five_hundred_flows_a_second)
    ->Name("TapAtFiveHundredFlowsASecond")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace tollgate::sipp
