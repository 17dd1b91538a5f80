// What the tap of `--client sipp` adds to a message: 500 sessions a second on the machine's sockets, the SUT, the tap and the user agents
// each in a thread of its own, as they are processes of their own, the tap on a core that it shares with none of them. Beside it the same
// messages from the SUT to the user agents, with nothing between them and with a relay that only copies: SIPp cannot register and be
// called on one address, so that something stands there in any case, and its second hop and the connection that an INVITE waits for come
// with that. What the tap adds is what it takes beyond the relay, in the middle one of five rounds; every kind of message is held to the
// budget, and both figures are told. That a SIPp has to be started for each leg, which takes milliseconds, is SIPp's own time and not in
// them; nor is MSRP, which is not the tap's: the offer names a path that nobody connects to.
#include <algorithm>
#include <array>
#include <atomic>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <sched.h>
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
constexpr Duration between_ack_and_bye = 1ms;  ///< less than any MSRP session takes
constexpr double budget_ms = 0.2;  ///< of the 99th percentile
constexpr std::array<std::string_view, 5> kinds{"INVITE", "200 INVITE", "ACK", "BYE", "200 BYE"};

/// When each message left and when it came. Each place is written by one thread, and read when that has ended.
class Times {
 public:
  void left(std::string_view kind, int flow) { at(left_, kind, flow) = clock_.now(); }
  void came(std::string_view kind, int flow) { at(came_, kind, flow) = clock_.now(); }
  /// Milliseconds that a message of that kind took, at that percentile.
  [[nodiscard]] double percentile(std::string_view kind, double which) const {
    std::vector<double> took;
    for (std::size_t flow = 0; flow < flows; ++flow)
      took.push_back(std::chrono::duration<double, std::milli>(came_[place(kind)][flow] - left_[place(kind)][flow]).count());
    std::ranges::sort(took);
    return took[static_cast<std::size_t>(which * (flows - 1))];
  }

 private:
  using All = std::array<std::vector<Instant>, kinds.size()>;
  static All nothing() {
    All out;
    out.fill(std::vector<Instant>(flows));
    return out;
  }
  static std::size_t place(std::string_view kind) { return static_cast<std::size_t>(std::ranges::find(kinds, kind) - kinds.begin()); }
  static Instant& at(All& all, std::string_view kind, int flow) { return all[place(kind)][static_cast<std::size_t>(flow)]; }

  WallClock clock_;  ///< that all of them look at
  All left_ = nothing(), came_ = nothing();
};

/// What each side describes (RFC 4975 8).
constexpr std::string_view description =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 2855 TCP/MSRP *\r\n"
    "a=accept-types:message/cpim text/plain\r\na=accept-wrapped-types:*\r\na=path:msrp://127.0.0.1/s;tcp\r\na=setup:actpass\r\n";

struct Read {
  std::string kind;
  int flow = 0;
};
Read read(sip::Message const& message) {
  std::string const method(sip::cseq(message)->method);
  return {.kind = message.is_request() ? method : "200 " + method, .flow = std::stoi(std::string(sip::call_id(message).value_or("0")))};
}

/// Calls over UDP: INVITE, ACK, BYE.
class Caller {
 public:
  explicit Caller(Times& times) : times_(times) {
    sut_->on_octets = [this](Octets octets, Address const&) { hears(*sip::Message::parse(octets)); };
  }
  [[nodiscard]] Address address() const { return sut_->local(); }
  /// Plays every session, the next one at `to` in turn.
  void play(std::vector<Address> const& to) {
    to_ = &to;
    start_ = clock_.now();
    begin(0);
    constexpr Duration most = 30s;
    clock_.run_until([&, until = clock_.now() + most] { return ended_ == flows || clock_.now() > until; });
  }
  [[nodiscard]] bool complete() const { return ended_ == flows; }

