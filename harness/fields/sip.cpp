// Fields of a SIP message (RFC 3261 7, 20).
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/list.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/via.hpp"
#include "fields/fields.hpp"
#include "fields/sdp.hpp"
#include "fields/sip_forms.hpp"

namespace tollgate::fields {

namespace {

using sip::Name;
using Values = std::vector<std::string>;

/// Header fields whose value is a comma list (RFC 3261 7.3.1). Those with commas inside one value are not.
bool is_list(Name name) {
  static constexpr std::array lists{Name::via,
                                    Name::contact,
                                    Name::route,
                                    Name::record_route,
                                    Name::path,
                                    Name::service_route,
                                    Name::allow,
                                    Name::supported,
                                    Name::require,
                                    Name::unsupported,
                                    Name::accept,
                                    Name::accept_contact,
                                    Name::p_asserted_identity,
                                    Name::allow_events,
                                    Name::proxy_require};
  return std::ranges::find(lists, name) != lists.end();
}

std::optional<std::string> parameter(sip::Parameters const& parameters, std::string_view name) {
  if (name.starts_with(';')) name.remove_prefix(1);
  auto const found = parameters.find(name);
  if (!found) return std::nullopt;
  return std::string(sip::unquoted(*found));
}

std::optional<std::string> part_of_uri(std::string_view uri, std::string_view part) {
  auto const parsed = sip::parse_uri(uri);
  if (!parsed) return std::nullopt;
  if (part == "user") return std::string(parsed->user);
  if (part == "host") return std::string(parsed->host);
  if (part == "port") return parsed->port ? std::optional(fmt::format("{}", *parsed->port)) : std::nullopt;
  if (part == "scheme") return lower(parsed->scheme);
  if (part == "aor") return parsed->address_of_record();
  return parameter(parsed->parameters, part);
}

std::optional<std::string> part_of_address(std::string_view value, std::string_view part) {
  if (value == "*") return part == "uri" ? std::optional<std::string>("*") : std::nullopt;
  auto const parsed = sip::parse_name_addr(value);
  if (!parsed) return std::nullopt;
  if (part == "uri") return std::string(parsed->uri);
  if (part == "user" || part == "host" || part == "port" || part == "aor" || part == "scheme") return part_of_uri(parsed->uri, part);
  if (part == "display") return std::string(sip::unquoted(parsed->display_name));
  return parameter(parsed->parameters, part);
}

std::optional<std::string> part_of_via(std::string_view value, std::string_view part) {
  auto const parsed = sip::parse_via(value);
  if (!parsed) return std::nullopt;
  if (part == "transport") return std::string(parsed->transport);
  if (part == "host") return std::string(parsed->host);
  if (part == "port") return parsed->port ? std::optional(fmt::format("{}", *parsed->port)) : std::nullopt;
  return parameter(parsed->parameters, part);
}

std::optional<std::string> part_of_cseq(std::string_view value, std::string_view part) {
  auto const parsed = sip::parse_cseq(value);
  if (!parsed) return std::nullopt;
  if (part == "seq") return fmt::format("{}", parsed->number);
  return part == "method" ? std::optional(std::string(parsed->method)) : std::nullopt;
}

/// auth-param: challenge = "Digest" LWS digest-cln *(COMMA digest-cln) (RFC 3261 20.44).
std::optional<std::string> part_of_challenge(std::string_view value, std::string_view part) {
  auto const space = value.find(' ');
  if (part == "scheme") return std::string(value.substr(0, space));
  if (space == std::string_view::npos) return std::nullopt;
  for (auto const element : sip::List(value.substr(space + 1))) {
    auto const equals = element.find('=');
    if (equals != std::string_view::npos && iequals(trim(element.substr(0, equals)), part))
      return std::string(sip::unquoted(trim(element.substr(equals + 1))));
  }
  return std::nullopt;
}

std::optional<std::string> part_of_value(std::string_view value, std::string_view part) {
  auto const semicolon = std::min(value.find(';'), value.size());
  auto const parameters = sip::parse_parameters(value.substr(semicolon));
  return parameters ? parameter(*parameters, part) : std::nullopt;
}

std::optional<std::string> part(Name name, std::string_view value, std::string_view part) {
  if (part.empty()) return std::string(value);
  switch (sip_form(name)) {
    case SipForm::via: return part_of_via(value, part);
    case SipForm::cseq: return part_of_cseq(value, part);
    case SipForm::address: return part_of_address(value, part);
    case SipForm::digest: return part_of_challenge(value, part);
    case SipForm::other: break;
  }
  return part_of_value(value, part);
}

Values header_field(Path const& path, sip::Message const& message) {
  Values out;
  Name const name = sip::name_of(path.name);
  for (auto const& field : message.fields()) {
    if (name == Name::unknown ? !iequals(field.spelling, path.name) : field.name != name) continue;
    auto const elements = is_list(name) ? sip::split_list(field.value) : std::vector<std::string_view>{field.value};
    for (auto const element : elements)
      if (auto value = part(name, element, path.part)) out.push_back(std::move(*value));
  }
  return out;
}

}  // namespace

Values read(Path const& path, sip::Message const& message) {
  if (path.protocol == Protocol::sdp) return read_description(path, message.body());
  if (path.protocol != Protocol::sip) return {};
  if (path.name == "msg_body") return message.body().empty() ? Values{} : Values{message.body()};
  if (path.name == "Method") return message.is_request() ? Values{std::string(message.method())} : Values{};
  if (path.name == "Status-Code") return message.is_request() ? Values{} : Values{fmt::format("{}", message.status())};
  if (path.name != "r-uri") return header_field(path, message);
  if (!message.is_request()) return {};
  if (path.part.empty()) return {std::string(message.request_uri())};
  auto value = part_of_uri(message.request_uri(), path.part);
  return value ? Values{std::move(*value)} : Values{};
}

void apply(Edit const& edit, sip::Message& message) {
  auto const& name = edit.path.name;
  if (edit.path.protocol == Protocol::sdp) {
    std::string const type(message.value(Name::content_type).value_or("application/sdp"));
    message.set_body(edit_description(edit, message.body()), type);
    return;
  }
  if (edit.path.protocol != Protocol::sip) return;
  if (name == "msg_body") {
    std::string const type(message.value(Name::content_type).value_or("text/plain"));
    message.set_body(edit.how == How::remove ? "" : edit.value, type);
  } else if (name == "r-uri") {
    message.set_request_uri(edit.value);
  } else if (Name const known = sip::name_of(name); known == Name::unknown) {
    if (edit.how != How::remove) message.add(name, edit.value);
  } else if (edit.how == How::remove) {
    message.drop(known);
  } else if (edit.how == How::add) {
    message.add(name, edit.value);
  } else {
    message.set(known, edit.value);
  }
}

}  // namespace tollgate::fields
