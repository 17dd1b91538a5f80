#include "runner/sut.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <ranges>

#include "base/text.hpp"
#include "runner/declaration.hpp"
#include "runner/footprint.hpp"
#include "transport/tls.hpp"

namespace tollgate {

static constexpr auto patience_s = std::chrono::duration_cast<std::chrono::seconds>(Sut::patience).count();

/// Such that any SUT takes it. Made once, for an RSA key takes a tenth of a second.
static std::shared_ptr<TlsIdentity const> usual_identity(std::int64_t now) {
  static auto const one = TlsIdentity::around(now, Random(1), "tollgate", TlsKeys::all);
  return one;
}

/// Its own over TLS, for as long as the SUT is tested. It draws nothing from what the cases draw from.
static SutFile with_identity(SutFile file, Random random) {
  auto& ixit = file.ixit;
  ixit.msrp_keys = TlsKeys::elliptic;
  bool const is_over_tls =
      ixit.sip_transport == trace::Transport::tls || ixit.sut_sip_tls.port != 0 || ixit.ch2_transport == trace::Transport::tls;
  if (!ixit.identity)
    ixit.identity =
        is_over_tls ? usual_identity(ixit.started_at) : TlsIdentity::around(ixit.started_at, random.fork(), "tollgate", ixit.msrp_keys);
  return file;
}

Sut::Sut(WallClock& clock, Network& network, SutFile file, Random random)
    : clock_(clock), network_(network), file_(with_identity(std::move(file), random)), random_(random), peer_recorder_(clock),
      charging_enabler_(make_charging_enabler(clock, network, file_.ixit, file_.charging, peer_recorder_)),
      absence_(clock, network, file_.ixit), pulse_(clock, network, file_.ixit, peer_recorder_, random_.fork()),
      store_(clock, file_.store_command),
      world_{.clock = clock,
             .network = network,
             .ixit = file_.ixit,
             .charging_enabler = *charging_enabler_,
             .profile = file_.profile,
             .pulse = &pulse_,
             .claims = file_.claims,
             .restarts_each_case = file_.restart == "per-case",
             .facts = facts_of(file_.profile, file_.ixit),
             .users = UserPool(std::max(1U, file_.ixit.user_count - 1))} {  // the last one stores messages
  if (!file_.store_command.empty())
    world_.store = [this](std::string user, std::string text) { return store_.store(std::move(user), std::move(text)); };
  if (!file_.claims.contains(claim_store))
    world_.store = [](std::string /*user*/, std::string /*text*/) -> Task<std::string> { co_return ""; };
  if (!file_.launch.empty()) world_.restart = [this] { return restart(); };
  world_.footprint = [this]() -> std::optional<Footprint> {
    if (!file_.pid_file.empty()) return footprint_of(file_.pid_file);
    return process_ && !process_->ended() ? footprint_of(process_->id()) : std::nullopt;
  };
  pulse_.on_dead = [this](std::string const& how) {
    if (on_end) on_end(how);
  };
  pulse_.on_alive = [this] {
    if (on_alive) on_alive();
  };
  pulse_.is_absent = [this]() -> Task<bool> { co_return on_absent&& co_await absence_.is_refused(); };
  pulse_.on_absent = [this](std::string const& how) {
    if (on_absent) on_absent(how);
  };
  absence_.on_absent = [this] {
    if (!is_starting_ && on_absent) on_absent("the server let go of its CH-2 connection");
  };
  charging_enabler_->on_let_go = [this] {
    if (!is_starting_ && on_absent) absence_.watch();
  };
  charging_enabler_->on_last_peer_gone = [this] {
    if (!is_starting_) pulse_.ask("after its last Diameter connection had ended");
  };
}

Sut::~Sut() {
  is_starting_ = true;  // its end is ours
  on_end = nullptr;
  on_absent = nullptr;
  process_.reset();
  forget_state();
}

std::string Sut::ends() {
  if (!process_) return "";
  is_starting_ = true;  // its end is ours
  constexpr Duration for_its_last_words = 20s;  // a leak check symbolises stacks
  process_->end(for_its_last_words);
  return process_->how_it_ended();
}

void Sut::aborts() {
  is_starting_ = true;  // its end is ours
  if (process_) process_->abort();
}

/// What the embedded server keeps over a restart, not over a run.
void Sut::forget_state() const {
  std::error_code ignored;
  if (!file_.state.empty()) std::filesystem::remove(file_.state, ignored);
}

std::optional<std::string> Sut::how_it_ended() const {
  if (!process_ || !process_->ended()) return std::nullopt;
  return process_->how_it_ended();
}

Task<void> Sut::becomes_ready() {
  forget_state();
  co_await starts();
}

Task<void> Sut::starts() {
  is_starting_ = true;
  process_.reset();
  if (!file_.launch.empty()) launch();
  if (process_ && !file_.ready.empty()) co_await says_ready();
  co_await answers_options();
  co_await connects();
  is_starting_ = false;
}

Task<void> Sut::restart() {
  co_await pause(clock_, Duration::zero());  // not inside a call of the process that ends
  try {
    co_await starts();
  } catch (Unreachable const& unreachable) {
    is_starting_ = false;
    throw CaseStopped{Verdict::fail, "not ready", fmt::format("launched anew: {}", unreachable.what()), {}};
  }
}

void Sut::launch() {
  auto command = file_.launch;
  for (auto& argument : command)
    argument = replaced(replaced(argument, "{charging}", charging_enabler_->address().text()), "{state}", file_.state);
  try {
    process_ = std::make_unique<ChildProcess>(clock_, command, file_.env);
  } catch (std::runtime_error const& error) {
    throw Unreachable(error.what());
  }
  process_->on_end = [this] {
    if (!is_starting_ && on_end) on_end(process_->how_it_ended());
  };
}

Task<bool> Sut::within_patience(std::function<bool()> is_met) {
  Instant const end = clock_.now() + patience;
  while (!is_met() && clock_.now() < end && !how_it_ended()) co_await pause(clock_, 2ms);
  co_return is_met();
}

std::string::size_type Sut::ready_line_end() const {
  auto const at = process_->output().find(file_.ready);
  return at == std::string::npos ? at : process_->output().find('\n', at);
}

Task<void> Sut::says_ready() {
  bool const said = co_await within_patience([this] { return ready_line_end() != std::string::npos; });
  if (!said)
    throw Unreachable(fmt::format(
        "the SUT {} \"{}\". {}",
        how_it_ended() ? "ended (" + *how_it_ended() + ") before it printed" : fmt::format("did not within {} s print", patience_s),
        file_.ready, process_->output().empty() ? "It printed nothing." : "Its output:\n" + process_->output()));
  if (file_.says_address) learn_address();
}

/// "READY 127.0.0.1:5060", and " tls:127.0.0.1:5061" where it has that.
void Sut::learn_address() {
  auto const from = process_->output().find(file_.ready) + file_.ready.size();
  auto const line = trim(std::string_view(process_->output()).substr(from, ready_line_end() - from));
  constexpr std::string_view tls = " tls:";
  auto const behind = std::min(line.find(tls), line.size());
  auto const address = Address::parse(line.substr(0, behind));
  auto const secured = line.substr(std::min(behind + tls.size(), line.size()));
  auto const over_tls = Address::parse(secured);
  if (!address || address->port == 0 || (!secured.empty() && !over_tls))
    throw Unreachable(
        fmt::format("sut.sip leaves the port to the SUT, which says behind \"{}\" where it listens, like \"127.0.0.1:43211\", "
                    "and not \"{}\"",
                    file_.ready, printable(line, 80)));
  file_.ixit.sut_sip = *address;
  if (over_tls) file_.ixit.sut_sip_tls = *over_tls;
}

/// The last handshake with the Charging Enabler that did not end well, as the end of a sentence.
std::string Sut::unsecured() const {
  for (auto const& event : peer_trace().events() | std::views::reverse)
    if (event.kind == trace::Kind::unsecured && event.channel == trace::Channel::ch2) return ": " + event.note;
  return "";
}

/// The last that came over SIP and was no answer, as the end of a sentence.
std::string Sut::came_instead() const {
  for (auto const& event : peer_trace().events() | std::views::reverse) {
    if (event.channel != trace::Channel::sip || event.direction != trace::Direction::received) continue;
    if (event.kind == trace::Kind::unsecured) return ": " + event.note;
    if (event.kind != trace::Kind::message) continue;
    constexpr std::size_t shown_most = 60;
    return fmt::format("; what came is no answer to it: \"{}\", {} octets{}{}", printable(event.octets, shown_most), event.octets.size(),
                       event.note.empty() ? "" : ": ", event.note);
  }
  return "";
}

Task<void> Sut::answers_options() {
  ImClient prober(clock_, network_, file_.ixit, peer_recorder_, random_.fork(), "prober", "sip:tollgate@" + file_.ixit.domain);
  bool answered = false;
  Instant const end = clock_.now() + patience;
  while (!answered && clock_.now() < end &&
         !how_it_ended()) {  // a new transaction each time, as TCP does not repeat and a SUT may start late
    prober.sends_options();
    answered = (co_await prober.may_receive("*", 500ms)).has_value();
  }
  if (answered) co_return;
  throw Unreachable(fmt::format("no answer to OPTIONS from {} {} within {} s{}", to_string(file_.ixit.sip_transport),
                                file_.ixit.sut_sip_over(file_.ixit.sip_transport).text(), patience_s,
                                how_it_ended() ? ": the SUT ended (" + *how_it_ended() + ")" : came_instead()));
}

Task<void> Sut::connects() {
  bool const connected = co_await within_patience([this] { return charging_enabler_->has_peer(); });
  // A relay agent answers 3002 before it has read our CEA, and the first case would have no reservation.
  static constexpr Duration relay_reads_cea = 500ms;
  if (connected && !file_.claims.contains(std::string(claim_charging_peer))) co_await pause(clock_, relay_reads_cea);
  if (connected) co_return;
  throw Unreachable(
      fmt::format("the SUT answers SIP, but {} the Charging Enabler at {} within {} s",
                  charging_enabler_->had_connection() ? "its Diameter connection sent no CER to" : "no Diameter peer connected to",
                  charging_enabler_->address().text(), patience_s) +
      unsecured());
}

}  // namespace tollgate
