/// m=message <port> <proto> *,  proto = "TCP/MSRP" / "TCP/TLS/MSRP"          (RFC 4975 8.1)
/// a=path: MSRP-URI *( SP MSRP-URI )                                        (RFC 4975 8.2)
/// a=accept-types: format-entry *( SP format-entry ), accept-wrapped-types likewise (RFC 4975 8.6)
/// a=max-size: 1*DIGIT (RFC 4975 8.6), a=setup (RFC 4145 4), direction flags (RFC 8866 6.7)
#include "codec/sdp/msrp_media.hpp"

#include <array>
#include <utility>

#include "base/text.hpp"
#include "codec/msrp/uri.hpp"
#include "codec/sdp/section.hpp"

namespace tollgate::sdp {

namespace {

constexpr std::array<std::pair<Setup, std::string_view>, 4> setups{{{Setup::active, "active"},
                                                                    {Setup::passive, "passive"},
                                                                    {Setup::actpass, "actpass"},
                                                                    {Setup::holdconn, "holdconn"}}};
constexpr std::array<std::pair<Direction, std::string_view>, 4> directions{{{Direction::sendrecv, "sendrecv"},
                                                                            {Direction::sendonly, "sendonly"},
                                                                            {Direction::recvonly, "recvonly"},
                                                                            {Direction::inactive, "inactive"}}};

/// The two places that speak of our media: its own lines, and the session's for what they leave out.
struct Sections {
  Section session;
  Section media;
};

Parsed<void> read_media_line(Section const& media, MsrpMedia& out) {
  constexpr std::string_view clause = "RFC 4975 8.1";
  auto const line = media.at(0);
  auto const parts = split(line.text, ' ');
  auto const offset = [&](std::string_view part) {
    return line.offset + static_cast<std::size_t>(part.data() - line.text.data());
  };
  auto const end = line.offset + line.text.size();
  if (parts.size() < 4 || parts[3].empty()) return invalid(end, "media-field", clause, "not four parts");
  auto const port = to_number<std::uint16_t>(parts[1]);
  if (!port) return invalid(offset(parts[1]), "port", clause, "not a number up to 65535");
  if (parts[2] != "TCP/MSRP" && parts[2] != "TCP/TLS/MSRP")
    return invalid(offset(parts[2]), "proto", clause, "neither TCP/MSRP nor TCP/TLS/MSRP");
  out.port = *port;
  out.protocol = parts[2];
  return {};
}

Parsed<void> read_connection(Sections const& from, MsrpMedia& out) {
  constexpr std::string_view clause = "RFC 8866 5.7";
  auto line = from.media.find('c');
  if (!line) line = from.session.find('c');
  if (!line) return invalid(from.media.at(0).offset, "connection-field", clause, "missing");
  auto const parts = split(line->text, ' ');
  if (parts.size() != 3 || parts[0] != "IN" || parts[2].empty())
    return invalid(line->offset, "connection-field", clause, "expected IN, a type and an address");
  if (parts[1] != "IP4" && parts[1] != "IP6")
    return invalid(line->offset + parts[0].size() + 1, "addrtype", clause, "neither IP4 nor IP6");
  out.address_type = parts[1];
  out.address = parts[2];
  return {};
}

Parsed<void> read_path(Section const& media, MsrpMedia& out) {
  auto const path = media.attribute("path");
  if (!path) return std::unexpected(path.error());
  if (!*path && out.port == 0) return {};
  if (!*path) return invalid(media.at(0).offset, "path", "RFC 4975 8.2", "missing");
  if (auto const uris = msrp::parse_path((*path)->text); !uris) return shifted(uris.error(), (*path)->offset);
  for (auto const uri : split((*path)->text, ' ')) out.path.emplace_back(uri);
  return {};
}

/// format-entry = ( type "/" subtype *( ";" type-param ) ) / "*"; nothing read where the attribute is absent.
Parsed<std::vector<std::string>> read_types(Section const& media, std::string_view name) {
  std::vector<std::string> types;
  auto const list = media.attribute(name);
  if (!list) return std::unexpected(list.error());
  if (!*list) return types;
  auto at = (*list)->offset;
  for (auto const entry : split((*list)->text, ' ')) {
    auto const slash = entry.find('/');
    auto const type_end = entry.find(';');
    bool const is_type = slash != std::string_view::npos && slash > 0 && slash + 1 < std::min(type_end, entry.size());
    if (entry != "*" && !is_type) return invalid(at, "format-entry", "RFC 4975 8.6", "neither a media type nor *");
    types.emplace_back(entry);
    at += entry.size() + 1;
  }
  return types;
}

Parsed<void> read_all_types(Section const& media, MsrpMedia& out) {
  auto types = read_types(media, "accept-types");
  if (!types) return std::unexpected(types.error());
  if (types->empty() && out.port != 0) return invalid(media.at(0).offset, "accept-types", "RFC 4975 8.6", "missing");
  auto wrapped = read_types(media, "accept-wrapped-types");
  if (!wrapped) return std::unexpected(wrapped.error());
  out.accept_types = std::move(*types);
  out.accept_wrapped_types = std::move(*wrapped);
  return {};
}

Parsed<void> read_max_size(Section const& media, MsrpMedia& out) {
  auto const size = media.attribute("max-size");
  if (!size) return std::unexpected(size.error());
  if (!*size) return {};
  out.max_size = to_number<std::uint64_t>((*size)->text);
  if (!out.max_size) return invalid((*size)->offset, "max-size", "RFC 4975 8.6", "not a number of octets");
  return {};
}

Parsed<void> read_setup(Sections const& from, MsrpMedia& out) {
  for (auto const* section : {&from.media, &from.session}) {
    auto const setup = section->attribute("setup");
    if (!setup) return std::unexpected(setup.error());
    if (!*setup) continue;
    for (auto const& [value, name] : setups)
      if ((*setup)->text == name) out.setup = value;
    if (!out.setup) return invalid((*setup)->offset, "setup", "RFC 4145 4", "none of its four values");
    return {};
  }
  return {};
}

Parsed<void> read_direction(Sections const& from, MsrpMedia& out) {
  for (auto const* section : {&from.media, &from.session}) {
    std::optional<Direction> found;
    for (auto const& [value, name] : directions) {
      auto const flag = section->flag(name);
      if (!flag) continue;
      if (found) return invalid(flag->offset, "direction", "RFC 8866 6.7", "more than one");
      found = value;
    }
    if (!found) continue;
    out.direction = *found;
    return {};
  }
  return {};
}

/// The lines of the session and of the first m=message; nothing without such a line.
std::optional<Sections> find_sections(Description const& description) {
  auto const& lines = description.lines;
  auto const next_media = [&](std::size_t at) {
    while (at < lines.size() && lines[at].type != 'm') ++at;
    return at;
  };
  auto const session_end = next_media(0);
  for (auto at = session_end; at < lines.size(); at = next_media(at + 1))
    if (lines[at].value.starts_with("message "))
      return Sections{Section(description, 0, session_end), Section(description, at, next_media(at + 1))};
  return std::nullopt;
}

std::string joined(std::vector<std::string> const& parts) {
  std::string text;
  for (auto const& part : parts) text.append(text.empty() ? "" : " ").append(part);
  return text;
}

}  // namespace

Parsed<MsrpMedia> msrp_media(Description const& description) {
  auto const found = find_sections(description);
  if (!found) return invalid(description.write().size(), "media-field", "RFC 4975 8.1", "no m=message");
  MsrpMedia media;
  for (auto const read : {read_media_line, read_path, read_all_types, read_max_size})
    if (auto const good = read(found->media, media); !good) return std::unexpected(good.error());
  for (auto const read : {read_connection, read_setup, read_direction})
    if (auto const good = read(*found, media); !good) return std::unexpected(good.error());
  return media;
}

Description describe(MsrpMedia const& media, std::uint64_t session, std::uint64_t version) {
  Description description;
  auto const line = [&](char type, std::string value) {
    description.lines.push_back({type, std::move(value), "\r\n"});
  };
  auto const connection = "IN " + media.address_type + " " + media.address;
  line('v', "0");
  line('o', "- " + std::to_string(session) + " " + std::to_string(version) + " " + connection);
  line('s', "-");
  line('c', connection);
  line('t', "0 0");
  line('m', "message " + std::to_string(media.port) + " " + media.protocol + " *");
  if (!media.accept_types.empty()) line('a', "accept-types:" + joined(media.accept_types));
  if (!media.accept_wrapped_types.empty()) line('a', "accept-wrapped-types:" + joined(media.accept_wrapped_types));
  if (!media.path.empty()) line('a', "path:" + joined(media.path));
  if (media.setup) line('a', "setup:" + std::string(to_string(*media.setup)));
  if (media.direction != Direction::sendrecv) line('a', std::string(to_string(media.direction)));
  if (media.max_size) line('a', "max-size:" + std::to_string(*media.max_size));
  return description;
}

std::string_view to_string(Setup setup) {
  for (auto const& [value, name] : setups)
    if (value == setup) return name;
  return {};
}

std::string_view to_string(Direction direction) {
  for (auto const& [value, name] : directions)
    if (value == direction) return name;
  return {};
}

}  // namespace tollgate::sdp
