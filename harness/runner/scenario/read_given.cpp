// Reads the steps that say what there is: clients, stored messages, how far a push has come.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "runner/scenario/labels.hpp"
#include "runner/scenario/read_step.hpp"

namespace tollgate {

/// More says no more.
constexpr unsigned messages_max = 1000;
constexpr unsigned clients_max = 100;

step::Deposit StepReader::deposit(Element const& e) {
  e.allow({"to", "messages", "octets", "type", "as", "empty", "optional"});
  step::Deposit out{.to = client(e, "to"),
                    .text = unescaped(e.text()),
                    .as = e.word("as"),
                    .messages = e.number<unsigned>("messages", messages_max).value_or(0),
                    .octets = e.number<std::size_t>("octets", octets_max).value_or(0),
                    .type = e.may("type").value_or("text/plain"),
                    .optional = e.is_yes("optional", false)};
  bool const is_empty = e.is_yes("empty", false), says_nothing = trim(e.text()).empty() && out.messages == 0 && out.octets == 0;
  if (says_nothing && !is_empty) e.refuse("<deposit> needs the text to store, a number of messages or octets, or empty=\"yes\"");
  if (!says_nothing && is_empty) e.refuse("empty", "an empty message has no text, and no number of messages or octets");
  if (is_empty) out.text.clear();
  roles_.insert("bob");  // who stores it
  if (!out.as.empty()) deposits_.insert(out.as);
  return out;
}

step::Given StepReader::given(Element const& e) {
  e.allow_only({"state", "for", "messages", "clients"});
  static constexpr std::array<std::string_view, 6> states{"registered", "stored", "reserving", "invited", "in-session", "sending"};
  auto const state = e.choice("state", {"registered", "stored", "reserving", "invited", "in-session", "sending"});
  step::Given out{.state = static_cast<PushState>(std::ranges::find(states, state) - states.begin()),
                  .role = e.may("for").value_or("alice"),
                  .messages = e.number<unsigned>("messages", messages_max).value_or(1),
                  .clients = e.number<unsigned>("clients", clients_max).value_or(1)};
  if (out.role == "ocs") e.refuse("for", "<given> is for a client; ocs is the Charging Enabler");
  if (out.clients == 0) e.refuse("clients", fmt::format("1 to {} clients", clients_max));
  roles_.insert("bob");
  for (unsigned nth = 1; nth <= out.clients; ++nth) name_reached(e, out.state, nth_role(out.role, nth));
  return out;
}

/// What the later steps may name.
void StepReader::name_reached(Element const& e, PushState state, std::string const& role) {
  roles_.insert(role);
  auto const known = [&](char const* word, std::string by, bool answered, char const* message) {
    name(e, name_of(role, word), {std::move(by), true, answered, message});
  };
  using enum PushState;
  if (state >= reserving || state == registered) {
    name(e, name_of(role, "register"), {role, false, true, "REGISTER"});
    known("registered", role, true, "200 REGISTER");
  }
  if (state >= reserving) known("reserve", "ocs", state > reserving, "reserve_units");
  if (state >= invited) known("invite", role, state > invited, "INVITE");
  if (state >= in_session) {
    sessions_.insert(role);
    name(e, name_of(role, "ok"), {role, false, true, "INVITE"});
    known("ack", role, true, "ACK");
  }
  if (state >= sending) known("send1", role, false, "SEND");
}

static std::string without(std::string text, std::string_view what) {
  if (auto const at = text.find(what); at != std::string::npos) text.erase(at, what.size());
  return text;
}

step::Client StepReader::client_step(Element const& e) {
  e.allow_only({"name", "connects", "transport", "user", "accepts-msrp", "binds", "chunks", "window", "stalls-after", "msrp-port", "for",
                "secured", "msrps", "certificate"});
  step::Client out{.name = e.need_word("name"),
                   .user = e.get("user"),
                   .connects = std::nullopt,
                   .transport = std::nullopt,
                   .msrp = {.binds = e.is_yes("binds", true),
                            .every_chunk = e.is_yes("chunks", false),
                            .slow = e.has("window"),
                            .stalls_after = e.number<std::size_t>("stalls-after", octets_max).value_or(0)},
                   .msrp_port = e.word("msrp-port"),
                   .stands_for = e.word("for"),
                   .msrps = e.is_yes("msrps", false),
                   .secured = e.is_yes("secured", false)};
  if (out.name == "ocs") e.refuse("name", "ocs is the Charging Enabler, not a client");
  if (roles_.contains(out.name)) e.refuse("name", fmt::format("{} has done something already", out.name));
  if (!out.user.empty() && !out.user.contains("{n}")) e.refuse("user", "a user part holds {n}, its number: every client is a fresh user");
  check_names_in(e, without(out.user, "{n}"));
  if (!out.stands_for.empty() && !roles_.contains(out.stands_for))
    e.refuse("for", fmt::format("'{}' has done nothing before", out.stands_for));
  if (e.has("window")) (void)e.choice("window", {"small"});
  if (e.has("accepts-msrp")) {
    auto const how = e.choice("accepts-msrp", {"yes", "no", "never", "always"});
    using enum MsrpBehaviour::Accepts;
    out.msrp.accepts = how == "yes" ? yes : how == "no" ? refuses : how == "never" ? ignores : always;
  }
  if (e.has("certificate")) {
    auto const which = e.choice("certificate", {"good", "unlike", "expired"});
    using enum MsrpBehaviour::Certificate;
    out.msrp.certificate = which == "good" ? good : which == "unlike" ? unlike : expired;
  }
  if (e.has("connects")) {
    auto const how = e.choice("connects", {"yes", "no", "early", "never"});
    using enum MsrpBehaviour::Connects;
    out.connects = how != "no";
    out.msrp.connects = how == "early" ? with_answer : how == "never" ? never : on_ack;
  }
  if (e.has("transport")) {
    auto const over = e.choice("transport", {"usual", "udp", "tcp", "tls"});
    using enum trace::Transport;
    if (over != "usual") out.transport = over == "udp" ? udp : over == "tcp" ? tcp : tls;
  }
  return out;
}

}  // namespace tollgate
