#include "actors/charging_enabler/charging_enabler.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>
#include <set>

#include "actors/charging_enabler/diameter_enabler.hpp"
#include "actors/charging_enabler/http_enabler.hpp"
#include "base/text.hpp"
#include "transport/tls_network.hpp"

namespace tollgate {

/// RFC 6733 13.1: TLS at once, not after capabilities are exchanged.
static std::unique_ptr<Listener> listen_over(trace::Transport transport, Clock& clock, Network& network, Ixit const& ixit,
                                             Address const& listen) {
  if (transport == trace::Transport::tls) return TlsNetwork(clock, network, ixit.identity).listen(listen);
  return network.listen(listen);
}

ChargingEnabler::ChargingEnabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen, Recorder& peer_recorder)
    : ixit_(ixit), peer_recorder_(peer_recorder), clock_(clock), listener_(listen_over(ixit.ch2_transport, clock, network, ixit, listen)),
      anyone_(std::make_unique<CreditControl>(clock, peer_recorder, "ocs", ixit.origin_host, ixit.origin_realm)) {
  anyone_->acts_alone();
  listener_->on_refused = [this](Address const& remote, std::string_view reason) {
    peer_recorder_.record({.kind = trace::Kind::unsecured,
                           .channel = trace::Channel::ch2,
                           .actor = "ocs",
                           .transport = trace::Transport::tls,
                           .local = address().text(),
                           .remote = remote.text(),
                           .note = std::string(reason)});
  };
}

trace::Event ChargingEnabler::event_on(Stream const& connection, trace::Direction direction, trace::Kind kind) const {
  return {.kind = kind,
          .channel = trace::Channel::ch2,
          .direction = direction,
          .actor = "ocs",
          .transport = ixit_.ch2_transport,
          .local = connection.local().text(),
          .remote = connection.remote().text()};
}

void ChargingEnabler::attach(CreditControl& credit_control) {
  cases_.push_back(&credit_control);
  credit_control.joins(*this);
}

void ChargingEnabler::detach(CreditControl& credit_control) {
  std::erase(cases_, &credit_control);
  for (auto const& [as_written, user] : credit_control.subscribers()) former_.add(as_written, user);
}

std::string ChargingEnabler::strays() const {
  if (strays_.empty()) return "";
  std::vector<std::string> all;
  for (auto const& stray : strays_) all.push_back(fmt::format("#{} {} of '{}'", stray.event, stray.label, printable(stray.subscriber, 60)));
  return fmt::format("; the Charging Enabler got what belongs to no case (peers.jsonl): {}", few_of(all));
}

std::span<ChargingEnabler::Stray const> ChargingEnabler::strays_since(std::size_t count) const {
  return std::span(strays_).subspan(std::min(count, strays_.size()));
}

/// A debit of no units takes none; what was sent before may belong to what was charged then.
static bool charges(diameter::Message const& ccr, ch2::Request const& request) {
  if ((ccr.header.flags & diameter::flag_retransmitted) != 0) return false;
  if (request.operation == ch2::Operation::debit_units) return request.used != std::uint64_t{0};
  return request.operation == ch2::Operation::reserve_units;
}

CreditControl* ChargingEnabler::owner() const {
  auto const found = std::ranges::find_if(cases_ | std::views::reverse, [](auto const* one) { return one->is_owner(); });
  return found == cases_.rend() ? nullptr : *found;
}

/// What was unanswered then may be asked again (RFC 6733 5.5.4).
void ChargingEnabler::tell_end(trace::Event const& ended, std::span<CreditControl* const> whom) {
  peer_recorder_.record(ended);
  std::set<Recorder const*> told;
  for (auto* const one : whom) one->connection_ended(ended, told.insert(&one->recorder()).second);
}

void ChargingEnabler::FormerUsers::add(std::string const& as_written, sip::UserName const& user) {
  as_written_.insert(as_written);
  auto& digits = user.address_of_record.empty() ? digits_of_bare_ : digits_of_uris_;
  if (!user.digits.empty()) digits.insert(user.digits);
  if (!user.address_of_record.empty()) addresses_.insert(user.address_of_record);
}

bool ChargingEnabler::FormerUsers::has(std::string const& subscriber) const {
  if (as_written_.contains(subscriber)) return true;
  auto const user = sip::user_name(subscriber);
  if (addresses_.contains(user.address_of_record) || digits_of_bare_.contains(user.digits)) return true;
  return user.address_of_record.empty() && digits_of_uris_.contains(user.digits);  // two domains are two users
}

/// It is answered, and nothing is kept of it but the first few events.
void ChargingEnabler::forget_about(diameter::Message ccr, ch2::Request request, trace::Event event, AnswerPath path) {
  peer_recorder_.record_few(event, "requests of subscribers of no case");
  Recorder nowhere(clock_);
  CreditControl answers(clock_, nowhere, "ocs", ixit_.origin_host, ixit_.origin_realm);
  answers.joins(*this);
  answers.acts_alone();
  path.waits = nullptr;
  answers.takes(std::move(ccr), std::move(request), std::move(event), std::move(path));
}

CreditControl* ChargingEnabler::route(diameter::Message ccr, ch2::Request request, trace::Event event, AnswerPath path) {
  auto owner = std::ranges::find_if(cases_, [&](auto const* c) { return c->knows(request); });
  if (owner == cases_.end())
    owner = std::ranges::find_if(cases_, [user = sip::user_name(request.subscriber)](auto const* c) { return c->owns(user); });
  if (owner != cases_.end()) {
    auto* const to = *owner;  // the case may leave meanwhile
    to->takes(std::move(ccr), std::move(request), std::move(event), std::move(path));
    return to;
  }
  of_no_case_octets_ += event.octets.size();
  if (++of_no_case_ > of_no_case_most || of_no_case_octets_ > of_no_case_octets_most) {
    forget_about(std::move(ccr), std::move(request), std::move(event), std::move(path));
    return nullptr;
  }
  if (!former_.has(request.subscriber))
    strays_.push_back({.event = peer_recorder_.trace().events().size() + 1,
                       .subscriber = request.subscriber,
                       .label = std::string(ch2::to_string(request.operation)),
                       .charges = charges(ccr, request)});
  anyone_->takes(std::move(ccr), std::move(request), std::move(event), std::move(path));
  return nullptr;
}

std::unique_ptr<ChargingEnabler> make_charging_enabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen,
                                                       Recorder& peer_recorder) {
  if (ixit.binding == ch2::Binding::http) return std::make_unique<HttpEnabler>(clock, network, ixit, listen, peer_recorder);
  return std::make_unique<DiameterEnabler>(clock, network, ixit, listen, peer_recorder);
}

}  // namespace tollgate
