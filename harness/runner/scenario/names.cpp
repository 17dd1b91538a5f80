#include "runner/scenario/names.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fmt/format.h>
#include <ranges>

#include "codec/diameter/value.hpp"
#include "runner/scenario/labels.hpp"

namespace tollgate {

void Names::received(std::string const& name, Received item) {
  if (name.empty()) return;
  events_.insert_or_assign(name, item.event);
  received_.insert_or_assign(name, std::move(item));
}

void Names::sent(std::string const& name, trace::EventId event) {
  if (!name.empty()) events_.insert_or_assign(name, event);
}

void Names::text(std::string const& name, std::string text) {
  if (!name.empty()) texts_.insert_or_assign(name, std::move(text));
}

static CaseStopped not_there(std::string const& name) {
  return {Verdict::inconc, "not there", fmt::format("'{}' did not come, so what depends on it was not seen", name), {}};
}

Received const& Names::request(std::string const& name) const {
  auto const found = received_.find(name);
  if (found == received_.end()) throw not_there(name);
  return found->second;
}

trace::EventId Names::event(std::string const& name) const {
  auto const found = events_.find(name);
  if (found == events_.end()) throw not_there(name);
  auto const event = found->second;
  if (event == 0)
    throw CaseStopped{Verdict::inconc, "not sent", fmt::format("'{}' could not be sent: there was no connection for it", name), {}};
  return event;
}

std::vector<std::string> read_field(fields::Path const& path, trace::Event const& event) {
  auto const read = [&](auto const& message) { return message ? fields::read(path, *message) : std::vector<std::string>(); };
  switch (event.channel) {
    case trace::Channel::sip: return read(sip::Message::parse(event.octets));
    case trace::Channel::msrp: return read(msrp::Message::parse(event.octets));
    case trace::Channel::ch2: return read(ch2::read_message(event.octets));
  }
  return {};
}

std::vector<std::string> Names::values(std::string const& name, std::string_view field) const {
  auto const path = fields::parse_path(field);
  return path ? read_field(*path, bed_.recorder().trace().at(bed_.recorder().latest(event(name)))) : std::vector<std::string>();
}

/// Seconds since 1900, as Event-Timestamp counts them (RFC 6733 4.3.1).
static std::int64_t now_since_1900(Bed& bed) {
  return diameter::time_of_1970 + bed.ixit().started_at + std::chrono::floor<std::chrono::seconds>(bed.clock().now()).count();
}

/// Letters turned, small to capital and back.
static std::string turned(std::string text) {
  for (char& c : text) {
    auto const octet = static_cast<unsigned char>(c);
    if (std::isalpha(octet) != 0) c = static_cast<char>(c ^ ' ');
  }
  return text;
}

static std::string spelled(Spelling spelling, std::string const& text) {
  if (spelling == Spelling::escaped) {
    auto const first = std::ranges::find_if(text, [](unsigned char c) { return std::isalnum(c) != 0; });
    if (first == text.end() || text.starts_with('[')) return text;
    auto const at = static_cast<std::size_t>(first - text.begin());
    return fmt::format("{}%{:02X}{}", text.substr(0, at), static_cast<unsigned char>(*first), text.substr(at + 1));
  }
  auto other = turned(text);
  if (other == text && spelling == Spelling::other_case)
    throw CaseStopped{Verdict::inconc, "no letter", fmt::format("{} has no letter, so it has no other case", text), {}};
  return other;
}

/// The host at the far end of the newest connection for CH-2.
static std::string peer_of(trace::Trace const& trace) {
  for (auto const& event : trace.events() | std::views::reverse)
    if (event.channel == trace::Channel::ch2 && event.direction == trace::Direction::received && !event.remote.empty())
      if (auto const address = Address::parse(event.remote)) return address->host;
  return "";
}

std::string Names::plain_word(std::string_view inner) const {
  if (auto const [spelling, plain] = split_spelling(inner); spelling != Spelling::as_it_is) return spelled(spelling, plain_word(plain));
  if (auto const colon = inner.find(':'); colon != std::string_view::npos) {
    auto const found = values(std::string(inner.substr(0, colon)), inner.substr(colon + 1));
    return found.empty() ? "" : found.front();
  }
  if (auto const text = texts_.find(inner); text != texts_.end()) return text->second;
  if (inner == "domain") return bed_.ixit().domain;
  if (inner == "ocs.host") return bed_.ixit().origin_host;
  if (inner == "ocs.realm") return bed_.ixit().origin_realm;
  if (inner == "ocs.service-context") return bed_.ixit().service_context;
  if (inner == "ocs.peer") return peer_of(bed_.recorder().trace());
  if (inner == "sut") return bed_.ixit().sut_sip_over(bed_.ixit().sip_transport).text();
  if (inner == "now") return fmt::format("{}", now_since_1900(bed_));
  auto const dot = inner.find('.');
  std::string const role(inner.substr(0, dot));
  if (inner.substr(dot + 1) == "transmitted") return fmt::format("{}", bed_.transmitted_to(role));
  return bed_.client(role).word(inner.substr(dot + 1));
}

std::string Names::word(std::string_view inner) const {
  if (auto const many = repetition(inner)) return many->spelled_out();
  auto const [base, sum] = split_sum(inner);
  if (sum == 0) return plain_word(inner);
  auto const number = to_number<std::uint64_t>(plain_word(base)).value_or(0);
  return fmt::format("{}", static_cast<std::int64_t>(number) + sum);
}

std::string Names::expanded(std::string_view text) const {
  return with_braces(text, [this](auto inner) { return word(inner); });
}

/// Every character of the text stands for itself.
static std::string literal(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (std::string_view("\\^$.|?*+()[]{}").contains(c)) out += '\\';
    out += c;
  }
  return out;
}

std::string Names::expanded_pattern(std::string_view pattern) const {
  return with_braces(pattern, [this](auto inner) { return is_name(inner) ? literal(word(inner)) : fmt::format("{{{}}}", inner); });
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
