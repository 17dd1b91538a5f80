#include "codec/sdp/judge.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/msrp/uri.hpp"
#include "codec/sdp/attribute_line.hpp"
#include "codec/sdp/contact_lines.hpp"
#include "codec/sdp/description.hpp"
#include "codec/sdp/index.hpp"
#include "codec/sdp/media_line.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/sdp/origin.hpp"
#include "codec/sdp/timing.hpp"

namespace tollgate::sdp {

namespace {

/// What a receiver makes of a deviation alone.
struct Effect {
  Outcome outcome = Outcome::accept;
  std::uint32_t answer = 0;
};
constexpr Effect borne{};
constexpr Effect unreadable{Outcome::reject, 400};
constexpr Effect unusable{Outcome::reject, 488};
constexpr Effect needless{Outcome::either, 400};  ///< in a line that a receiver need not read
constexpr Effect doubtful{Outcome::either, 488};

/// What `parse` refuses, whatever it reads.
template <auto parse>
Parsed<void> is(Piece value) {
  if (auto const read = parse(value); !read) return std::unexpected(read.error());
  return {};
}

struct LineRule {
  char type;
  Parsed<void> (*check)(Piece value);
  Effect effect = unreadable;
};
constexpr std::array<LineRule, 11> line_rules{{
    {'o', is<parse_origin>},
    {'u', is<parse_uri_line>, needless},
    {'e', is<parse_email>, needless},
    {'p', is<parse_phone>, needless},
    {'c', is<parse_connection>},
    {'t', is<parse_timing>},
    {'r', is<parse_repeat>},
    {'z', is<parse_zone>},
    {'b', is<parse_bandwidth>},
    {'m', is<parse_media_line>},
    {'a', is<parse_attribute_line>},
}};

struct Judge {
  std::string_view text;
  Judgement judgement = {};

  void add(std::size_t offset, std::size_t size, std::string_view rule, std::string_view clause, Strength strength, Effect effect,
           std::string_view detail) {
    auto const behind = std::ranges::upper_bound(judgement.diagnostics, offset, {}, &Diagnostic::offset);
    judgement.diagnostics.insert(behind, {offset, size, rule, clause, strength, std::string(detail)});
    if (effect.outcome == Outcome::accept) return;
    bool const is_worse = judgement.outcome != effect.outcome && judgement.outcome != Outcome::reject;
    bool const is_alike = judgement.outcome == effect.outcome;
    if (is_worse || (is_alike && effect.answer < judgement.answer)) judgement.answer = effect.answer;
    if (is_worse) judgement.outcome = effect.outcome;
  }
  void add(ParseError const& error, Effect effect) {
    auto const at = std::min(error.offset, text.size());
    add(at, at < text.size() ? 1 : 0, error.rule, error.clause, Strength::must, effect, error.detail);
  }

  void judge_line(LineView const& line) {
    auto const& [value, offset] = line.value;
    if (line.end == "\n") add(offset + value.size(), 1, "CRLF", "RFC 8866 5", Strength::should, borne, "LF alone is read");
    if (line.end.empty()) add(text.size(), 0, "CRLF", "RFC 8866 5", Strength::must, borne, "the last line has no end");
    // RFC 4566 demanded a character; RFC 8866 says "s= " or "s=-" where there is no name (5.3).
    if (line.type == 's' && value.empty())
      add(offset - 2, 2, "session-name-field", "RFC 8866 5.3", Strength::must, borne, "empty; \"s=-\" stands for none");
    if (line.type == 'i' && value.empty()) add(offset - 2, 2, "text", "RFC 8866 5.4", Strength::must, needless, "empty");
    if (line.type == 'k') add(offset - 2, 2, "key-field", "RFC 8866 5.12", Strength::must, borne, "obsolete: discarded unread");
    for (auto const& [type, check, effect] : line_rules)
      if (line.type == type)
        if (auto const good = check(line.value); !good) add(good.error(), effect);
    if (line.type == 'o') judge_network(parse_origin(line.value), line.value, borne);
    if (line.type == 'c') judge_network(parse_connection(line.value), line.value, doubtful);
    // Who has no use for the attribute does not read it.
    if (auto const attribute = parse_attribute_line(line.value); line.type == 'a' && attribute)
      if (auto const good = check_attribute_value(*attribute); !good) add(good.error(), borne);
  }

