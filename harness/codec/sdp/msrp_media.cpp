/// m=message <port> <proto> *,  proto = "TCP/MSRP" / "TCP/TLS/MSRP"          (RFC 4975 8.1)
/// a=path: MSRP-URI *( SP MSRP-URI )                                        (RFC 4975 8.2)
/// a=accept-types, a=accept-wrapped-types, a=max-size                       (RFC 4975 8.6)
/// a=setup, a=connection (RFC 4145 4, 5), a=fingerprint (RFC 8122 5), a=msrp-cema (RFC 6714 4.1), direction flags
/// (RFC 8866 6.7)
#include "codec/sdp/msrp_media.hpp"

#include "base/text.hpp"
#include "codec/msrp/uri.hpp"
#include "codec/sdp/media_line.hpp"
#include "codec/sdp/origin.hpp"
#include "codec/sdp/words.hpp"

namespace tollgate::sdp {

namespace {

/// The two places that speak of our media: its own lines, and the session's for what they leave out.
struct Sections {
  Section session;
  Section media;
};

Parsed<void> read_media_line(Sections const& from, MsrpMedia& out) {
  constexpr std::string_view clause = "RFC 4975 8.1";
  auto const line = parse_media_line(from.media.at(0));
  if (!line) return std::unexpected(line.error());
  auto const offset = [&](std::string_view part) {
    auto const whole = from.media.at(0);
    return whole.offset + static_cast<std::size_t>(part.data() - whole.text.data());
  };
  if (line->port_count != 1)
    return invalid(offset(line->media) + line->media.size() + 1, "port", clause, "one port only");
  if (!is_msrp(line->protocol))
    return invalid(offset(line->protocol), "proto", clause, "neither TCP/MSRP nor TCP/TLS/MSRP");
  out.port = line->port;
  out.protocol = line->protocol;
  return {};
}

Parsed<void> read_connection(Sections const& from, MsrpMedia& out) {
  auto const found = connection(from.session, from.media);
  if (!found) return std::unexpected(found.error());
  out.address_type = found->address.type;
  out.address = found->address.text;
  return {};
}

Parsed<void> read_path(Sections const& from, MsrpMedia& out) {
  auto const path = from.media.attribute("path");
  if (!path) return std::unexpected(path.error());
  if (!*path && out.port == 0) return {};
  if (!*path) return invalid(from.media.at(0).offset, "path", "RFC 4975 8.2", "missing");
  if (auto const uris = msrp::parse_path((*path)->text); !uris) return shifted(uris.error(), (*path)->offset);
  for (auto const uri : split((*path)->text, ' ')) out.path.emplace_back(uri);
  return {};
}

Parsed<void> read_types(Sections const& from, std::string_view name, std::vector<std::string>& out) {
  auto const list = from.media.attribute(name);
  if (!list) return std::unexpected(list.error());
  if (!*list) return {};
  if (auto const good = parse_format_list(**list); !good) return std::unexpected(good.error());
  for (auto const entry : split((*list)->text, ' ')) out.emplace_back(entry);
  return {};
}

Parsed<void> read_all_types(Sections const& from, MsrpMedia& out) {
  if (auto const read = read_types(from, "accept-types", out.accept_types); !read) return read;
  if (out.accept_types.empty() && out.port != 0)
    return invalid(from.media.at(0).offset, "accept-types", "RFC 4975 8.6", "missing");
  return read_types(from, "accept-wrapped-types", out.accept_wrapped_types);
}

Parsed<void> read_max_size(Sections const& from, MsrpMedia& out) {
  auto const value = from.media.attribute("max-size");
  if (!value) return std::unexpected(value.error());
  if (!*value) return {};
  auto const size = parse_max_size(**value);
  if (!size) return std::unexpected(size.error());
  out.max_size = *size;
  return {};
}

Parsed<void> read_comedia(Sections const& from, MsrpMedia& out) {
  auto const found_setup = setup(from.session, from.media);
  if (!found_setup) return std::unexpected(found_setup.error());
  auto const found_use = connection_use(from.session, from.media);
  if (!found_use) return std::unexpected(found_use.error());
  auto const prints = fingerprints(from.session, from.media);
  if (!prints) return std::unexpected(prints.error());
  out.setup = *found_setup;
  out.connection = *found_use;
  for (auto const& print : *prints)
    out.fingerprints.push_back(std::string(print.hash_function).append(" ").append(print.value));
  out.has_cema = from.media.flag("msrp-cema").has_value();
  return {};
}

Parsed<void> read_direction(Sections const& from, MsrpMedia& out) {
  auto const found = direction(from.session, from.media);
  if (!found) return std::unexpected(found.error());
  out.direction = found->value_or(Direction::sendrecv);
  return {};
}

/// The lines of the session and of the `nth` m=message; nothing without such a line.
std::optional<Sections> find_sections(Lines lines, std::size_t nth) {
  for (std::size_t i = 0; auto const media = media_section(lines, i); ++i)
    if (media->at(0).text.starts_with("message ") && nth-- == 0) return Sections{session_section(lines), *media};
  return std::nullopt;
}

std::string joined(std::vector<std::string> const& parts) {
  std::string text;
  for (auto const& part : parts) text.append(text.empty() ? "" : " ").append(part);
  return text;
}

}  // namespace

Parsed<MsrpMedia> msrp_media(Lines lines, std::size_t nth) {
  auto const found = find_sections(lines, nth);
  if (!found) return invalid(lines.octets(), "media-field", "RFC 4975 8.1", "no m=message");
  MsrpMedia media;
  for (auto const read :
       {read_media_line, read_path, read_all_types, read_max_size, read_connection, read_comedia, read_direction})
    if (auto const good = read(*found, media); !good) return std::unexpected(good.error());
  return media;
}

Description describe(MsrpMedia const& media, std::uint64_t session, std::uint64_t version) {
  Description description;
  auto const line = [&](char type, std::string value) {
    description.lines.push_back({type, std::move(value), "\r\n"});
  };
  auto const where = "IN " + media.address_type + " " + media.address;
  line('v', "0");
  line('o', "- " + std::to_string(session) + " " + std::to_string(version) + " " + where);
  line('s', "-");
  line('c', where);
  line('t', "0 0");
  line('m', "message " + std::to_string(media.port) + " " + media.protocol + " *");
  if (!media.accept_types.empty()) line('a', "accept-types:" + joined(media.accept_types));
  if (!media.accept_wrapped_types.empty()) line('a', "accept-wrapped-types:" + joined(media.accept_wrapped_types));
  if (!media.path.empty()) line('a', "path:" + joined(media.path));
  if (media.setup) line('a', "setup:" + std::string(to_string(*media.setup)));
  if (media.connection) line('a', "connection:" + std::string(to_string(*media.connection)));
  for (auto const& fingerprint : media.fingerprints) line('a', "fingerprint:" + fingerprint);
  if (media.has_cema) line('a', "msrp-cema");
  if (media.direction != Direction::sendrecv) line('a', std::string(to_string(media.direction)));
  if (media.max_size) line('a', "max-size:" + std::to_string(*media.max_size));
  return description;
}

}  // namespace tollgate::sdp
