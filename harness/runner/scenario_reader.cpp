// Reads scenario files (scenarios/scenario.xsd says the same in XML Schema). Every error names file:line:column.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fmt/ranges.h>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "runner/bundle.hpp"
#include "runner/duration_expression.hpp"
#include "runner/scenario.hpp"

namespace tollgate {

namespace {

/// Thrown inside this file only; read_scenario turns it into a value.
struct Refused { ScenarioError error; };

struct Reader {
  std::string const& file;
  std::string_view text;
  std::map<std::string, std::string> names;  ///< defined by as= so far, and who received it
  std::set<std::string> roles;               ///< clients that have taken part so far
  bool expects = false;

  [[nodiscard]] std::string where(std::ptrdiff_t offset) const {
    auto const before = text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
    auto const line = 1 + std::ranges::count(before, '\n');
    auto const column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
    return fmt::format("{}:{}:{}", file, line, column);
  }
  /// pugixml points behind the "<" of an element.
  [[noreturn]] void refuse(pugi::xml_node node, std::string what) const {
    throw Refused{{where(node.offset_debug() - 1), std::move(what)}};
  }
  /// Points at the attribute's name in the text of its element.
  [[noreturn]] void refuse(pugi::xml_node node, std::string_view attribute, std::string what) const {
    auto const from = static_cast<std::size_t>(node.offset_debug());
    auto const at = text.find(fmt::format("{}=", attribute), from);
    auto const in = at != std::string_view::npos && at < text.find('>', from) ? at : from - 1;
    throw Refused{{where(static_cast<std::ptrdiff_t>(in)), std::move(what)}};
  }
  [[nodiscard]] int line_of(pugi::xml_node node) const {
    return static_cast<int>(1 + std::ranges::count(text.substr(0, static_cast<std::size_t>(node.offset_debug())), '\n'));
  }

  void allow(pugi::xml_node node, std::initializer_list<std::string_view> known) const {
    for (auto const attribute : node.attributes())
      if (std::ranges::find(known, attribute.name()) == known.end())
        refuse(node, attribute.name(), fmt::format("<{}> has no attribute '{}'", node.name(), attribute.name()));
  }
  /// A value out of a closed list.
  [[nodiscard]] std::string choice(pugi::xml_node node, char const* name, std::initializer_list<std::string_view> known) const {
    auto value = need(node, name);
    if (std::ranges::find(known, value) == known.end())
      refuse(node, name, fmt::format("{} is one of {}, not '{}'", name, fmt::join(known, ", "), value));
    return value;
  }
  /// A client by its role. "ocs" is the Charging Enabler, whom no SIP user plays.
  [[nodiscard]] std::string client(pugi::xml_node node, char const* name) {
    auto role = need(node, name);
    if (role == "ocs") refuse(node, name, fmt::format("<{}> is for a client; ocs is the Charging Enabler", node.name()));
    roles.insert(role);
    return role;
  }
  /// Who hears: a role that has done something before would otherwise hear nothing for ever.
  [[nodiscard]] std::string hearer(pugi::xml_node node) const {
    auto role = need(node, "by");
    if (role != "ocs" && !roles.contains(role))
      refuse(node, "by", fmt::format("'{}' has neither sent anything nor been deposited to, so it can hear nothing", role));
    return role;
  }
  /// What can come to whom: a word that nothing is ever called could not fail a silence.
  [[nodiscard]] std::string label(pugi::xml_node node, std::string const& by) const {
    auto const word = need(node, "message");
    static constexpr std::array charging{"reserve_units", "debit_units", "close", "other", "*"};
    static constexpr std::array methods{"INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "MESSAGE", "NOTIFY", "UPDATE", "INFO", "PRACK",
                                        "SEND", "REPORT", "*"};
    auto const is_one_of = [](auto const& list, std::string_view one) { return std::ranges::find(list, one) != list.end(); };
    bool const status = word.size() >= 3 && to_number<unsigned>(std::string_view(word).substr(0, 3)).has_value();
    bool const response = status && (word.size() == 3 || word == word.substr(0, 3) + " REGISTER" ||
                                     (word[3] == ' ' && is_one_of(methods, word.substr(4))));
    if (by == "ocs" ? is_one_of(charging, word) : (is_one_of(methods, word) || response)) return word;
    refuse(node, "message", fmt::format("nothing that {} hears is called '{}'; there are {}{}", by, word,
                                        by == "ocs" ? fmt::format("{}", fmt::join(charging, " ")) : fmt::format("{}", fmt::join(methods, " ")),
                                        by == "ocs" ? "" : ", and responses like \"200 REGISTER\""));
  }
  [[nodiscard]] std::string need(pugi::xml_node node, char const* name) const {
    std::string value = node.attribute(name).value();
    if (value.empty()) refuse(node, fmt::format("<{}> needs the attribute '{}'", node.name(), name));
    return value;
  }
  template <class N>
  [[nodiscard]] std::optional<N> number(pugi::xml_node node, char const* name) const {
    if (!node.attribute(name)) return std::nullopt;
    auto const value = to_number<N>(node.attribute(name).value());
    if (!value) refuse(node, name, fmt::format("'{}' is not a number", node.attribute(name).value()));
    return value;
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
    std::string value = node.attribute(name).value();
    if (!value.empty() && !names.contains(value))
      refuse(node, name, fmt::format("no message was received as '{}' before", value));
    return value;
  }

