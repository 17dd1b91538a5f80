#include "refserver/registrar.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>

#include "codec/sip/addresses.hpp"
#include "codec/sip/judge.hpp"
#include "codec/sip/list.hpp"
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

constexpr int ok = 200, bad_request = 400, unauthorized = 401, forbidden = 403, not_found = 404, bad_extension = 420, too_brief = 423,
              server_error = 500;

/// Of M179: a field on several lines, or an escape in the user part.
static bool is_odd(sip::Message const& request, sip::Uri const& user) {
  return user.user.contains('%') || std::ranges::any_of(request.fields(), [](auto const& field) { return field.value.contains('\n'); });
}

/// RFC 3261 10.3 steps 1, 4 and 5: the user of our domain that To names. A foreign domain is forbidden, since we are no
/// proxy; a user whom we do not know is not found.
Registrar::User Registrar::user_of(sip::Message const& request) const {
  auto const to = sip::to(request);
  auto const uri = to ? sip::parse_uri(to->uri) : std::unexpected(to.error());
  auto const domain = sip::parse_uri(request.request_uri());
  bool const is_judged = !config_.has(Fault::M151_wildcard_at_any_time) && !config_.has(Fault::M195_takes_broken_forms);
  if (!uri || !domain || (is_judged && sip::judge(request.write(), sip::Framing::datagram).outcome == Outcome::reject))
    return {.status = bad_request};
  if (config_.has(Fault::M179_refuses_odd_forms) && is_odd(request, *uri)) return {.status = bad_request};
  if (!iequals(uri->host, config_.domain)) return {.status = forbidden};
  if (uri->user.empty() || !uri->user.starts_with(config_.user_prefix)) return {.status = not_found};
  return {.status = ok, .aor = uri->address_of_record(), .user = std::string(uri->user)};
}

/// An S-CSCF registers in the name of the user: From is its own (TS 24.229 5.4.1.7). It is trusted, not challenged.
bool Registrar::is_third_party(sip::Message const& request) const {
  auto const from = sip::from(request);
  auto const to = sip::to(request);
  auto const from_uri = from ? sip::parse_uri(from->uri) : std::unexpected(from.error());
  auto const to_uri = to ? sip::parse_uri(to->uri) : std::unexpected(to.error());
  return config_.third_party_register && from_uri && to_uri && from_uri->address_of_record() != to_uri->address_of_record();
}

/// RFC 3261 10.3 steps 3 and 4.
std::optional<sip::Message> Registrar::refusal_of(sip::Message const& request, User const& user, std::string_view to_tag) {
  if (!authenticator_.asks(user.user) || is_third_party(request)) return std::nullopt;
  auto const judgement = authenticator_.judges(request, user.user);
  if (judgement == Authenticator::Judgement::accepted) return std::nullopt;
  if (judgement == Authenticator::Judgement::other) return sip::response_to(request, forbidden, to_tag);
  auto challenge = sip::response_to(request, unauthorized, to_tag);
  authenticator_.challenge(challenge, judgement == Authenticator::Judgement::stale);
  return challenge;
}

/// RFC 3261 10.3 steps 6 and 7. The status with which to refuse, 200 if the changes may be made.
int Registrar::read_changes(sip::Message const& request, std::string const& aor, std::vector<Change>& changes) const {
  auto const contacts = sip::contacts(request);
  if (!sip::cseq(request) || !sip::call_id(request)) return bad_request;
  if (!request.value(Name::contact)) return ok;  // a query
  if (!contacts) return bad_request;
  bool const wildcard = std::ranges::any_of(*contacts, [](auto const& c) { return c.uri == "*"; });
  if (!wildcard) return read_contacts(request, aor, changes);
  auto const header = sip::expires(request);
  bool const is_lenient = config_.has(Fault::M151_wildcard_at_any_time);
  if (!is_lenient && (contacts->size() != 1 || !header || *header != 0)) return bad_request;
  return remove_all(request, aor, changes);
}

/// Step 7: of one Call-ID only a higher CSeq changes a binding.
static bool out_of_order(sip::Message const& request, Binding const& old) {
  return old.call_id == *sip::call_id(request) && sip::cseq(request)->number <= old.cseq;
}

int Registrar::remove_all(sip::Message const& request, std::string const& aor, std::vector<Change>& changes) const {
  auto const known = bindings_.find(aor);
  if (known == bindings_.end()) return ok;
  for (auto const& old : known->second) {
    if (out_of_order(request, old)) return server_error;
    changes.push_back({old, true});
  }
  return ok;
}

/// The route to the contacts of a REGISTER that came through proxies (RFC 3327 5.3).
static Parsed<std::vector<std::string>> path_of(sip::Message const& request) {
  auto const proxies = sip::path(request);
  if (!proxies) return std::unexpected(proxies.error());
  std::vector<std::string> uris;
  for (auto const& proxy : *proxies) uris.emplace_back(proxy.uri);
  return uris;
}

