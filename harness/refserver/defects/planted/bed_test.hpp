#pragma once
/// imserver as a program on real sockets, between telephones and a Charging Enabler of ours.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "refserver/defects/catalogue.hpp"
#include "refserver/defects/planted/server_program_test.hpp"
#include "refserver/peers_test.hpp"
#include "sim/wall_clock.hpp"
#include "transport/sockets.hpp"

namespace tollgate::refserver::defects {

class Bed {
 public:
  explicit Bed(std::vector<std::string> options) : options_(std::move(options)) {}

  /// Whether it comes to that; no longer waited for when the server has ended.
  bool until(std::function<bool()> const& holds, Duration limit = 10s) {
    bool is_late = false;
    auto const timer = clock.after(limit, [&] { is_late = true; });
    TimerId next;
    std::function<void()> const look = [&] { next = clock.after(2ms, look); };
    look();
    clock.run_until([&] { return is_late || holds() || (server && server->has_ended()); });
    clock.cancel(timer);
    clock.cancel(next);
    return holds();
  }

  /// With what the Charging Enabler does by then.
  void starts() {
    std::vector<std::string> arguments{"--sip", "127.0.0.1:0", "--ce", charging.address().text()};
    arguments.insert(arguments.end(), options_.begin(), options_.end());
    server.emplace(std::move(arguments));
    constexpr std::string_view ready = "READY ";
    (void)until([&] { return server->output().starts_with(ready) && server->output().ends_with('\n'); });
    auto const address =
        Address::parse(std::string_view(server->output()).substr(ready.size(), server->output().find('\n') - ready.size()));
    ASSERT_TRUE(address) << server->output();
    alice_.emplace(network, std::uint16_t{0}, *address);
    bob_.emplace(network, std::uint16_t{0}, *address);
  }
  [[nodiscard]] TestPhone& alice() {
    if (!server) starts();
    return *alice_;
  }
  [[nodiscard]] TestPhone& bob() {
    if (!server) starts();
    return *bob_;
  }

  // Steps, each for alice unless it says otherwise. Each waits for what it brings about.
  void registers() { registers(alice(), alice_aor); }
  void registers(TestPhone& phone, std::string const& user) {
    phone.got.clear();
    phone.registers(user, ++cseq_);
    (void)until([&] { return phone.status_of("REGISTER") == 200; });
  }
  /// A message lies there, and with the registration come the reserve request and its answer.
  void is_pushed_to() { is_pushed_to(alice(), alice_aor); }
  void is_pushed_to(TestPhone& phone, std::string const& user, std::string const& text = "hello later") {
    auto const asked = charging.ccrs.size();
    phone.deposits(user, text);
    (void)until([&] { return phone.status_of("MESSAGE") == 202; });
    registers(phone, user);
    (void)until([&] { return charging.ccrs.size() > asked; });
  }
  void is_sent_to() { is_sent_to(alice(), alice_aor); }
  void is_sent_to(TestPhone& phone, std::string const& user, std::string const& text = "hello later") {
    auto const sent = phone.sends.size();
    is_pushed_to(phone, user, text);
    (void)until([&] { return phone.sends.size() > sent; });
  }
  /// The debit is asked for and not answered, and neither is the BYE.
  void is_debited() { is_debited(alice(), alice_aor); }
  void is_debited(TestPhone& phone, std::string const& user) {
    charging.on_ccr = [](ch2::Request const& request) {
      return request.used ? std::nullopt : std::optional(ch2::Answer{.result = 2001, .granted = request.requested});
    };
    withholds_bye(phone);
    auto const asked = debits();
    is_sent_to(phone, user);
    (void)until([&] { return debits() > asked && !phone.all("BYE").empty(); });
  }
  static void withholds_bye(TestPhone& phone) {
    phone.on_request = [](sip::Message const& request) { return request.method() == "BYE"; };
  }
  void answers_debit() {
    for (std::size_t i = 0; i < charging.ccrs.size(); ++i)
      if (charging.ccrs[i].used) charging.answers(i, {.result = 2001});
  }
  [[nodiscard]] std::size_t debits() const {
    return static_cast<std::size_t>(std::ranges::count_if(charging.ccrs, [](auto const& ccr) { return ccr.used.has_value(); }));
  }
  [[nodiscard]] bool answers_options(Duration limit = 10s) {
    auto& phone = alice();
    phone.send(phone.request("OPTIONS", "sip:ims.example", "<sip:ims.example>", "options", ++cseq_));
    return until([&] { return phone.status_of("OPTIONS") == 200; }, limit);
  }
  /// By all who stand around the server. Its first CEA counts only where the server reads nothing else.
  [[nodiscard]] unsigned sent() const {
    auto const by_phones = (alice_ ? alice_->sent : 0) + (bob_ ? bob_->sent : 0);
    return by_phones == 0 ? charging.sent : by_phones + charging.sent - 1;
  }
  /// The server is told to end, and has.
  void ends() {
    server->signal(SIGTERM);
    (void)until([&] { return server->has_ended(); });
  }

  static constexpr char const* alice_aor = "sip:alice@ims.example";
  static constexpr char const* bob_aor = "sip:bob@ims.example";
  WallClock clock;
  SocketNetwork network{clock};
  TestCharging charging{network, 0};
  std::optional<ServerProgram> server;
  std::vector<std::unique_ptr<Stream>> more_connections;

 private:
  std::vector<std::string> options_;
  std::optional<TestPhone> alice_, bob_;
  unsigned cseq_ = 0;
};

/// Plays the shortest sequence that meets that defect, from the start of the server on.
using Trigger = std::function<void(Bed& bed)>;
[[nodiscard]] Trigger trigger_of(Defect defect);

[[nodiscard]] Trigger sip_trigger(Defect defect);       ///< empty for a defect of another protocol
[[nodiscard]] Trigger sdp_trigger(Defect defect);       ///< likewise
[[nodiscard]] Trigger diameter_trigger(Defect defect);  ///< likewise
[[nodiscard]] Trigger msrp_trigger(Defect defect);      ///< likewise

}  // namespace tollgate::refserver::defects
