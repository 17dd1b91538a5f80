// Reads scenario files (scenarios/scenario.xsd says the same in XML Schema). Every error names file:line:column.
#include <algorithm>
#include <fmt/ranges.h>
#include <pugixml.hpp>
#include <ranges>

#include "codec/xml_form.hpp"
#include "runner/axes.hpp"
#include "runner/claims.hpp"
#include "runner/scenario/read_step.hpp"

namespace tollgate {

namespace {

/// Flows of one scenario at most, repetitions of examples included.
constexpr std::size_t flows_max = 1000;

std::vector<std::string> words(std::string const& text) {
  std::vector<std::string> out;
  for (auto const word : split(text, ' '))
    if (!word.empty()) out.emplace_back(word);
  return out;
}

std::vector<std::string> claims(Element const& e) {
  auto out = words(e.get("needs"));
  for (auto const& claim : out)
    if (auto const known = known_claims(); claim != claim_diameter && std::ranges::find(known, claim_in(claim)) == known.end())
      e.refuse("needs", fmt::format("there is no claim '{}'; there are {}", claim, fmt::join(known, " ")));
  return out;
}

/// [A-Z]+-[0-9]+[a-z]?
bool is_id(std::string_view id) {
  auto const upper = std::min(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), id.size());
  auto const digits = std::min(id.find_first_not_of("0123456789", upper + 1), id.size());
  bool const letter = digits + 1 == id.size() && id[digits] >= 'a' && id[digits] <= 'z';
  return upper > 0 && upper < id.size() && id[upper] == '-' && digits > upper + 1 && (digits == id.size() || letter);
}

void read_root(Element const& root, Scenario& out, std::string const& file) {
  if (root.name() != "scenario") root.refuse("the root element is not <scenario>");
  root.allow({"id", "clause", "strength", "kind", "bundles", "profile", "detects", "runs", "needs", "alone", "heavy", "xmlns:xsi",
              "xsi:noNamespaceSchemaLocation"});
  out.info.id = root.need("id");
  if (!is_id(out.info.id))
    root.refuse("id", fmt::format("'{}' is no id; one is like MINE-01: capitals, '-', digits, perhaps a small letter", out.info.id));
  out.info.clause = root.need("clause");
  out.info.strength = root.choice("strength", {"shall", "flow", "rfc-must", "rfc-should", "rfc-may", "profile"});
  out.info.kind = root.choice("kind", {"causal", "live", "absent", "count", "field", "order", "invariant"});
  out.info.group = lower(out.info.id.substr(0, out.info.id.find('-')));
  out.info.file = file;
  out.info.line = root.line();
  out.info.detects = words(root.get("detects"));
  out.where = root.where();
  out.profile = root.axes();
  out.needs = claims(root);
  out.alone = root.is_yes("alone", false);
  out.heavy = root.is_yes("heavy", false);
  out.bundles = words(root.get("bundles"));
  for (auto const& bundle : out.bundles)
    if (auto const known = bundle_names(); std::ranges::find(known, bundle) == known.end())
      root.refuse("bundles", fmt::format("there is no bundle '{}'; there are {}", bundle, fmt::join(known, ", ")));
}

/// The values of one <example>, and the claims of the SUT that it takes.
struct Instance {
  Example values;
  std::vector<std::string> needs;
};

Instance read_example(Element const& e, Instance const* first) {
  Instance out{e.attributes(), claims(e)};
  out.values.erase("needs");
  if (out.values.empty()) e.refuse("<example> names no value");
  if (first != nullptr && !std::ranges::equal(out.values | std::views::keys, first->values | std::views::keys))
    e.refuse("every <example> names the same values");
  return out;
}

/// "code=413 text=x"
std::string label_of(Example const& example) {
  std::string out;
  for (auto const& [key, value] : example) out += fmt::format("{}{}={}", out.empty() ? "" : " ", key, value);
  return out;
}

bool is_about(std::string_view name) {
  return name == "purpose" || name == "ambiguity" || name == "not-built" || name == "example";
}

/// The steps of one example.
Flow read_flow(XmlFile const& file, Instance const& example, pugi::xml_node root, bool alone, bool& expects) {
  Flow flow{.label = label_of(example.values), .needs = example.needs, .steps = {}};
  StepReader steps(alone);
  for (auto const& e : Element(file, example.values, root).children())
    if (!is_about(e.name())) flow.steps.push_back({steps.read(e), e.line()});
  expects = steps.expects();
  return flow;
}

/// <purpose> comes first, then perhaps <ambiguity> and <not-built>, then perhaps examples, then the steps.
std::vector<Instance> read_about(XmlFile const& file, pugi::xml_node node, Scenario& out) {
  std::vector<Instance> examples;
  Example const none;
  bool steps = false;
  for (auto const& e : Element(file, none, node).children()) {
    auto const name = e.name();
    if (is_about(name) && steps) e.refuse(fmt::format("<{}> comes before the steps", name));
    if (name != "purpose" && out.info.purpose.empty())
      Element(file, none, node)
          .refuse(is_about(name) ? "a scenario needs a <purpose>, first of all" : "a scenario needs a <purpose>, before its steps");
    steps = steps || !is_about(name);
    if (steps) continue;
    if (name == "example") {
      examples.push_back(read_example(e, examples.empty() ? nullptr : &examples.front()));
      continue;
    }
    auto& value = name == "purpose" ? out.info.purpose : name == "ambiguity" ? out.ambiguity : out.info.not_built;
    if (!value.empty()) e.refuse(fmt::format("a scenario has one <{}>", name));
    if (!examples.empty()) e.refuse(fmt::format("<{}> comes before the examples", name));
    e.allow({});
    value = trim(e.text());
    if (value.empty()) e.refuse(fmt::format("<{}> is empty", name));
  }
  return examples;
}

Scenario read_whole(XmlFile const& file, pugi::xml_node node) {
  Scenario out;
  Example const none;
  Element const root(file, none, node);
  read_root(root, out, file.file);
  auto examples = read_about(file, node, out);
  if (out.info.purpose.empty()) root.refuse("a scenario needs a <purpose>");
  if (examples.empty()) examples.emplace_back();
  auto const runs = root.number<std::size_t>("runs").value_or(1);
  if (runs == 0 || runs > flows_max || runs * examples.size() > flows_max)
    root.refuse("runs", fmt::format("1 to {} flows are played", flows_max));
  if (std::ranges::all_of(examples, [](Instance const& one) { return !one.needs.empty(); }))
    root.refuse("every <example> needs a claim: say it of the scenario, so that it does not apply without it");
  bool expects = true;
  for (auto const& example : examples) {
    auto flow = read_flow(file, example, node, out.alone, expects);
    if (!expects) root.refuse("the scenario expects nothing: it could not fail");
    for (std::size_t run = 1; run <= runs; ++run) {
      out.flows.push_back(flow);
      if (runs > 1) out.flows.back().label += fmt::format("{}run {}", flow.label.empty() ? "" : " ", run);
    }
  }
  return out;
}

}  // namespace

std::expected<Scenario, ScenarioError> read_scenario(std::string const& file, std::string_view text) {
  XmlFile const source{file, text};
  pugi::xml_document document;
  auto const parsed = document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
  if (!parsed) return std::unexpected(ScenarioError{source.where(parsed.offset), parsed.description()});
  if (auto const bad = ill_formed(text))
    return std::unexpected(ScenarioError{source.where(static_cast<std::ptrdiff_t>(bad->offset)), bad->what});
  try {
    return read_whole(source, document.document_element());
  } catch (FileRefused const& refused) {
    return std::unexpected(refused.error);
  }
}

}  // namespace tollgate