int Registrar::read_contacts(sip::Message const& request, std::string const& aor, std::vector<Change>& changes) const {
  auto const contacts = sip::contacts(request);
  auto const header = sip::expires(request);
  auto const path = path_of(request);
  if (!path) return bad_request;
  std::uint32_t const otherwise = header ? *header : config_.expires_default;
  auto const known = bindings_.find(aor);
  for (auto const& contact : *contacts) {
    auto const own = contact.parameters.find("expires");
    auto const seconds = own ? to_number<std::uint32_t>(*own).value_or(config_.expires_default) : otherwise;
    if (!sip::parse_uri(contact.uri)) return bad_request;
    if (seconds > 0 && seconds < config_.expires_least) return too_brief;
    changes.push_back(
        {{std::string(contact.uri), clock_.now() + std::chrono::seconds(seconds), std::string(*sip::call_id(request)),
          sip::cseq(request)->number, is_third_party(request), config_.has(Fault::M193_ignores_path) ? std::vector<std::string>() : *path},
         seconds == 0});
    if (known == bindings_.end()) continue;
    auto const old = std::ranges::find(known->second, contact.uri, &Binding::contact);
    if (old != known->second.end() && out_of_order(request, *old)) return server_error;
  }
  return ok;
}

static bool is_path(std::string_view option_tag) {
  return iequals(option_tag, "path");
}

/// What Require asks for and we have not; "" where there is nothing. We have path (RFC 3327).
static std::string unsupported_by_us(sip::Message const& request) {
  std::vector<std::string_view> unsupported;
  for (auto const field : request.values(Name::require))
    std::ranges::copy_if(sip::split_list(field), std::back_inserter(unsupported), [](auto const tag) { return !is_path(tag); });
  return fmt::format("{}", fmt::join(unsupported, ", "));
}

/// RFC 3327 5.3: who supports it, sees in the 200 over which proxies we shall reach him.
static void copy_path(sip::Message const& request, sip::Message& response) {
  auto const supported = request.values(Name::supported);
  bool const is_wanted =
      std::ranges::any_of(supported, [](auto const field) { return std::ranges::any_of(sip::split_list(field), is_path); });
  if (!is_wanted) return;
  for (auto const value : request.values(Name::path)) response.add(Name::path, value);
}

Registrar::Registration Registrar::registers(sip::Message const& request, std::string_view to_tag) {
  auto const respond = [&](int status) { return sip::response_to(request, status, to_tag); };
  if (auto const unsupported = unsupported_by_us(request); !unsupported.empty()) {  // step 2
    auto response = respond(bad_extension);
    response.add(Name::unsupported, unsupported);
    return {std::move(response), "", false};
  }
  auto const user = user_of(request);
  if (user.status != ok) return {respond(user.status), "", false};
  if (auto refusal = refusal_of(request, user, to_tag)) {
    bool const is_trusted = config_.has(Fault::M19_charges_before_authentication);
    return {std::move(*refusal), is_trusted ? user.aor : "", is_trusted};
  }
  drop_expired(user.aor);
  std::vector<Change> changes;
  if (int const status = read_changes(request, user.aor, changes); status != ok) {
    auto response = respond(status);
    if (status == too_brief && !config_.has(Fault::M155_no_min_expires))
      response.add(Name::min_expires, std::to_string(config_.expires_least));
    return {std::move(response), "", false};
  }
  bool is_reachable = false;
  auto& bindings = bindings_[user.aor];
  for (auto& change : changes) {
    std::erase_if(bindings, [&](Binding const& old) { return old.contact == change.binding.contact; });
    is_reachable |= !change.removes;
    if (!change.removes) bindings.push_back(std::move(change.binding));
  }
  auto response = respond(ok);
  list_bindings(response, user.aor);
  copy_path(request, response);
  return {std::move(response), user.aor, is_reachable};
}

void Registrar::drop_expired(std::string const& aor) {
  if (auto const found = bindings_.find(aor); found != bindings_.end())
    std::erase_if(found->second, [&](Binding const& binding) { return binding.expires <= clock_.now(); });
}

void Registrar::list_bindings(sip::Message& response, std::string const& aor) const {
  for (auto const& binding : bindings_.at(aor)) {
    auto const left = std::chrono::ceil<std::chrono::seconds>(binding.expires - clock_.now());
    response.add(Name::contact, config_.has(Fault::M152_binding_without_expires)
                                    ? fmt::format("<{}>", binding.contact)
                                    : fmt::format("<{}>;expires={}", binding.contact, left.count()));
  }
}

std::size_t Registrar::count(std::string const& aor) const {
  auto const found = bindings_.find(aor);
  return found == bindings_.end() ? 0 : found->second.size();
}

std::optional<Binding> Registrar::binding(std::string const& aor) const {
  auto const found = bindings_.find(aor);
  if (found == bindings_.end()) return std::nullopt;
  for (auto newest = found->second.rbegin(); newest != found->second.rend(); ++newest)
    if (newest->expires > clock_.now()) return *newest;
  return std::nullopt;
}

}  // namespace tollgate::refserver
