#include "runner/scenario/names.hpp"

namespace tollgate {

void Names::received(std::string const& name, Received item) {
  if (name.empty()) return;
  events_.insert_or_assign(name, item.event);
  received_.insert_or_assign(name, std::move(item));
}

void Names::sent(std::string const& name, trace::EventId event) {
  if (!name.empty()) events_.insert_or_assign(name, event);
}

/// The reader has seen to it that the name was given.
trace::EventId Names::event(std::string const& name) const { return events_.at(name); }

std::vector<std::string> Names::values(std::string const& name, std::string_view field) const {
  auto const path = fields::parse_path(field);
  auto const id = event(name);
  if (!path || id == 0) return {};
  auto const& seen = bed_.recorder().trace().at(id);
  auto const read = [&](auto const& message) { return message ? fields::read(*path, *message) : std::vector<std::string>(); };
  switch (seen.channel) {
    case trace::Channel::sip: return read(sip::Message::parse(seen.octets));
    case trace::Channel::msrp: return read(msrp::Message::parse(seen.octets));
    case trace::Channel::ch2: return read(diameter::Message::parse(seen.octets));
  }
  return {};
}

std::string Names::word(std::string_view inner) const {
  if (auto const colon = inner.find(':'); colon != std::string_view::npos) {
    auto const found = values(std::string(inner.substr(0, colon)), inner.substr(colon + 1));
    return found.empty() ? "" : found.front();
  }
  if (inner == "domain") return bed_.ixit().domain;
  if (inner == "ocs.host") return bed_.ixit().origin_host;
  if (inner == "ocs.realm") return bed_.ixit().origin_realm;
  if (inner == "sut") return bed_.ixit().sut_sip.text();
  auto const dot = inner.find('.');
  return bed_.client(std::string(inner.substr(0, dot))).word(inner.substr(dot + 1));
}

std::string Names::expanded(std::string_view text) const {
  std::string out;
  while (!text.empty()) {
    auto const open = text.find('{');
    auto const close = text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    out += word(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return out + std::string(text);
}

Amendment Names::expanded(Amendment const& amendment) const {
  Amendment out = amendment;
  for (auto& edit : out.edits) edit.value = expanded(edit.value);
  for (auto& [find, put] : out.octets) {
    find = expanded(find);
    put = expanded(put);
  }
  return out;
}

}  // namespace tollgate