 private:
  void begin(int flow) {
    if (flow + 1 < flows) clock_.at(start_ + (flow + 1) * Duration(1s) / a_second, [this, flow] { begin(flow + 1); });
    ask("INVITE", flow);
  }
  void ask(std::string const& method, int flow) {
    auto const& at = to_->at(static_cast<std::size_t>(flow) % to_->size());
    auto request = sip::Message::request(method, "sip:alice@" + at.text());
    request.add(Name::via, fmt::format("SIP/2.0/UDP {};branch=z9hG4bK{}{}", address().text(), method, flow)).add(Name::max_forwards, "70");
    request.add(Name::from, "<sip:im@ims.example>;tag=s").add(Name::to, "<sip:alice@ims.example>");
    request.add(Name::call_id, fmt::format("{}", flow)).add(Name::cseq, "1 " + method).add(Name::contact, "<sip:im@127.0.0.1>");
    auto const octets = request.set_body(method == "INVITE" ? description : "", "application/sdp").write();
    times_.left(method, flow);
    sut_->send(octets, at);
  }
  void hears(sip::Message const& message) {
    auto const [kind, flow] = read(message);
    times_.came(kind, flow);
    if (kind == "200 BYE") ++ended_;
    if (kind != "200 INVITE") return;
    ask("ACK", flow);
    clock_.after(between_ack_and_bye, [this, flow = flow] { ask("BYE", flow); });
  }

  Times& times_;
  WallClock clock_;
  SocketNetwork network_{clock_};
  std::unique_ptr<Datagrams> sut_ = network_.bind({"127.0.0.1", 0});
  std::vector<Address> const* to_ = nullptr;
  Instant start_{};
  int ended_ = 0;
};

/// The agents of all sessions: over TCP behind the tap, over UDP where there is none.
class Agents {
 public:
  explicit Agents(Times& times) : times_(times) {
    behind_tap_->on_accept = [this](std::unique_ptr<Stream> stream) {
      auto& agent = connections_.emplace_back(std::move(stream), StreamBuffer([](auto octets) { return sip::frame(octets); }));
      agent.first->on_octets = [this, &agent](std::string_view octets) {
        agent.second.append(octets);
        while (auto const cut = agent.second.next())
          hears(*sip::Message::parse(cut->octets), [&agent](Octets const& answer) { agent.first->send(answer); });
      };
    };
    bare_->on_octets = [this](Octets const& octets, Address const& from) {
      hears(*sip::Message::parse(octets), [this, from](Octets const& answer) { bare_->send(answer, from); });
    };
  }
  [[nodiscard]] Address behind_tap() const { return behind_tap_->local(); }
  [[nodiscard]] Address bare() const { return bare_->local(); }
  [[nodiscard]] WallClock& clock() { return clock_; }
  /// What a SIPp is started with. Of any thread.
  void knows(Part const& part) {
    auto const flow = std::stoul(part.call_id);
    std::scoped_lock const lock(mutex_);
    parts_[flow] = {part.keys.at("tag"), part.keys.at("content")};
  }

 private:
  struct Answer {
    std::string tag = "a", content{description};
  };
  [[nodiscard]] Answer answer_of(int flow) {
    std::scoped_lock const lock(mutex_);
    return std::move(parts_[static_cast<std::size_t>(flow)]);
  }
  void hears(sip::Message const& message, std::function<void(Octets const&)> const& answer) {
    auto const [kind, flow] = read(message);
    times_.came(kind, flow);
    if (kind == "ACK") return;
    auto const own = kind == "INVITE" ? answer_of(flow) : Answer{};
    auto response = sip::response_to(message, 200, own.tag);
    if (kind == "INVITE") response.add(Name::contact, fmt::format("<sip:alice@{}>", behind_tap().text()));
    auto const octets = response.set_body(kind == "INVITE" ? own.content : "", "application/sdp").write();
    times_.left("200 " + kind, flow);
    answer(octets);
  }

  Times& times_;
  WallClock clock_;
  SocketNetwork network_{clock_};
  std::unique_ptr<Listener> behind_tap_ = network_.listen({"127.0.0.1", 0});
  std::unique_ptr<Datagrams> bare_ = network_.bind({"127.0.0.1", 0});
  std::mutex mutex_;
  std::vector<Answer> parts_ = std::vector<Answer>(flows);
  std::list<std::pair<std::unique_ptr<Stream>, StreamBuffer>> connections_;
};

struct Peers {
  Times& times;
  Caller caller{times};
  Agents agents{times};
};

class Silent final : public Program {
 public:
  [[nodiscard]] bool ended() const override { return false; }
  [[nodiscard]] std::string account() const override { return ""; }
};

void run_until(WallClock& clock, std::atomic<bool> const& over) {
  std::function<void()> beat = [&] { clock.after(20ms, beat); };
  beat();
  clock.run_until([&] { return over.load(); });
}

