#include "reports/html/message_view.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "codec/ch2/binding.hpp"
#include "reports/account.hpp"
#include "reports/avp_text.hpp"
#include "reports/escape.hpp"
#include "reports/html/hex_view.hpp"
#include "rules/deviations.hpp"

namespace tollgate::reports {

namespace {

constexpr std::size_t octets_most = 4000;  ///< of one message; the trace has the rest
constexpr std::size_t deviations_most = 20;

/// Line ends as they are meant, every other octet that nobody sees as an escape.
std::string shown(std::string_view octets) {
  std::string text;
  for (std::size_t i = 0; i < octets.size(); ++i)
    if (octets[i] != '\r' || i + 1 == octets.size() || octets[i + 1] != '\n') text += octets[i];
  return markup(text);
}

/// The octets with those that deviate in <mark>; an empty one where something is absent.
std::string marked(std::string_view octets, std::vector<Diagnostic> const& found) {
  std::string out;
  std::size_t at = 0;
  for (auto const& one : found) {
    if (one.offset < at || one.offset > octets.size()) continue;  // inside the one before
    auto const size = std::min(one.size, octets.size() - one.offset);
    out += shown(octets.substr(at, one.offset - at));
    out += fmt::format(R"(<mark title="{}">{}</mark>)", markup(fmt::format("{}, {}", one.rule, one.clause)),
                       size == 0 ? "‸" : shown(octets.substr(one.offset, size)));
    at = one.offset + size;
  }
  return out + shown(octets.substr(at));
}

bool is_diameter(trace::Event const& event) {
  return event.channel == trace::Channel::ch2 && ch2::binding_of(event.octets) == ch2::Binding::diameter;
}

/// The AVPs, and beside them the octets that they were read from.
std::string body_of_diameter(trace::Event const& event, std::vector<Diagnostic> const& found) {
  return fmt::format(R"(<div class="wire"><pre>{}</pre><pre class="hex" tabindex="0">{}</pre></div>)",
                     markup(capped(avp_text(event.octets), octets_most, "see the trace")), hex_view(event.octets, found));
}

std::string body_of(trace::Event const& event, std::vector<Diagnostic> const& found) {
  if (is_diameter(event)) return body_of_diameter(event, found);
  auto const octets = std::string_view(event.octets).substr(0, octets_most);
  auto const missing = event.octets.size() - octets.size();
  return fmt::format("<pre>{}{}</pre>", marked(octets, found),
                     missing == 0 ? "" : fmt::format("\n[{} more octets: see the trace]", missing));
}

}  // namespace

std::string message_view(trace::Trace const& trace, trace::EventId message) {
  auto const& event = trace.at(message);
  std::string out;
  auto const put = [&out]<class... Args>(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out), form, std::forward<Args>(args)...);
  };
  auto const found = rules::deviations(event);
  bool const sent = event.direction == trace::Direction::sent;
  put(R"(<section class="octets {0}" data-event="{1}" hidden><h3>#{1} {2}</h3><p class="mono">{0} over {3}, {4} → {5}, +{6} ms{7}</p>{8})",
      to_string(event.channel), event.id, markup(one_line(event.meaning.label())), to_string(event.transport),
      markup(sent ? event.local : event.remote), markup(sent ? event.remote : event.local),
      milliseconds(event.at_ns - trace.events().front().at_ns), event.repeats == 0 ? "" : fmt::format(", again #{}", event.repeats),
      body_of(event, found));
  if (!found.empty()) out += "<ul>";
  for (std::size_t i = 0; i < std::min(found.size(), deviations_most); ++i)
    put("<li><b>{}</b> {}, {}: {}{}</li>", to_string(found[i].strength), markup(found[i].rule), markup(found[i].clause),
        markup(one_line(found[i].detail)), is_diameter(event) ? fmt::format(" (at octet 0x{:04x})", found[i].offset) : "");
  if (found.size() > deviations_most) put("<li>{} more: tollgate lint tells them</li>", found.size() - deviations_most);
  out += found.empty() ? "</section>\n" : "</ul></section>\n";
  return out;
}

}  // namespace tollgate::reports
