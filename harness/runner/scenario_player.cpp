// Plays a scenario's steps on a bed.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/assert.hpp"
#include "runner/bed.hpp"
#include "runner/duration_expression.hpp"
#include "runner/scenario.hpp"

namespace tollgate {

namespace {

class Player {
 public:
  Player(Scenario const& scenario, Bed& bed) : scenario_(scenario), bed_(bed) {
    for (Step const& step : scenario_.steps)
      if (auto const* group = std::get_if<step::Unordered>(&step.what)) std::ranges::for_each(group->all, [this](auto const& e) { note(e); });
      else if (auto const* expect = std::get_if<step::Expect>(&step.what)) note(*expect);
      else if (auto const* answer = std::get_if<step::Answer>(&step.what)) script(*answer);
  }

  Task<void> play() {
    for (Step const& step : scenario_.steps) co_await std::visit([this](auto const& what) { return run(what); }, step.what);
  }

 private:
  void note(step::Expect const& expect) { labels_[expect.as] = expect.message; }
  /// A debit that the scenario answers with anything but plain success waits for that answer; others are answered at once.
  void script(step::Answer const& answer) {
    constexpr int success = 2001;
    if (answer.by != "ocs" || (answer.code == success && !answer.granted)) return;
    if (labels_.at(answer.to) == "debit_units") bed_.ocs().scripts(ch2::Operation::debit_units);
    if (labels_.at(answer.to) == "close") bed_.ocs().scripts(ch2::Operation::close);
  }

  /// The duration, less what has passed since the named message. The reader has checked both.
  [[nodiscard]] Duration left(std::string const& duration, std::string const& since) const {
    auto const whole = read_duration(duration, bed_.ixit());
    TOLLGATE_ASSERT(whole);
    return since.empty() ? *whole : *whole - bed_.since(named_.at(since).event);
  }

  Task<void> run(step::Deposit const& s) { co_await bed_.deposit(s.to, s.text); }

  Task<void> run(step::Send const& s) {
    if (s.message == "OPTIONS") bed_.client(s.by).sends_options();
    else if (s.expires || s.contact_expires)
      bed_.client(s.by).sends_register({.expires = s.expires, .contact_expires = s.contact_expires});
    else bed_.client(s.by).sends_register();
    co_return;
  }

  Task<void> run(step::Expect const& s) { co_await expect(s, left(s.within, s.since)); }

  Task<void> expect(step::Expect const& s, Duration within) {
    auto item = co_await bed_.actor(s.by).receives(s.message, within);
    if (s.carries)
      bed_.require(item.content == *s.carries, "wrong content",
                   fmt::format("#{} SEND carries '{}', not the stored '{}'", item.event, printable(item.content, 80),
                               printable(*s.carries, 80)),
                   {item.event});
    if (s.units) require_units("used", *s.units, item, item.charge ? item.charge->used : std::nullopt);
    if (s.requested) require_units("requested", *s.requested, item, item.charge ? item.charge->requested : std::nullopt);
    if (!s.as.empty()) named_.insert_or_assign(s.as, std::move(item));
  }

  void require_units(char const* what, std::uint64_t wanted, Received const& item, std::optional<std::uint64_t> got) const {
    bed_.require(got == wanted, "wrong units",
                 fmt::format("#{} {} has {} {} units, not {}", item.event, item.label(), got ? fmt::format("{}", *got) : "no",
                             what, wanted),
                 {item.event});
  }

  Task<void> run(step::Silence const& s) { co_await bed_.actor(s.by).hears_no(s.message, left(s.during, s.since)); }

  Task<void> run(step::Answer const& s) {
    Received const& request = named_.at(s.to);
    if (s.by == "ocs") {
      bed_.ocs().answers(request, {.result = static_cast<std::uint32_t>(s.code), .granted = s.granted});
      co_return;
    }
    auto& client = bed_.client(s.by);
    if (!s.setup.empty()) client.prefers(s.setup == "active" ? sdp::Setup::active : sdp::Setup::passive);
    client.answers(request, s.code);
    co_return;
  }

  Task<void> run(step::Probe const& s) {
    bed_.client(s.by).sends_options();
    (void)co_await bed_.client(s.by).receives("200 OPTIONS", bed_.ixit().live);
  }

  Task<void> run(step::Close const& s) {
    bed_.client(s.by).closes_msrp();
    co_return;
  }

  Task<void> run(step::Unordered const& s) {
    Instant const start = bed_.clock().now();
    for (auto const& one : s.all) co_await expect(one, left(one.within, one.since) - (bed_.clock().now() - start));
  }

  Scenario const& scenario_;
  Bed& bed_;
  std::map<std::string, std::string> labels_;  ///< of what is received by name
  std::map<std::string, Received> named_;
};

Task<void> play(std::shared_ptr<Scenario const> scenario, Bed& bed) {
  Player player(*scenario, bed);
  co_await player.play();
}

}  // namespace

Case to_case(Scenario scenario) {
  Case out{.info = scenario.info, .bundles = scenario.bundles, .where = scenario.where, .ambiguity = scenario.ambiguity, .run = {}};
  out.run = [shared = std::make_shared<Scenario const>(std::move(scenario))](Bed& bed) { return play(shared, bed); };
  return out;
}

}  // namespace tollgate