/// This thread and those that it starts stay on one core meanwhile, where the system has that one: what a scheduler does with three
/// threads on two cores is no tap's time.
class OnCore {
 public:
  explicit OnCore(unsigned core) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(core, &one);
    if (sched_getaffinity(0, sizeof before_, &before_) == 0) is_bound_ = sched_setaffinity(0, sizeof one, &one) == 0;
  }
  ~OnCore() {
    if (is_bound_) sched_setaffinity(0, sizeof before_, &before_);
  }
  OnCore(OnCore const&) = delete;
  OnCore& operator=(OnCore const&) = delete;

 private:
  cpu_set_t before_{};
  bool is_bound_ = false;
};

/// Caller and agents play in threads of their own, and in this one what `clock` has, if it is one.
void play(Peers& peers, std::vector<Address> const& to, WallClock* clock = nullptr) {
  constexpr unsigned of_tap = 0, of_peers = 1;
  std::atomic<bool> over = false;
  std::thread calling([&] {
    OnCore const core(of_peers);
    peers.caller.play(to);
    over = true;
  });
  std::thread answering([&] {
    OnCore const core(of_peers);
    run_until(peers.agents.clock(), over);
  });
  OnCore const core(of_tap);
  if (clock != nullptr) run_until(*clock, over);
  calling.join();
  answering.join();
}

void play_through_tap(Peers& peers) {
  WallClock clock;
  SocketNetwork network(clock);
  Ixit ixit;
  ixit.sut_sip = peers.caller.address();
  std::list<Recorder> recorders;
  std::list<ImClient> all;
  std::vector<Address> to;
  for (int i = 0; i < clients; ++i) {
    auto& client = all.emplace_back(clock, network, ixit, recorders.emplace_back(clock), Random(static_cast<std::uint64_t>(i)), "alice",
                                    "sip:alice@ims.example");
    client.is_written_by([&](Seat seat) {
      auto const stage = [&](Part const& part) {
        peers.agents.knows(part);
        return Staged{std::make_unique<Silent>(), peers.agents.behind_tap()};
      };
      return std::make_unique<SippAuthor>(std::move(seat), network, stage, OwnScenarios{});
    });
    client.acts_alone();
    to.push_back(*Address::parse(client.word("host") + ":" + client.word("port")));
  }
  play(peers, to, &clock);
}

/// A connection for each session, as each SIPp has one, and no thought about what it carries but which session it is.
void play_through_relay(Peers& peers) {
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
    session.stream = network.connect("127.0.0.1", peers.agents.behind_tap());
    session.stream->on_open = [&session] {
      session.is_open = true;
      for (auto const& octets : session.waiting) session.stream->send(octets);
    };
    session.stream->on_octets = [&](std::string_view octets) {
      session.buffer.append(octets);
      while (auto const cut = session.buffer.next()) udp->send(cut->octets, peers.caller.address());
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
  play(peers, {udp->local()}, &clock);
}

/// Of one round: what a message of each kind took more at that percentile.
struct Round {
  Times bare, relayed, tapped;
  bool play_all() {
    return plays(bare, [](Peers& peers) { play(peers, {peers.agents.bare()}); }) && plays(relayed, play_through_relay) &&
           plays(tapped, play_through_tap);
  }

 private:
  static bool plays(Times& times, auto const& way) {
    Peers peers{times};
    way(peers);
    return peers.caller.complete();
  }
};

/// Milliseconds that the tap took more than that way in the middle one of all rounds.
double added(std::list<Round> const& rounds, Times Round::* way, std::string_view kind, double percentile) {
  std::vector<double> all;
  for (auto const& round : rounds) all.push_back(round.tapped.percentile(kind, percentile) - (round.*way).percentile(kind, percentile));
  std::ranges::sort(all);
  return all[all.size() / 2];
}

void tap_at_five_hundred_flows_a_second(benchmark::State& state) {
  constexpr double half = 0.5, tail = 0.99;
  constexpr unsigned times = 5;
  WallClock::makes_room_for_descriptors();
  for (auto _ : state) {
    std::list<Round> rounds;
    for (unsigned i = 0; i < times; ++i)
      if (!rounds.emplace_back().play_all()) return state.SkipWithError("not every session ended");
    double most = 0;
    std::string said = "p99 in ms, more than a relay, more than nothing (p50 the same):";
    for (auto const kind : kinds) {
      auto const over_relay = added(rounds, &Round::relayed, kind, tail);
      said += fmt::format(" {} {:.3f} {:.3f} ({:.3f} {:.3f}),", kind, over_relay, added(rounds, &Round::bare, kind, tail),
                          added(rounds, &Round::relayed, kind, half), added(rounds, &Round::bare, kind, half));
      most = std::max(most, over_relay);
    }
    said += fmt::format(" the budget is {}", budget_ms);
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