  /// Networks and address types are registered besides IN IP4 and IN IP6 (RFC 8866 8.2.6, 8.2.7), and nobody has to know them.
  template <class T>
  void judge_network(Parsed<T> const& read, Piece line, Effect effect) {
    if (!read || read->address.is_ip()) return;
    auto const& type = read->address.type;
    add(line.offset + static_cast<std::size_t>(type.data() - line.text.data()), type.size(), "addrtype", "RFC 8866 8.2.7", Strength::may,
        effect, "neither IN IP4 nor IN IP6");
  }

  /// Reads all lines, the bad ones too; true when there were none.
  bool judge_lines() {
    Layout layout(text);
    bool is_good = true;
    for (LineView line; !layout.at_end();) {
      auto const read = layout.next(line);
      is_good = is_good && read.has_value();
      if (read)
        judge_line(line);
      else
        add(read.error(), unreadable);
    }
    auto const whole = layout.finish();
    if (!whole) add(whole.error(), unreadable);
    return is_good && whole.has_value();
  }

  /// The format list, the port and the scheme of an m=message line (RFC 4975 8.1). A relay's URIs stand before the endpoint's own
  /// (RFC 4976 4), so that any of the path may have the port; who connects, or whose address a border controller changes, names
  /// another (RFC 4145 4.1, RFC 6714 4.1).
  void judge_message(Piece m, MsrpMediaView const& media) {
    auto const place = [&](std::string_view part) { return m.offset + static_cast<std::size_t>(part.data() - m.text.data()); };
    auto const& line = media.line;
    if (line.formats != "*")
      add(place(line.formats), line.formats.size(), "fmt", "RFC 4975 8.1", Strength::must, doubtful, "the format list is \"*\"");
    auto const path = msrp::parse_path(media.path);
    constexpr std::uint16_t discard = 9;
    bool const is_free = line.port == 0 || media.has_cema || (line.port == discard && media.setup == Setup::active);
    if (!path || path->empty()) return;
    if (!is_free && std::ranges::none_of(*path, [&](auto const& uri) { return uri.port.value_or(msrp::usual_port) == line.port; }))
      add(place(line.media) + line.media.size() + 1, 0, "port", "RFC 4975 8.1", Strength::must, borne, "no URI of a=path has that port");
    bool const is_tls = line.protocol == "TCP/TLS/MSRP";
    if (iequals(path->back().scheme, "msrps") != is_tls)
      add(place(line.protocol), line.protocol.size(), "proto", "RFC 4975 6, 8.1", Strength::should, borne,
          "msrps goes over TCP/TLS/MSRP, msrp over TCP/MSRP");
  }

  /// What each media description must have: c= there or before (RFC 8866 5.7), and what MSRP asks for.
  void judge_media(Lines lines) {
    auto const session = session_section(lines);
    std::size_t nth_message = 0;
    for (std::size_t i = 0; auto const media = media_section(lines, i); ++i) {
      auto const line = media->at(0);
      if (!media->find('c') && !session.find('c'))
        add(line.offset, line.text.size(), "connection-field", "RFC 8866 5.7", Strength::must, unreadable, "missing");
      if (!line.text.starts_with("message ")) continue;
      auto const read = msrp_media_view(lines, nth_message++);
      if (read) judge_message(line, *read);
      bool const is_told =
          !read && std::ranges::any_of(judgement.diagnostics, [&](Diagnostic const& one) { return one.offset == read.error().offset; });
      if (!read && !is_told) add(read.error(), unusable);
    }
  }
};

}  // namespace

Judgement judge(std::string_view text) {
  Judge judge{text};
  if (!judge.judge_lines()) return judge.judgement;
  if (auto const description = Description::parse(text)) judge.judge_media(*description);
  return judge.judgement;
}

}  // namespace tollgate::sdp
