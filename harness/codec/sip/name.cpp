/// Header names: a table, compared whole and without case (RFC 3261 7.3.1, 7.3.3, 20).
#include "codec/sip/name.hpp"

#include <array>

#include "base/text.hpp"

namespace tollgate::sip {

namespace {

struct Row {
  Name name;
  std::string_view canonical;
  std::string_view compact;  ///< one letter, "" when there is none
};

constexpr std::array rows{
    Row{Name::accept, "Accept", ""},
    Row{Name::accept_contact, "Accept-Contact", "a"},
    Row{Name::allow, "Allow", ""},
    Row{Name::authorization, "Authorization", ""},
    Row{Name::call_id, "Call-ID", "i"},
    Row{Name::contact, "Contact", "m"},
    Row{Name::content_length, "Content-Length", "l"},
    Row{Name::content_type, "Content-Type", "c"},
    Row{Name::cseq, "CSeq", ""},
    Row{Name::date, "Date", ""},
    Row{Name::event, "Event", "o"},
    Row{Name::expires, "Expires", ""},
    Row{Name::from, "From", "f"},
    Row{Name::max_forwards, "Max-Forwards", ""},
    Row{Name::min_expires, "Min-Expires", ""},
    Row{Name::p_asserted_identity, "P-Asserted-Identity", ""},
    Row{Name::path, "Path", ""},
    Row{Name::proxy_authenticate, "Proxy-Authenticate", ""},
    Row{Name::proxy_authorization, "Proxy-Authorization", ""},
    Row{Name::rack, "RAck", ""},
    Row{Name::record_route, "Record-Route", ""},
    Row{Name::referred_by, "Referred-By", "b"},
    Row{Name::require, "Require", ""},
    Row{Name::retry_after, "Retry-After", ""},
    Row{Name::route, "Route", ""},
    Row{Name::rseq, "RSeq", ""},
    Row{Name::server, "Server", ""},
    Row{Name::service_route, "Service-Route", ""},
    Row{Name::subject, "Subject", "s"},
    Row{Name::supported, "Supported", "k"},
    Row{Name::to, "To", "t"},
    Row{Name::unsupported, "Unsupported", ""},
    Row{Name::user_agent, "User-Agent", ""},
    Row{Name::via, "Via", "v"},
    Row{Name::warning, "Warning", ""},
    Row{Name::www_authenticate, "WWW-Authenticate", ""},
};

}  // namespace

Name name_of(std::string_view spelling) {
  for (Row const& row : rows) {
    auto const& form = spelling.size() == 1 ? row.compact : row.canonical;
    if (form.size() == spelling.size() && iequals(form, spelling)) return row.name;
  }
  return Name::unknown;
}

std::string_view canonical(Name name) {
  for (Row const& row : rows)
    if (row.name == name) return row.canonical;
  return {};
}

}  // namespace tollgate::sip
