#include "runner/scenario/read_step.hpp"

#include <algorithm>
#include <array>
#include <fmt/ranges.h>
#include <ranges>

#include "runner/scenario/labels.hpp"
#include "runner/scenario/named_fields.hpp"

namespace tollgate {

/// More says no more.
constexpr unsigned times_max = 1000;

// Names and roles.

/// A client by its role. "ocs" is the Charging Enabler, whom no SIP user plays.
std::string StepReader::client(Element const& e, char const* attribute) {
  auto role = e.need_word(attribute);
  if (role == "ocs") e.refuse(attribute, fmt::format("<{}> is for a client; ocs is the Charging Enabler", e.name()));
  roles_.insert(role);
  return role;
}

/// Who hears: a role that has done nothing before would hear nothing for ever.
std::string StepReader::hearer(Element const& e) const {
  auto role = e.need_word("by");
  if (role != "ocs" && !roles_.contains(role))
    e.refuse("by", fmt::format("'{}' has neither sent anything nor been deposited to, so it can hear nothing", role));
  return role;
}

/// Or "*": every client.
std::string StepReader::hearers(Element const& e) const {
  if (e.get("by") != "*") return hearer(e);
  if (roles_.empty()) e.refuse("by", "no client has done anything before");
  return "*";
}

std::string StepReader::label(Element const& e, std::string const& by, char const* attribute) const {
  auto const word = e.need(attribute);
  if (auto const why = not_a_label(word, by == "ocs")) e.refuse(attribute, fmt::format("nothing that {} hears {}", by, *why));
  if (by == "ocs" && !alone_ && is_owners_label(word))
    e.refuse(attribute, fmt::format("'{}' is of the Diameter connection, which all cases share: say alone=\"yes\" on the scenario", word));
  return word;
}

std::string StepReader::defined(Element const& e, char const* attribute) const {
  auto value = e.word(attribute);
  if (!value.empty() && !names_.contains(value))
    e.refuse(attribute, fmt::format("no message was received or sent as '{}' before{}{}", value, names_.empty() ? "" : "; there are ",
                                    fmt::join(names_ | std::views::keys, " ")));
  return value;
}

/// What the trace says of one party; what is of the Diameter connection has none.
std::string StepReader::counted_label(Element const& e, std::string const& by, char const* attribute) const {
  auto word = label(e, by, attribute);
  if (by == "ocs" && is_peer_label(word)) e.refuse(attribute, fmt::format("'{}' is expected or not, but not counted", word));
  return word;
}

void StepReader::name(Element const& e, std::string const& as, Named what) {
  if (as.empty()) return;
  if (!names_.emplace(as, std::move(what)).second) e.refuse("as", fmt::format("'{}' names an earlier message already", as));
}

StepReader::Named const* StepReader::named(std::string const& name) const {
  auto const found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

/// Whether a message that is called so can have fields of that protocol. A label of many messages fits all that its hearer hears.
static bool can_have(std::string_view by, std::string_view label, fields::Protocol protocol) {
  bool const is_diameter = protocol == fields::Protocol::diameter;
  if (by == "ocs" || is_diameter) return (by == "ocs") == is_diameter;
  auto const method = label.substr(label.rfind(' ') + 1);
  bool const is_open = label.contains('|') || method == "*" || to_number<unsigned>(method.substr(0, 1)).has_value();
  bool const is_msrp = protocol == fields::Protocol::msrp || protocol == fields::Protocol::cpim;
  return is_open || is_sip_method(method) != is_msrp;
}

void StepReader::check_field(Element const& e, char const* attribute, std::string_view field, Named const* message) const {
  auto const refuse = [&](std::string const& why) { *attribute == '\0' ? e.refuse(why) : e.refuse(attribute, why); };
  if (field == arrival_port && *attribute != '\0') return;
  auto const path = fields::parse_path(field);
  if (!path) refuse(path.error());
  if (message != nullptr && !can_have(message->by, message->message, path->protocol))
    refuse(fmt::format("'{}' is no field of {}", field, message->message));
}

/// {role.word} and {name:field} inside a text: the roles have taken part, the names were given, the fields exist.
void StepReader::check_names_in(Element const& e, std::string_view text) const {
  for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    auto const end = text.find('}', at);
    if (end == std::string_view::npos) e.refuse("a { without its }");
    auto const inner = split_sum(split_spelling(text.substr(at + 1, end - at - 1)).second).first;
    if (auto const many = repetition(text.substr(at + 1, end - at - 1))) {
      if (many->octets() > Repetition::octets_most)
        e.refuse(fmt::format("'{}*' makes {} octets, more than {}", many->times, many->octets(), Repetition::octets_most));
      continue;
    }
    if (auto const colon = inner.find(':'); colon != std::string_view::npos) {
      std::string const name(inner.substr(0, colon));
      if (!names_.contains(name)) e.refuse(fmt::format("no message was received or sent as '{}' before", name));
      check_field(e, "", inner.substr(colon + 1), named(name));
    } else if (!is_known_word(inner) && !deposits_.contains(inner)) {
      e.refuse(fmt::format("'{{{}}}' names nothing; there are {}", inner, known_words()));
    }
  }
}

void StepReader::only_on(Element const& e, char const* attribute, std::string const& message,
                         std::initializer_list<std::string_view> those) {
  if (e.has(attribute) && std::ranges::find(those, message) == those.end())
    e.refuse(attribute, fmt::format("'{}' is for {}; {} has none", attribute, fmt::join(those, " and "), message));
}

// What we do.

Amendment StepReader::changes(Element const& e) const {
  Amendment out;
  for (auto const& child : e.children()) {
    if (child.name() == "octets") {
      child.allow({"find", "put"});
      out.octets.push_back({unescaped(child.need("find")), unescaped(child.get("put"))});
      check_names_in(child, out.octets.back().find);
      check_names_in(child, out.octets.back().put);
      continue;
    }
    if (child.name() != "set" && child.name() != "add" && child.name() != "remove")
      child.refuse(fmt::format("<{}> holds set, add, remove and octets, not <{}>", e.name(), child.name()));
    child.allow({"field"});
    auto path = fields::parse_path(child.need("field"));
    if (!path) child.refuse("field", path.error());
    auto const how = child.name() == "set" ? fields::How::set : child.name() == "add" ? fields::How::add : fields::How::remove;
    fields::Edit edit{how, std::move(*path), unescaped(child.text())};
    check_names_in(child, edit.value);
    bool const is_open = edit.value.contains('{');
    if (auto const good = fields::check_edit(edit); !good && !is_open) child.refuse(good.error());
    out.edits.push_back(std::move(edit));
  }
  out.segments = segments(e);
  return out;
}

Segments StepReader::segments(Element const& e) const {
  if (!e.has("segment")) return {};
  if (e.get("by") == "ocs" && !alone_)
    e.refuse("segment", "pieces hold up the Diameter connection, which all cases share: say alone=\"yes\" on the scenario");
  if (e.get("segment") == "next") return {.with_next = true};
  auto const octets = e.number<std::size_t>("segment", octets_max);
  if (*octets == 0) e.refuse("segment", "a segment has an octet or more, or is \"next\": in one with what comes next");
  return {.octets = *octets};
}

/// "good" and "wrong" answer the last challenge; "none" lets one come.
static Proof proof(Element const& e) {
  if (!e.has("credentials")) return Proof::when_asked;
  auto const word = e.choice("credentials", {"none", "wrong", "good"});
  return word == "none" ? Proof::none : word == "wrong" ? Proof::wrong : Proof::good;
}

step::Send StepReader::send(Element const& e) {
  if (e.get("by") == "ocs") return server_request(e);
  e.allow({"by", "message", "in", "as", "expires", "contact-expires", "credentials", "segment"});
  step::Send out{.by = client(e, "by"),
                 .message = e.need("message"),
                 .in = defined(e, "in"),
                 .as = e.word("as"),
                 .expires = e.number<std::uint32_t>("expires"),
                 .contact_expires = e.number<std::uint32_t>("contact-expires"),
                 .proof = proof(e),
                 .changes = changes(e)};
  for (auto const* attribute : {"expires", "contact-expires"}) only_on(e, attribute, out.message, {"REGISTER"});
  if (auto const why = cannot_send(out.message, !out.in.empty())) e.refuse("message", *why);
  if (e.has("credentials") && (!out.in.empty() || !is_sip_method(out.message)))
    e.refuse("credentials", "only SIP requests out of a dialog say what they prove");
  if (!out.in.empty() && names_.at(out.in).message != "INVITE")
    e.refuse("in", fmt::format("'{}' is no INVITE: it opens no dialog", out.in));
  name(e, out.as, {out.by, false, true, out.message});
  return out;
}

/// What the Charging Enabler asks by itself. Only a command of the base protocol is about no credit session.
step::Send StepReader::server_request(Element const& e) {
  e.allow({"by", "message", "in", "as", "segment"});
  step::Send out{.by = "ocs",
                 .message = e.need("message"),
                 .in = defined(e, "in"),
                 .as = e.word("as"),
                 .expires = {},
                 .contact_expires = {},
                 .changes = changes(e)};
  bool const is_base = out.message == "DWR" || out.message == "DPR";
  bool const is_of_session = out.message == "RAR" || out.message == "ASR" || is_peer_label(out.message);
  if (!is_base && (!is_of_session || is_owners_label(out.message)))
    e.refuse("message", fmt::format("ocs sends DWR, DPR, RAR, ASR or the code of a command, not '{}'", out.message));
  if (is_base && !out.in.empty()) e.refuse("in", fmt::format("a {} belongs to no credit session", out.message));
  if (!is_base && out.in.empty()) e.refuse(fmt::format("a {} is about a credit session: in=\"reserve\"", out.message));
  if (!is_base && (names_.at(out.in).by != "ocs" || !names_.at(out.in).received))
    e.refuse("in", fmt::format("'{}' is no CCR that came", out.in));
  if (out.message == "DPR" && !alone_)
    e.refuse("message", "a DPR ends the connection that all cases share: say alone=\"yes\" on the scenario");
  name(e, out.as, {out.by, false, true, out.message});
  return out;
}

step::Answer StepReader::answer(Element const& e) {
  e.allow({"by", "to", "as", "status", "result", "granted", "setup", "again", "segment"});
  step::Answer out{.by = e.need_word("by"),
                   .to = e.need_word("to"),
                   .as = e.word("as"),
                   .again = e.is_yes("again", false),
                   .granted = e.number<std::uint64_t>("granted"),
                   .changes = changes(e)};
  Named& request = names_.at(defined(e, "to"));
  if (!request.received) e.refuse("to", fmt::format("'{}' was sent by us; it is the SUT's to answer", out.to));
  if (request.by != out.by) e.refuse("to", fmt::format("'{}' was received by {}, not by {}", out.to, request.by, out.by));
  bool const by_ocs = out.by == "ocs";
  for (auto const* other : by_ocs ? std::array{"status", "setup"} : std::array{"result", "granted"})
    if (e.has(other))
      e.refuse(other, fmt::format("an answer by {} has no '{}'; it has {}", out.by, other,
                                  by_ocs ? "'result' and 'granted'" : "'status' and, to an INVITE, 'setup'"));
  char const* const code = by_ocs ? "result" : "status";
  auto const value = e.number<unsigned>(code);
  if (!value) e.refuse(fmt::format("<answer by=\"{}\"> needs the attribute '{}'", out.by, code));
  bool const is_msrp = request.message == "SEND";
  bool const fits = by_ocs ? *value >= 1000 && *value <= 9999 : *value >= 100 && *value <= (is_msrp ? 999U : 699U);
  if (!fits)
    e.refuse(code, by_ocs ? "a Result-Code has four digits" : is_msrp ? "an MSRP status has three digits" : "a status is 100 to 699");
  out.code = static_cast<int>(*value);
  check_answered(e, out, request);
  constexpr int session_progress = 183;
  bool const describes = request.message == "INVITE" && (out.code == session_progress || out.code / 100 == 2);
  if (e.has("setup")) out.setup = e.choice("setup", {"active", "passive"});
  if (!out.setup.empty() && !describes) e.refuse("setup", "'setup' goes with the SDP answer: a 183 or 2xx to an INVITE");
  if (describes) sessions_.insert(out.by);
  name(e, out.as, {out.by, false, true, request.message});
  return out;
}

/// Only requests are answered, and each of them once, unless the scenario says again.
void StepReader::check_answered(Element const& e, step::Answer const& answer, Named& request) {
  if (request.message == "ACK") e.refuse("to", fmt::format("'{}' is an ACK, which nobody answers", answer.to));
  if (request.message == "CANCEL" && !cancelled_.contains(request.by))
    e.refuse("to",
             fmt::format("'{}' is a CANCEL, which the client answers by itself (RFC 3261 9.2); say <scripts message=\"CANCEL\"> before",
                         answer.to));
  if (!is_request_label(request.message))
    e.refuse("to", fmt::format("'{}' is a response, {}; only requests are answered", answer.to, request.message));
  if (request.is_answered && !answer.again)
    e.refuse("to", fmt::format("'{}' has its final answer{}; say again=\"yes\"", answer.to,
                               request.answered_at > 0 ? fmt::format(" in line {}", request.answered_at) : ""));
  if (!request.is_answered && answer.again) e.refuse("again", fmt::format("'{}' has no final answer yet", answer.to));
  if (answer.by == "ocs" || request.message == "SEND" || answer.code >= 200) {
    request.is_answered = true;
    request.answered_at = e.line();
  }
}

step::Repeat StepReader::repeat(Element const& e) {
  e.allow_only({"by", "of", "times", "every"});
  step::Repeat out{.by = e.need_word("by"),
                   .of = e.need_word("of"),
                   .every = e.duration("every", "100ms"),
                   .times = e.number<unsigned>("times", times_max).value_or(1)};
  auto const& named = names_.at(defined(e, "of"));
  if (named.received || named.by != out.by) e.refuse("of", fmt::format("'{}' was not sent by {}", out.of, out.by));
  return out;
}

step::Scripts StepReader::scripts(Element const& e) {
  e.allow_only({"by", "message"});
  if (e.get("by") != "ocs") {
    step::Scripts out{client(e, "by"), e.choice("message", {"CANCEL"})};
    cancelled_.insert(out.by);
    return out;
  }
  step::Scripts out{"ocs", e.choice("message", {"debit_units", "close", "other", "CER", "DWR"})};
  if (is_owners_label(out.message) && !alone_)
    e.refuse("message",
             fmt::format("'{}' is of the Diameter connection, which all cases share: say alone=\"yes\" on the scenario", out.message));
  return out;
}

step::Close StepReader::close(Element const& e) {
  e.allow_only({"by", "how"});
  bool const reset = e.has("how") && e.choice("how", {"end", "reset"}) == "reset";
  if (e.get("by") == "ocs") {
    if (!alone_) e.refuse("by", "all cases share the Diameter connection: say alone=\"yes\" on the scenario");
    return {"ocs", reset};
  }
  auto const by = client(e, "by");
  if (!sessions_.contains(by)) e.refuse("by", fmt::format("'{}' has accepted no INVITE, so it has no MSRP connection to close", by));
  return {by, reset};
}

std::optional<step::Any> StepReader::action(Element const& e) {
  auto const verb = e.name();
  if (verb == "deposit") return deposit(e);
  if (verb == "given") return given(e);
  if (verb == "send") return send(e);
  if (verb == "answer") return answer(e);
  if (verb == "repeat") return repeat(e);
  if (verb == "client") return client_step(e);
  if (verb == "wait") {
    e.allow_only({"for", "since", "drawn"});
    (void)e.need("for");
    return step::Wait{e.duration("for", ""), defined(e, "since"), e.is_yes("drawn", false)};
  }
  if (verb == "scripts") return scripts(e);
  if (verb == "close") return close(e);
  if (verb == "restart" || verb == "measure") {
    e.allow_only({});
    if (!alone_) e.refuse("all cases share the SUT: say alone=\"yes\" on the scenario");
    if (verb == "restart") return step::Restart{};
    return step::Measure{};
  }
  if (verb != "alone" && verb != "connect" && verb != "resume") return std::nullopt;
  e.allow_only({"by"});
  if (verb == "alone") return step::Alone{e.need_word("by")};
  if (verb == "resume") return step::Resume{client(e, "by")};
  return step::Connect{client(e, "by")};
}

step::Any StepReader::read(Element const& e) {
  if (auto what = action(e)) return std::move(*what);
  if (auto what = expectation(e)) return std::move(*what);
  e.refuse(fmt::format(
      "<{}> is no step; steps are deposit given send answer repeat client wait scripts close alone connect resume restart measure, and "
      "expect unordered silence check distinct count sum skip delivered copies completes probe",
      e.name()));
}

}  // namespace tollgate
