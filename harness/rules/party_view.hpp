#pragma once
/// The events of one party, in trace order, without retransmissions: what one push looks like to a rule.
#include <string>
#include <vector>

#include "rules/rule.hpp"

namespace tollgate::rules {

using EventRef = trace::Event const*;

struct PartyView {
  std::string party;
  std::vector<EventRef> events;
};

/// Parties in order of their first event. Events without a party belong to none.
[[nodiscard]] std::vector<PartyView> parties(trace::Trace const& trace);

[[nodiscard]] inline bool is_request(trace::Event const& e, std::string_view name) {
  return e.kind == trace::Kind::message && e.meaning.status == 0 && e.meaning.name == name;
}
[[nodiscard]] inline bool received_request(trace::Event const& e, std::string_view name) {
  return e.direction == trace::Direction::received && is_request(e, name);
}
[[nodiscard]] inline bool sent_answer(trace::Event const& e, std::string_view name) {
  return e.direction == trace::Direction::sent && e.kind == trace::Kind::message && e.meaning.status != 0 && e.meaning.name == name;
}
/// Within `epsilon` two sockets do not say what came first.
[[nodiscard]] inline bool is_close(trace::Event const& earlier, trace::Event const& later, Terms const& terms) {
  return later.at_ns <= earlier.at_ns + terms.epsilon_ns;
}
/// A SEND that carries content, not the empty one that binds a connection.
[[nodiscard]] inline bool content_send(trace::Event const& e) {
  return received_request(e, "SEND") && e.meaning.has_body;
}

/// An MSRP connection came to nothing, for its TLS did. G12 says so.
[[nodiscard]] inline bool is_msrp_unsecured(trace::Event const& e) {
  return e.kind == trace::Kind::unsecured && e.channel == trace::Channel::msrp;
}
/// We ended an MSRP connection of ours, or never came to read it: what the SUT had written to it, nobody may have read.
[[nodiscard]] inline bool breaks_msrp(trace::Event const& e) {
  bool const is_ours = e.kind == trace::Kind::closed && e.channel == trace::Channel::msrp && e.direction == trace::Direction::sent;
  return is_ours || is_msrp_unsecured(e);
}
/// The SUT ended an MSRP connection, or we did.
[[nodiscard]] inline bool ends_msrp(trace::Event const& e) {
  return (e.kind == trace::Kind::closed && e.channel == trace::Channel::msrp) || is_msrp_unsecured(e);
}
/// It asks for the end of the dialog, or of the service (RFC 3261 9, 15; RFC 6733 8.5).
[[nodiscard]] inline bool asks_for_the_end(trace::Event const& e) {
  return is_request(e, "BYE") || is_request(e, "CANCEL") || is_request(e, "ASR");
}
/// What was read of the party's MSRP connection behind `e`, which came by another socket, within epsilon, so that it may have
/// been sent before: its end, or a content SEND; null when that was not.
[[nodiscard]] EventRef msrp_end_close_behind(PartyView const& view, trace::Event const& e, Terms const& terms);
[[nodiscard]] EventRef send_close_behind(PartyView const& view, trace::Event const& e, Terms const& terms);

/// A finding that begins at `inconc`.
[[nodiscard]] Finding begin(std::string_view id, std::string_view name, std::string_view clause);
/// Exercised and held; does not undo a fail.
void hold(Finding& finding, std::initializer_list<EventRef> witnesses);
/// Exercised, but the times of two sockets leave open what came first: stays inconclusive whatever else holds.
void doubt(Finding& finding, std::string because, std::initializer_list<EventRef> witnesses);
/// The first failure stays: its witnesses are the ones to look at.
void fail(Finding& finding, std::string because, std::initializer_list<EventRef> witnesses);
/// "#5 INVITE"; reports add the time.
[[nodiscard]] std::string cite(trace::Event const& event);

}  // namespace tollgate::rules
