// Reads scenario files (scenarios/scenario.xsd says the same in XML Schema). Every error names file:line:column.
#include <fmt/ranges.h>

#include <algorithm>
#include <pugixml.hpp>
#include <ranges>

#include "runner/axes.hpp"
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

bool is_id(std::string_view id) {
  auto const dash = id.find('-');
  return dash != std::string_view::npos && dash > 0 && dash + 1 < id.size() && std::ranges::all_of(id, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || (c >= 'a' && c <= 'z');
         });
}

void read_root(Element const& root, Scenario& out, std::string const& file) {
  if (root.name() != "scenario") root.refuse("the root element is not <scenario>");
  root.allow({"id", "clause", "strength", "kind", "bundles", "profile", "needs", "detects", "runs", "alone"});
  out.info.id = root.need("id");
  if (!is_id(out.info.id)) root.refuse("id", fmt::format("'{}' is no id; one is like MINE-01", out.info.id));
  out.info.clause = root.need("clause");
  out.info.strength = root.choice("strength", {"shall", "flow", "rfc-must", "rfc-should", "profile"});
  out.info.kind = root.choice("kind", {"causal", "live", "absent", "count", "field", "order", "invariant"});
  out.info.group = lower(out.info.id.substr(0, out.info.id.find('-')));
  out.info.file = file;
  out.info.line = root.line();
  out.info.detects = words(root.get("detects"));
  out.info.needs = words(root.get("needs"));
  out.info.alone = root.has("alone") && root.choice("alone", {"true", "false"}) == "true";
  out.where = root.where();
  out.profile = root.axes();
  out.bundles = words(root.get("bundles"));
  for (auto const& bundle : out.bundles)
    if (auto const known = bundle_names(); std::ranges::find(known, bundle) == known.end())
      root.refuse("bundles", fmt::format("there is no bundle '{}'; there are {}", bundle, fmt::join(known, ", ")));
}

Example read_example(Element const& e, pugi::xml_node node, Example const* first) {
  Example out;
  for (auto const attribute : node.attributes()) out.insert_or_assign(attribute.name(), attribute.value());
  if (out.empty()) e.refuse("<example> names no value");
  if (first != nullptr && !std::ranges::equal(out | std::views::keys, *first | std::views::keys))
    e.refuse("every <example> names the same values");
  return out;
}

/// "code=413 text=x"
std::string label_of(Example const& example) {
  std::string out;
  for (auto const& [key, value] : example) out += fmt::format("{}{}={}", out.empty() ? "" : " ", key, value);
  return out;
}

/// The steps of one example.
Flow read_flow(Source const& source, Example const& example, pugi::xml_node root, bool& expects) {
  Flow flow{.label = label_of(example), .steps = {}};
  StepReader steps;
  for (auto const& e : Element(source, example, root).children())
    if (e.name() != "purpose" && e.name() != "ambiguity" && e.name() != "example")
      flow.steps.push_back({steps.read(e), e.line()});
  expects = steps.expects();
  return flow;
}

Scenario read_whole(Source const& source, pugi::xml_node node) {
  Scenario out;
  Example const none;
  Element const root(source, none, node);
  read_root(root, out, source.file);
  std::vector<Example> examples;
  for (auto const child : node.children()) {
    Element const e(source, none, child);
    if (e.name() == "example") examples.push_back(read_example(e, child, examples.empty() ? nullptr : &examples.front()));
    if (e.name() == "purpose" && !out.info.purpose.empty()) e.refuse("a scenario has one <purpose>");
    if (e.name() == "purpose") out.info.purpose = trim(e.text());
    if (e.name() == "ambiguity") out.ambiguity = trim(e.text());
  }
  if (out.info.purpose.empty()) root.refuse("a scenario needs a <purpose>");
  if (examples.empty()) examples.emplace_back();
  auto const runs = root.number<std::size_t>("runs").value_or(1);
  if (runs == 0 || runs > flows_max || runs * examples.size() > flows_max)
    root.refuse("runs", fmt::format("1 to {} flows are played", flows_max));
  bool expects = true;
  for (auto const& example : examples) {
    auto flow = read_flow(source, example, node, expects);
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
  Source const source{file, text};
  pugi::xml_document document;
  auto const parsed = document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
  if (!parsed) return std::unexpected(ScenarioError{source.where(parsed.offset), parsed.description()});
  try {
    return read_whole(source, document.document_element());
  } catch (Refused const& refused) {
    return std::unexpected(refused.error);
  }
}

}  // namespace tollgate