  [[nodiscard]] step::Expect expect(pugi::xml_node node) {
    allow(node, {"by", "message", "as", "within", "since", "carries", "units", "requested"});
    expects = true;
    auto const by = hearer(node);
    step::Expect out{.by = by, .message = label(node, by), .as = node.attribute("as").value(),
                     .within = duration(node, "within", "live"), .since = defined(node, "since"),
                     .units = number<std::uint64_t>(node, "units"), .requested = number<std::uint64_t>(node, "requested")};
    if (node.attribute("carries")) out.carries = node.attribute("carries").value();
    if (!out.as.empty() && !names.emplace(out.as, out.by).second)
      refuse(node, "as", fmt::format("'{}' names an earlier message already", out.as));
    return out;
  }

  [[nodiscard]] decltype(Step::what) read_step(pugi::xml_node node) {
    std::string_view const verb = node.name();
    if (verb == "deposit") {
      allow(node, {"to"});
      if (node.text().empty()) refuse(node, "<deposit> needs the text to store");
      if (node.first_child() != node.last_child()) refuse(node, "<deposit> holds text and nothing else");
      roles.insert("bob");  // who stores it
      return step::Deposit{client(node, "to"), node.text().get()};
    }
    if (verb == "send") {
      allow(node, {"by", "message", "expires", "contact-expires"});
      auto const message = need(node, "message");
      if (message != "REGISTER" && message != "OPTIONS")
        refuse(node, "message", fmt::format("'{}' cannot be sent; REGISTER and OPTIONS can", message));
      return step::Send{client(node, "by"), message, number<std::uint32_t>(node, "expires"),
                        number<std::uint32_t>(node, "contact-expires")};
    }
    if (verb == "expect") return expect(node);
    if (verb == "silence") {
      allow(node, {"by", "message", "during", "since"});
      expects = true;
      auto const by = hearer(node);
      return step::Silence{by, label(node, by), duration(node, "during", "quiet"), defined(node, "since")};
    }
    if (verb == "answer") return answer(node);
    if (verb == "probe") {
      allow(node, {"by"});
      expects = true;
      return step::Probe{client(node, "by")};
    }
    if (verb == "close") {
      allow(node, {"by"});
      return step::Close{client(node, "by")};
    }
    if (verb == "unordered") {
      allow(node, {});
      step::Unordered group;
      for (auto const child : node.children()) {
        if (child.type() != pugi::node_element) continue;
        if (std::string_view(child.name()) != "expect")
          refuse(child, fmt::format("<unordered> holds <expect> only, not <{}>", child.name()));
        group.all.push_back(expect(child));
      }
      if (group.all.empty()) refuse(node, "<unordered> is empty");
      return group;
    }
    refuse(node, fmt::format("<{}> is no step; steps are deposit send expect silence answer probe close unordered", verb));
  }

