// Reads scenario files (scenarios/scenario.xsd says the same in XML Schema, as far as it can). Every error names
// file:line:column. What could never fail, never happen or never matter is refused.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "runner/bundle.hpp"
#include "runner/duration_expression.hpp"
#include "runner/scenario.hpp"
#include "runner/xml_element.hpp"
#include "runner/xml_form.hpp"

namespace tollgate {

namespace {

constexpr std::array charging{"reserve_units", "debit_units", "close", "other", "*"};
constexpr std::array methods{"INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "MESSAGE", "NOTIFY", "UPDATE", "INFO", "PRACK", "SEND", "REPORT", "*"};

bool is_one_of(auto const& list, std::string_view one) { return std::ranges::find(list, one) != list.end(); }

/// "200", "200 REGISTER"
bool is_response(std::string_view label) {
  auto const status = to_number<unsigned>(label.substr(0, 3));
  if (label.size() < 3 || !status || *status < 100 || *status > 699) return false;
  auto const method = label.size() > 4 ? label.substr(4) : "";
  return label.size() == 3 || (label[3] == ' ' && method != "*" && (method == "REGISTER" || is_one_of(methods, method)));
}

/// A message that an <expect> has given a name.
struct Named {
  std::string by;
  std::string label;
  int answered_at = 0;  ///< line of its final answer
};

struct Reader : XmlFile {
  std::map<std::string, Named> names = {};
  std::set<std::string> roles = {};     ///< clients that have taken part so far
  std::set<std::string> sessions = {};  ///< clients that have told the SUT where their MSRP session is
  bool expects = false;

  /// A client by its role. "ocs" is the Charging Enabler, whom no SIP user plays.
  [[nodiscard]] std::string client(pugi::xml_node node, char const* name) {
    auto role = need_word(node, name);
    if (role == "ocs") refuse(node, name, fmt::format("<{}> is for a client; ocs is the Charging Enabler", node.name()));
    roles.insert(role);
    return role;
  }
  /// Who hears: a role that has done something before would otherwise hear nothing for ever.
  [[nodiscard]] std::string hearer(pugi::xml_node node) const {
    auto role = need_word(node, "by");
    if (role != "ocs" && !roles.contains(role))
      refuse(node, "by", fmt::format("'{}' has neither sent anything nor been deposited to, so it can hear nothing", role));
    return role;
  }
  /// What can come to whom: a word that nothing is ever called could not fail a silence.
  [[nodiscard]] std::string label(pugi::xml_node node, std::string const& by) const {
    auto word = need(node, "message");
    if (by == "ocs" ? is_one_of(charging, word) : (is_one_of(methods, word) || is_response(word))) return word;
    auto const known = by == "ocs" ? fmt::format("{}", fmt::join(charging, " "))
                                   : fmt::format("{}, and responses like \"200 REGISTER\"", fmt::join(methods, " "));
    refuse(node, "message", fmt::format("nothing that {} hears is called '{}'; there are {}", by, word, known));
  }
  [[nodiscard]] std::string duration(pugi::xml_node node, char const* name, std::string otherwise) const {
    if (!node.attribute(name)) return otherwise;
    std::string value = node.attribute(name).value();
    auto const read = read_duration(value, Ixit{});
    if (!read) refuse(node, name, fmt::format("'{}' is no duration: {}", value, read.error().detail));
    if (*read <= Duration::zero()) refuse(node, name, fmt::format("'{}' is no time at all with the standards' timers", value));
    return value;
  }
  [[nodiscard]] std::string defined(pugi::xml_node node, char const* name) const {
    auto value = word(node, name);
    if (!value.empty() && !names.contains(value)) refuse(node, name, fmt::format("no message was received as '{}' before", value));
    return value;
  }
  /// Refuses an attribute that only these messages can have.
  void only_on(pugi::xml_node node, char const* name, std::string const& message, std::initializer_list<std::string_view> those) const {
    if (node.attribute(name) && std::ranges::find(those, message) == those.end())
      refuse(node, name, fmt::format("'{}' is for {}; {} has none", name, fmt::join(those, " and "), message));
  }

  [[nodiscard]] step::Expect expect(pugi::xml_node node) {
    allow(node, {"by", "message", "as", "within", "since", "carries", "units", "requested"});
    allow_no_content(node);
    expects = true;
    auto const by = hearer(node);
    step::Expect out{.by = by, .message = label(node, by), .as = word(node, "as"), .within = duration(node, "within", "live"),
                     .since = defined(node, "since"), .units = number<std::uint64_t>(node, "units"),
                     .requested = number<std::uint64_t>(node, "requested")};
    only_on(node, "carries", out.message, {"SEND"});
    only_on(node, "units", out.message, {"debit_units", "close"});
    only_on(node, "requested", out.message, {"reserve_units", "debit_units"});
    if (node.attribute("carries")) out.carries = node.attribute("carries").value();
    if (!out.as.empty() && !names.emplace(out.as, Named{out.by, out.message}).second)
      refuse(node, "as", fmt::format("'{}' names an earlier message already", out.as));
    return out;
  }

  [[nodiscard]] step::Deposit deposit(pugi::xml_node node) {
    auto text = text_of(node, {"to"});
    if (trim(text).empty()) refuse(node, "<deposit> needs the text to store");
    roles.insert("bob");  // who stores it
    return step::Deposit{client(node, "to"), std::move(text)};
  }

  [[nodiscard]] step::Send send(pugi::xml_node node) {
    allow(node, {"by", "message", "expires", "contact-expires"});
    allow_no_content(node);
    auto const message = need(node, "message");
    if (message != "REGISTER" && message != "OPTIONS")
      refuse(node, "message", fmt::format("'{}' cannot be sent; REGISTER and OPTIONS can", message));
    for (auto const* name : {"expires", "contact-expires"}) only_on(node, name, message, {"REGISTER"});
    return step::Send{client(node, "by"), message, number<std::uint32_t>(node, "expires"), number<std::uint32_t>(node, "contact-expires")};
  }

  [[nodiscard]] step::Unordered unordered(pugi::xml_node node) {
    allow(node, {});
    step::Unordered group;
    for (auto const child : node.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) refuse(node, "<unordered> holds elements, not text");
      if (child.type() != pugi::node_element) continue;
      if (std::string_view(child.name()) != "expect")
        refuse(child, fmt::format("<unordered> holds <expect> only, not <{}>", child.name()));
      group.all.push_back(expect(child));
    }
    if (group.all.empty()) refuse(node, "<unordered> is empty");
    return group;
  }

  [[nodiscard]] step::Silence silence(pugi::xml_node node) {
    allow(node, {"by", "message", "during", "since"});
    allow_no_content(node);
    expects = true;
    auto const by = hearer(node);
    return step::Silence{by, label(node, by), duration(node, "during", "quiet"), defined(node, "since")};
  }

  [[nodiscard]] decltype(Step::what) read_step(pugi::xml_node node) {
    std::string_view const verb = node.name();
    if (verb == "deposit") return deposit(node);
    if (verb == "send") return send(node);
    if (verb == "expect") return expect(node);
    if (verb == "silence") return silence(node);
    if (verb == "answer") return answer(node);
    if (verb == "unordered") return unordered(node);
    if (verb == "probe" || verb == "close") {
      allow(node, {"by"});
      allow_no_content(node);
      auto by = client(node, "by");
      expects |= verb == "probe";
      if (verb == "probe") return step::Probe{std::move(by)};
      if (!sessions.contains(by)) refuse(node, "by", fmt::format("'{}' has accepted no INVITE, so it has no MSRP connection to close", by));
      return step::Close{std::move(by)};
    }
    refuse(node, fmt::format("<{}> is no step; steps are deposit send expect silence answer probe close unordered", verb));
  }

  // --- answers ------------------------------------------------------------------------------------------------------

  [[nodiscard]] step::Answer answer(pugi::xml_node node) {
    allow(node, {"by", "to", "status", "result", "granted", "setup"});
    allow_no_content(node);
    step::Answer out{.by = need_word(node, "by"), .to = need_word(node, "to")};
    Named& request = names.at(defined(node, "to"));
    if (request.by != out.by) refuse(node, "to", fmt::format("'{}' was received by {}, not by {}", out.to, request.by, out.by));
    bool const by_ocs = out.by == "ocs";
    for (auto const* other : by_ocs ? std::array{"status", "setup"} : std::array{"result", "granted"})
      if (node.attribute(other)) refuse(node, other, fmt::format("an answer by {} has no '{}'; it has {}", out.by, other, by_ocs ? "'result' and 'granted'" : "'status' and, to an INVITE, 'setup'"));
    out.granted = number<std::uint64_t>(node, "granted");
    out.code = code(node, by_ocs);
    check_request(node, out, request);
    return out;
  }

  [[nodiscard]] int code(pugi::xml_node node, bool by_ocs) const {
    char const* const name = by_ocs ? "result" : "status";
    auto const value = number<unsigned>(node, name);
    if (!value) refuse(node, fmt::format("<answer by=\"{}\"> needs the attribute '{}'", node.attribute("by").value(), name));
    bool const fits = by_ocs ? *value >= 1000 && *value <= 9999 : *value >= 100 && *value <= 699;
    if (!fits) refuse(node, name, by_ocs ? "a Result-Code has four digits" : "a status is 100 to 699");
    return static_cast<int>(*value);
  }

  /// Only requests are answered, and each of them once.
  void check_request(pugi::xml_node node, step::Answer& out, Named& request) {
    if (is_response(request.label)) refuse(node, "to", fmt::format("'{}' is a response, {}; only requests are answered", out.to, request.label));
    if (request.label == "ACK") refuse(node, "to", fmt::format("'{}' is an ACK, which nobody answers", out.to));
    if (request.label == "CANCEL") refuse(node, "to", fmt::format("'{}' is a CANCEL, which the client answers by itself (RFC 3261 9.2)", out.to));
    if (request.answered_at != 0) refuse(node, "to", fmt::format("'{}' has its final answer in line {}", out.to, request.answered_at));
    bool const is_final = out.by == "ocs" || out.code >= 200;
    if (!is_final && request.label == "SEND") refuse(node, "status", "a SEND is answered with 200 or an error");
    constexpr int session_progress = 183;
    bool const describes = request.label == "INVITE" && (out.code == session_progress || out.code / 100 == 2);
    out.setup = node.attribute("setup") ? choice(node, "setup", {"active", "passive"}) : "";
    if (!out.setup.empty() && !describes) refuse(node, "setup", "'setup' goes with the SDP answer: a 183 or 2xx to an INVITE");
    if (describes) sessions.insert(out.by);
    if (is_final) request.answered_at = line_of(node);
  }

  // --- the whole ----------------------------------------------------------------------------------------------------

  [[nodiscard]] std::string id(pugi::xml_node root) const {
    auto value = need(root, "id");
    auto const upper = std::min(value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), value.size());
    auto const digits = std::min(value.find_first_not_of("0123456789", upper + 1), value.size());
    bool const letter = digits + 1 == value.size() && value[digits] >= 'a' && value[digits] <= 'z';
    bool const fits = upper > 0 && upper < value.size() && value[upper] == '-' && digits > upper + 1 && (digits == value.size() || letter);
    if (!fits) refuse(root, "id", fmt::format("'{}' is no id; one is like MINE-01: capitals, '-', digits, perhaps a small letter", value));
    return value;
  }

