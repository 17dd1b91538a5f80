#include "codec/sdp/msrp_media.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tollgate::sdp {

namespace {

std::vector<std::string> strings(std::string_view list) {
  std::vector<std::string> all;
  if (list.empty()) return all;
  for (auto const word : split(list, ' ')) all.emplace_back(word);
  return all;
}

std::string joined(std::vector<std::string> const& parts) {
  std::string text;
  for (auto const& part : parts) text.append(text.empty() ? "" : " ").append(part);
  return text;
}

}  // namespace

Parsed<MsrpMedia> msrp_media(Lines lines, std::size_t nth) {
  auto const view = msrp_media_view(lines, nth);
  if (!view) return std::unexpected(view.error());
  MsrpMedia media;
  media.address = view->address.text;
  media.network_type = view->address.network_type;
  media.address_type = view->address.type;
  media.port = view->line.port;
  media.protocol = view->line.protocol;
  media.path = strings(view->path);
  media.setup = view->setup;
  media.accept_types = strings(view->accept_types);
  media.accept_wrapped_types = strings(view->accept_wrapped_types);
  media.max_size = view->max_size;
  media.direction = view->direction;
  media.connection = view->connection;
  for (auto const& print : view->fingerprints)
    media.fingerprints.push_back(std::string(print.hash_function).append(" ").append(print.value));
  media.has_cema = view->has_cema;
  return media;
}

Description describe(MsrpMedia const& media, std::uint64_t session, std::uint64_t version) {
  Description description;
  auto const line = [&](char type, std::string value) { description.lines.push_back({type, std::move(value), "\r\n"}); };
  auto const where = media.network_type + " " + media.address_type + " " + media.address;
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