  [[nodiscard]] step::Answer answer(pugi::xml_node node) {
    allow(node, {"by", "to", "status", "result", "granted"});
    step::Answer out{.by = need(node, "by"), .to = need(node, "to"), .granted = number<std::uint64_t>(node, "granted")};
    if (auto const& by = names.find(defined(node, "to")); by->second != out.by)
      refuse(node, "to", fmt::format("'{}' was received by {}, not by {}", out.to, by->second, out.by));
    char const* const code = out.by == "ocs" ? "result" : "status";
    char const* const other = out.by == "ocs" ? "status" : "result";
    if (node.attribute(other)) refuse(node, other, fmt::format("an answer by {} has '{}', not '{}'", out.by, code, other));
    auto const value = number<unsigned>(node, code);
    if (!value) refuse(node, fmt::format("<answer by=\"{}\"> needs the attribute '{}'", out.by, code));
    bool const fits = out.by == "ocs" ? *value >= 1000 && *value <= 9999 : *value >= 100 && *value <= 699;
    if (!fits) refuse(node, code, out.by == "ocs" ? "a Result-Code has four digits" : "a status is 100 to 699");
    out.code = static_cast<int>(*value);
    return out;
  }

  [[nodiscard]] Scenario scenario(pugi::xml_node root) {
    if (std::string_view(root.name()) != "scenario") refuse(root, "the root element is not <scenario>");
    allow(root, {"id", "clause", "strength", "kind", "bundles"});
    Scenario out;
    out.info.id = need(root, "id");
    out.info.clause = need(root, "clause");
    out.info.strength = choice(root, "strength", {"shall", "flow", "rfc-must", "rfc-should", "profile"});
    out.info.kind = choice(root, "kind", {"causal", "live", "absent", "count", "field", "order", "invariant"});
    auto const dash = out.info.id.find('-');
    bool const good_id = dash != std::string::npos && dash > 0 && dash + 1 < out.info.id.size() &&
                         std::ranges::all_of(out.info.id, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || (c >= 'a' && c <= 'z'); });
    if (!good_id) refuse(root, "id", fmt::format("'{}' is no id; one is like MINE-01", out.info.id));
    out.info.group = lower(out.info.id.substr(0, out.info.id.find('-')));
    out.info.file = file;
    out.info.line = line_of(root);
    for (auto const bundle : split(root.attribute("bundles").value(), ' '))
      if (!bundle.empty()) out.bundles.emplace_back(bundle);
    for (auto const& bundle : out.bundles)
      if (auto const known = bundle_names(); std::ranges::find(known, bundle) == known.end())
        refuse(root, "bundles", fmt::format("there is no bundle '{}'; there are {}", bundle, fmt::join(known, ", ")));
    for (auto const node : root.children()) {
      if (node.type() == pugi::node_pcdata) refuse(root, "a scenario holds elements, not text");
      if (node.type() != pugi::node_element) continue;
      std::string_view const name = node.name();
      if (name == "purpose" && !out.info.purpose.empty()) refuse(node, "a scenario has one <purpose>");
      if (name == "purpose") out.info.purpose = trim(node.text().get());
      else if (name == "ambiguity") out.ambiguity = trim(node.text().get());
      else out.steps.push_back({read_step(node), line_of(node)});
    }
    if (out.info.purpose.empty()) refuse(root, "a scenario needs a <purpose>");
    if (!expects) refuse(root, "the scenario expects nothing: it could not fail");
    return out;
  }
};

}  // namespace

std::expected<Scenario, ScenarioError> read_scenario(std::string const& file, std::string_view text) {
  Reader reader{.file = file, .text = text, .names = {}, .roles = {}};
  pugi::xml_document document;
  auto const parsed = document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
  if (!parsed) return std::unexpected(ScenarioError{reader.where(parsed.offset), parsed.description()});
  try {
    return reader.scenario(document.document_element());
  } catch (Refused const& refused) {
    return std::unexpected(refused.error);
  }
}

}  // namespace tollgate
