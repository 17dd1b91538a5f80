// What is planted behind a REGISTER that has its answer: D07, D10, D11 and D34.
#include <cstdlib>
#include <cstring>

#include "refserver/defects/planted/state.hpp"

namespace tollgate::refserver::defects {

using sip::Name;

/// D07.
[[gnu::noinline]] static void keep_refused(Planted& planted, sip::Message const& request) {
  planted.refused = static_cast<char*>(std::malloc(leak_size));
  auto const octets = request.write();
  planted.refused[octets.copy(planted.refused, leak_size - 1)] = '\0';
}

/// D10.
[[gnu::noinline]] static void turn_wheel(Planted& planted, std::string const& seconds) {
  auto const asked = static_cast<std::uint32_t>(std::strtoul(seconds.c_str(), nullptr, 10));
  auto const milliseconds = static_cast<std::int32_t>(asked * 1000U);
  ++planted.wheel[milliseconds / 1000 % 4];
}

/// D11: what is listed of each is as much as fits.
[[gnu::noinline]] static void list_contacts(Planted& planted, sip::Message const& request) {
  using Row = char[64];
  auto* const rows = static_cast<Row*>(std::malloc(4 * sizeof(Row)));
  std::size_t count = 0;
  for (auto const field : request.values(Name::contact)) {
    for (auto rest = field; !rest.empty();) {
      auto const comma = rest.find(',');
      keep_text(rows[count++], rest.substr(0, comma));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
  }
  planted.line = count == 0 ? "" : rows[count - 1];
  std::free(rows);
}

/// D34: a Call-ID has one registration, and a user finds it by name.
[[gnu::noinline]] static void note_registration(Planted& planted, std::string const& call_id, std::string const& aor) {
  auto& of_call = planted.by_call_id[call_id];
  auto& of_user = planted.by_user[aor];
  if (of_user != nullptr) ++of_user->refreshes;
  if (of_call != nullptr && aor != of_call->user) {
    planted.dangling.insert(of_call);
    std::free(of_call);
    of_call = nullptr;
  }
  if (of_call != nullptr) return;
  of_call = static_cast<Registration*>(std::calloc(1, sizeof(Registration)));
  planted.dangling.erase(of_call);
  keep_text(of_call->user, aor);
  of_user = of_call;
}

void take_registration(Planted& planted, sip::Message const& request, int status, std::string const& aor) {
  constexpr int bad_request = 400;
  if (status == bad_request && planted.has(Defect::D07_refused_register_leak)) keep_refused(planted, request);
  if (aor.empty()) return;
  auto const expires = request.value(Name::expires);
  if (expires && planted.has(Defect::D10_expires_wrap)) turn_wheel(planted, std::string(*expires));
  auto const call_id = request.value(Name::call_id).value_or("");
  bool const is_refresh = !planted.registered.insert(aor).second;
  if (is_refresh && planted.has(Defect::D11_contacts_overflow)) list_contacts(planted, request);
  if (planted.has(Defect::D34_shared_call_id_use_after_free)) note_registration(planted, std::string(call_id), aor);
}

}  // namespace tollgate::refserver::defects
