/// m=message <port> <proto> *,  proto = "TCP/MSRP" / "TCP/TLS/MSRP"          (RFC 4975 8.1)
/// a=path: MSRP-URI *( SP MSRP-URI )                                        (RFC 4975 8.2)
/// a=accept-types, a=accept-wrapped-types, a=max-size                       (RFC 4975 8.6)
/// a=setup, a=connection (RFC 4145 4, 5), a=fingerprint (RFC 8122 5), a=msrp-cema (RFC 6714 4.1), direction flags
/// (RFC 8866 6.7)
#include <algorithm>
#include <array>
#include <bitset>

#include "codec/msrp/uri.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/sdp/words.hpp"

namespace tollgate::sdp {

namespace {

/// What a session may say for all its media.
struct Inherited {
  std::optional<Setup> setup;
  std::optional<ConnectionUse> connection;
  std::optional<Direction> direction;
  std::vector<Fingerprint> fingerprints;
};

/// What a section's attributes said so far. `media` is where those go that only a media may have.
struct Reading {
  Inherited inherited = {};
  MsrpMediaView* media = nullptr;
};

/// `out` from what was read, or its error.
template <class Out, class T>
Parsed<void> take(Parsed<T> const& read, Out& out) {
  if (!read) return std::unexpected(read.error());
  out = *read;
  return {};
}

Parsed<void> read_path(Piece value, Reading& reading) {
  Words words(value);
  while (auto const word = words.next())
    if (auto const uri = msrp::parse_uri(word->text); !uri) return shifted(uri.error(), word->offset);
  reading.media->path = value.text;
  return {};
}

Parsed<void> read_accept_types(Piece value, Reading& reading) {
  return take(parse_format_list(value), reading.media->accept_types);
}
Parsed<void> read_accept_wrapped_types(Piece value, Reading& reading) {
  return take(parse_format_list(value), reading.media->accept_wrapped_types);
}
Parsed<void> read_max_size(Piece value, Reading& reading) {
  return take(parse_max_size(value), reading.media->max_size);
}
Parsed<void> read_setup(Piece value, Reading& reading) {
  return take(parse_setup(value), reading.inherited.setup);
}
Parsed<void> read_connection_use(Piece value, Reading& reading) {
  return take(parse_connection_use(value), reading.inherited.connection);
}
Parsed<void> read_fingerprint(Piece value, Reading& reading) {
  return take(parse_fingerprint(value), reading.inherited.fingerprints.emplace_back());
}

struct Attribute {
  std::string_view name;
  Parsed<void> (*read)(Piece value, Reading& reading);
  bool in_session = false;  ///< it may stand there for all media
  bool may_repeat = false;
};
constexpr std::array<Attribute, 7> attributes{{
    {.name = "path", .read = read_path},
    {.name = "accept-types", .read = read_accept_types},
    {.name = "accept-wrapped-types", .read = read_accept_wrapped_types},
    {.name = "max-size", .read = read_max_size},
    {.name = "setup", .read = read_setup, .in_session = true},
    {.name = "connection", .read = read_connection_use, .in_session = true},
    {.name = "fingerprint", .read = read_fingerprint, .in_session = true, .may_repeat = true},
}};

/// An attribute without a value: a direction or msrp-cema.
Parsed<void> read_flag(Piece line, Reading& reading) {
  if (reading.media != nullptr && line.text == "msrp-cema") reading.media->has_cema = true;
  auto const direction = direction_named(line.text);
  if (!direction) return {};
  if (reading.inherited.direction) return invalid(line.offset, "direction", "RFC 8866 6.7", "more than one");
  reading.inherited.direction = direction;
  return {};
}

/// Every attribute of a section that we know, each line looked at once.
Parsed<void> read_attributes(Section const& section, Reading& reading) {
  std::bitset<attributes.size()> seen;
  for (std::size_t i = 0; i < section.size(); ++i) {
    if (section.type(i) != 'a') continue;
    auto const line = section.at(i);
    auto const colon = line.text.find(':');
    if (colon == std::string_view::npos) {
      if (auto const good = read_flag(line, reading); !good) return good;
      continue;
    }
    if (line.text.substr(0, colon) == "msrp-cema") return invalid(line.offset + colon, "msrp-cema", "RFC 6714 4.1", "takes no value");
    auto const known = std::ranges::find(attributes, line.text.substr(0, colon), &Attribute::name);
    if (known == attributes.end() || (reading.media == nullptr && !known->in_session)) continue;
    auto const nth = static_cast<std::size_t>(known - attributes.begin());
    if (seen[nth] && !known->may_repeat) return invalid(line.offset, "attribute", "RFC 8866 5.13", "appears twice");
    seen[nth] = true;
    auto const good = known->read({line.text.substr(colon + 1), line.offset + colon + 1}, reading);
    if (!good) return good;
  }
  return {};
}

Parsed<void> read_media_line(Piece line, MsrpMediaView& out) {
  constexpr std::string_view clause = "RFC 4975 8.1";
  auto const read = parse_media_line(line);
  if (!read) return std::unexpected(read.error());
  auto const offset = [&](std::string_view part) { return line.offset + static_cast<std::size_t>(part.data() - line.text.data()); };
  if (read->port_count != 1) return invalid(offset(read->media) + read->media.size() + 1, "port", clause, "one port only");
  if (!is_msrp(read->protocol)) return invalid(offset(read->protocol), "proto", clause, "neither TCP/MSRP nor TCP/TLS/MSRP");
  out.line = *read;
  return {};
}

Parsed<void> read_connection(Section const& session, Section const& section, MsrpMediaView& out) {
  auto const found = connection(session, section);
  if (!found) return std::unexpected(found.error());
  out.address = found->address;
  return {};
}

/// What the media says, and what it leaves to the session.
void settle(Inherited const& own, Inherited const& session, MsrpMediaView& out) {
  out.setup = own.setup ? own.setup : session.setup;
  out.connection = own.connection ? own.connection : session.connection;
  out.direction = own.direction.value_or(session.direction.value_or(Direction::sendrecv));
  out.fingerprints = own.fingerprints.empty() ? session.fingerprints : own.fingerprints;
}

Parsed<void> read_media(Section const& session, Section const& section, MsrpMediaView& out) {
  auto const line = section.at(0);
  if (auto const read = read_media_line(line, out); !read) return read;
  Reading of_session;
  Reading of_media{.media = &out};
  if (auto const read = read_attributes(session, of_session); !read) return read;
  if (auto const read = read_attributes(section, of_media); !read) return read;
  if (out.path.empty() && out.line.port != 0) return invalid(line.offset, "path", "RFC 4975 8.2", "missing");
  if (out.accept_types.empty() && out.line.port != 0) return invalid(line.offset, "accept-types", "RFC 4975 8.6", "missing");
  settle(of_media.inherited, of_session.inherited, out);
  return read_connection(session, section, out);
}

/// The lines of the `nth` m=message; nothing without such a line.
std::optional<Section> find_media(Lines lines, std::size_t nth) {
  for (std::size_t i = 0; auto const media = media_section(lines, i); ++i)
    if (media->text(0).starts_with("message ") && nth-- == 0) return media;
  return std::nullopt;
}

}  // namespace

Parsed<MsrpMediaView> msrp_media_view(Lines lines, std::size_t nth) {
  auto const section = find_media(lines, nth);
  if (!section) return invalid(lines.octets(), "media-field", "RFC 4975 8.1", "no m=message");
  Parsed<MsrpMediaView> media;
  if (auto const read = read_media(session_section(lines), *section, *media); !read) media = std::unexpected(read.error());
  return media;
}

}  // namespace tollgate::sdp
