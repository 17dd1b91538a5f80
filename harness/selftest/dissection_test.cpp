#include "selftest/dissection_test.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <numeric>

#include "selftest/program_test.hpp"
#include "trace/capture/pcapng.hpp"
#include "trace/trace.hpp"

namespace tollgate::selftest {

namespace {

char const* protocol_name(trace::Channel channel) {
  switch (channel) {
    case trace::Channel::sip: return "sip";
    case trace::Channel::msrp: return "msrp";
    case trace::Channel::ch2: return "diameter";
  }
  return "";
}

Octets capture_of(trace::Channel channel, std::vector<Dissected> const& messages) {
  trace::Trace trace;
  for (auto const& message : messages) {
    trace::Event event;
    event.at_ns = static_cast<std::int64_t>(trace.events().size()) * 1'000'000;
    event.channel = channel;
    event.transport = channel == trace::Channel::sip ? trace::Transport::udp : trace::Transport::tcp;
    event.local = "192.0.2.1:4000";
    event.remote = "192.0.2.2:5000";
    event.octets = message.octets;
    trace.record(event);
  }
  return trace::pcapng(trace, {.comment = "samples"});
}

Octets from_hex(std::string_view hex) {
  Octets octets;
  auto const digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) octets += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  return octets;
}

void collect(pugi::xml_node node, std::span<std::string_view const> names, Facts& facts) {
  for (auto const field : node.children("field")) {
    std::string_view const name = field.attribute("name").value();
    if (std::ranges::find(names, name) != names.end()) facts[std::string(name)].push_back(unfolded(field.attribute("show").value()));
    collect(field, names, facts);
  }
}

}  // namespace

pugi::xml_document dissect(trace::Channel channel, std::vector<Dissected>& messages) {
  auto const folder = fresh_folder();
  auto const capture = write_file(folder / "samples.pcapng", capture_of(channel, messages));
  auto const pdml = folder / "samples.pdml";
  auto const ended = shell("tshark -r " + capture + " -Y 'exported_pdu.prot_name != \"data-text-lines\"' -T pdml >" + pdml.string());
  EXPECT_EQ(ended.exit, 0) << "ci/setup installs tshark: " << ended.output;
  pugi::xml_document document;
  EXPECT_TRUE(document.load_file(pdml.c_str(), pugi::parse_default, pugi::encoding_utf8));
  std::size_t nth = 0;
  for (auto const packet : document.child("pdml").children("packet")) {
    if (nth == messages.size()) break;
    messages[nth++].protocol = packet.find_child_by_attribute("proto", "name", protocol_name(channel));
  }
  EXPECT_EQ(nth, messages.size());
  return document;
}

std::string octets_of(pugi::xml_node field) {
  return from_hex(field.attribute("value").value());
}

std::string unfolded(std::string_view text) {
  std::string out;
  for (char const c : text) {
    bool const is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

Facts facts_of(pugi::xml_node node, std::span<std::string_view const> names) {
  Facts facts;
  collect(node, names, facts);
  return facts;
}

bool Agreement::is_excused(std::string const& sample, std::string const& field) {
  for (auto const& excuse : excuses_) {
    if (excuse.file != sample || std::ranges::find(excuse.fields, field) == excuse.fields.end()) continue;
    used_.push_back(fmt::format("{} {}", sample, field));
    return true;
  }
  return false;
}

void Agreement::compare(std::string const& sample, Facts const& ours, Facts const& tsharks) {
  auto all = ours;
  all.insert(tsharks.begin(), tsharks.end());
  auto const values = [](Facts const& facts, std::string const& name) {
    auto const found = facts.find(name);
    return found == facts.end() ? std::vector<std::string>() : found->second;
  };
  for (auto const& [name, unused] : all) {
    auto const we = values(ours, name);
    auto const it = values(tsharks, name);
    compared_ += we.size();
    if (we == it || is_excused(sample, name)) continue;
    ADD_FAILURE() << printable(fmt::format("{}: {} is {} to us and {} to tshark", sample, name, we, it));
  }
}

void Agreement::finish(std::size_t fields_at_least) const {
  EXPECT_GE(compared_, fields_at_least);
  for (auto const& excuse : excuses_)
    for (auto const& field : excuse.fields)
      EXPECT_TRUE(std::ranges::find(used_, fmt::format("{} {}", excuse.file, field)) != used_.end())
          << "tshark agrees on " << field << " of " << excuse.file << " now: drop the excuse";
}

}  // namespace tollgate::selftest
