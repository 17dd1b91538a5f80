#include "refserver/registrar.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/sip/addresses.hpp"
#include "codec/sip/response.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::refserver {

using sip::Name;

/// What a REGISTER asks for one contact.
struct Registrar::Change {
  Binding binding;
  bool removes = false;
};

/// RFC 3261 10.3 steps 1, 4 and 5: the user of our domain that To names.
std::optional<std::string> Registrar::address_of_record(sip::Message const& request) const {
  auto const to = sip::to(request);
  if (!to) return std::nullopt;
  auto const uri = sip::parse_uri(to->uri);
  if (!uri || uri->user.empty() || !iequals(uri->host, config_.domain)) return std::nullopt;
  return uri->address_of_record();
}

/// RFC 3261 10.3 steps 6 and 7. The status with which to refuse, 200 if the changes may be made.
int Registrar::read_changes(sip::Message const& request, std::string const& aor, std::vector<Change>& changes) const {
  constexpr int ok = 200, bad_request = 400, server_error = 500;
  auto const contacts = sip::contacts(request);
  auto const cseq = sip::cseq(request);
  auto const call_id = sip::call_id(request);
  if (!cseq || !call_id) return bad_request;
  if (!request.value(Name::contact)) return ok;  // a query
  if (!contacts) return bad_request;
  auto const header = sip::expires(request);
  std::uint32_t const otherwise = header ? *header : config_.expires_default;
  auto const known = bindings_.find(aor);
  auto const out_of_order = [&](Binding const& old) { return old.call_id == *call_id && cseq->number <= old.cseq; };
  bool const wildcard = std::ranges::any_of(*contacts, [](auto const& c) { return c.uri == "*"; });
  if (wildcard) {
    if (contacts->size() != 1 || !header || *header != 0) return bad_request;
    if (known == bindings_.end()) return ok;
    if (std::ranges::any_of(known->second, out_of_order)) return server_error;
    for (auto const& old : known->second) changes.push_back({old, true});
    return ok;
  }
  for (auto const& contact : *contacts) {
    auto const own = contact.parameters.find("expires");
    auto const seconds = own ? to_number<std::uint32_t>(*own).value_or(config_.expires_default) : otherwise;
    if (!sip::parse_uri(contact.uri)) return bad_request;
    changes.push_back({{std::string(contact.uri), clock_.now() + std::chrono::seconds(seconds), std::string(*call_id), cseq->number},
                       seconds == 0});
    if (known == bindings_.end()) continue;
    auto const old = std::ranges::find(known->second, contact.uri, &Binding::contact);
    if (old != known->second.end() && out_of_order(*old)) return server_error;
  }
  return ok;
}

Registrar::Registration Registrar::registers(sip::Message const& request, std::string_view to_tag) {
  constexpr int ok = 200, not_found = 404, bad_extension = 420;
  auto const respond = [&](int status) { return sip::response_to(request, status, to_tag); };
  if (auto const required = request.value(Name::require)) {
    auto response = respond(bad_extension);
    response.add(Name::unsupported, *required);
    return {std::move(response), "", false};
  }
  auto const aor = address_of_record(request);
  if (!aor) return {respond(not_found), "", false};
  drop_expired(*aor);
  std::vector<Change> changes;
  if (int const status = read_changes(request, *aor, changes); status != ok) return {respond(status), "", false};
  bool is_reachable = false;
  auto& bindings = bindings_[*aor];
  for (auto& change : changes) {
    std::erase_if(bindings, [&](Binding const& old) { return old.contact == change.binding.contact; });
    is_reachable |= !change.removes;
    if (!change.removes) bindings.push_back(std::move(change.binding));
  }
  auto response = respond(ok);
  list_bindings(response, *aor);
  return {std::move(response), *aor, is_reachable};
}

void Registrar::drop_expired(std::string const& aor) {
  if (auto const found = bindings_.find(aor); found != bindings_.end())
    std::erase_if(found->second, [&](Binding const& binding) { return binding.expires <= clock_.now(); });
}

void Registrar::list_bindings(sip::Message& response, std::string const& aor) const {
  for (auto const& binding : bindings_.at(aor)) {
    auto const left = std::chrono::ceil<std::chrono::seconds>(binding.expires - clock_.now());
    response.add(Name::contact, fmt::format("<{}>;expires={}", binding.contact, left.count()));
  }
}

std::optional<Binding> Registrar::binding(std::string const& aor) const {
  auto const found = bindings_.find(aor);
  if (found == bindings_.end()) return std::nullopt;
  for (auto newest = found->second.rbegin(); newest != found->second.rend(); ++newest)
    if (newest->expires > clock_.now()) return *newest;
  return std::nullopt;
}

}  // namespace tollgate::refserver