  void head(pugi::xml_node root, Scenario& out) const {
    allow(root, {"id", "clause", "strength", "kind", "bundles", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"});
    out.info.id = id(root);
    out.info.clause = need(root, "clause");
    out.info.strength = choice(root, "strength", {"shall", "flow", "rfc-must", "rfc-should", "profile"});
    out.info.kind = choice(root, "kind", {"causal", "live", "absent", "count", "field", "order", "invariant"});
    out.info.group = lower(out.info.id.substr(0, out.info.id.find('-')));
    out.info.file = file;
    out.info.line = line_of(root);
    out.where = where(root);
    for (auto const bundle : split(root.attribute("bundles").value(), ' '))
      if (!bundle.empty()) out.bundles.emplace_back(bundle);
    for (auto const& bundle : out.bundles)
      if (auto const known = bundle_names(); std::ranges::find(known, bundle) == known.end())
        refuse(root, "bundles", fmt::format("there is no bundle '{}'; there are {}", bundle, fmt::join(known, ", ")));
  }

  /// <purpose> comes first, then perhaps <ambiguity>, then the steps.
  void about(pugi::xml_node node, Scenario& out) const {
    std::string_view const name = node.name();
    if (name == "purpose" && !out.info.purpose.empty()) refuse(node, "a scenario has one <purpose>");
    if (name == "ambiguity" && !out.ambiguity.empty()) refuse(node, "a scenario has one <ambiguity>");
    if (!out.steps.empty()) refuse(node, fmt::format("<{}> comes before the steps", name));
    if (name == "ambiguity" && out.info.purpose.empty()) refuse(node, "<ambiguity> comes after <purpose>");
    auto& value = name == "purpose" ? out.info.purpose : out.ambiguity;
    value = trim(text_of(node, {}));
    if (value.empty()) refuse(node, fmt::format("<{}> is empty", name));
  }

  [[nodiscard]] Scenario scenario(pugi::xml_node root) {
    if (std::string_view(root.name()) != "scenario") refuse(root, "the root element is not <scenario>");
    Scenario out;
    head(root, out);
    for (auto const node : root.children()) {
      if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) refuse(root, "a scenario holds elements, not text");
      if (node.type() != pugi::node_element) continue;
      std::string_view const name = node.name();
      if (name == "purpose" || name == "ambiguity") about(node, out);
      else if (out.info.purpose.empty()) refuse(root, "a scenario needs a <purpose>, before its steps");
      else out.steps.push_back({read_step(node), line_of(node)});
    }
    if (out.info.purpose.empty()) refuse(root, "a scenario needs a <purpose>");
    if (!expects) refuse(root, "the scenario expects nothing: it could not fail");
    return out;
  }
};

}  // namespace

std::expected<Scenario, ScenarioError> read_scenario(std::string const& file, std::string_view text) {
  Reader reader{{.file = file, .text = text}};
  pugi::xml_document document;
  auto const parsed = document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) return std::unexpected(ScenarioError{reader.where(parsed.offset), parsed.description()});
  if (auto const bad = ill_formed(text))
    return std::unexpected(ScenarioError{reader.where(static_cast<std::ptrdiff_t>(bad->offset)), bad->what});
  try {
    return reader.scenario(document.document_element());
  } catch (FileRefused const& refused) {
    return std::unexpected(refused.error);
  }
}

}  // namespace tollgate
