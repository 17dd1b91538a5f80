#include "refserver/defects/hooks.hpp"

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

#include "refserver/defects/planted/state.hpp"

namespace tollgate::refserver::defects {

/// A wrong charge leaves no report of a sanitizer: the server says by itself that it was this one, for whoever counts what was found.
static bool admits(Defect defect) {
  std::fputs(fmt::format("{} {}\n", admission, row(defect).function).c_str(), stderr);
  return true;
}

Planted::Planted() : wheel(static_cast<int*>(std::calloc(4, sizeof(int)))) {}

Planted::~Planted() {
  std::free(wheel);
  for (auto const& [call_id, one] : by_call_id)
    if (!dangling.contains(one)) std::free(one);
  for (auto const& [call_id, one] : early)
    if (!dangling.contains(one)) std::free(one);
  for (auto const& [transaction, one] : unanswered)
    if (!dangling.contains(one)) std::free(one);
  for (auto const& [path_of_peer, one] : peers)
    if (!dangling.contains(one)) std::free(one);
  for (auto const& [session, one] : debits)
    if (!dangling.contains(one)) delete one;
}

Hooks::Hooks() : planted_(std::make_shared<Planted>()) {}

void Hooks::plant(Defect defect) {
  planted_->on.insert(defect);
}

void Hooks::sip_octets(std::string_view octets) const {
  read_sip_octets(*planted_, octets);
}

void Hooks::sip_message(sip::Message const& message) const {
  if (!message.is_request()) return take_invite_response(*planted_, message);
  read_request_headers(*planted_, message);
  if (message.method() == "MESSAGE") read_multipart(*planted_, message);
}

void Hooks::register_answered(sip::Message const& request, int status, std::string const& aor) const {
  take_registration(*planted_, request, status, aor);
}

void Hooks::session_description(std::string_view answer) const {
  read_description(*planted_, answer);
}

void Hooks::user_hung_up(std::string const& user) const {
  hang_up(*planted_, user);
}

void Hooks::diameter_octets(std::string_view octets) const {
  read_diameter_octets(*planted_, octets);
}

void Hooks::charging_answer(diameter::Message const& answer) const {
  end_debit(*planted_, answer);
}

void Hooks::session_request(diameter::Message const& request) const {
  abort_session(*planted_, request);
}

void Hooks::debit_asked(std::string const& session_id, std::string const& subscriber) const {
  begin_debit(*planted_, session_id, subscriber);
}

bool Hooks::debits_again(diameter::Message const& answer) const {
  return defects::debits_again(*planted_, answer) && admits(Defect::D33_bad_debit_answer_double_debit);
}

void Hooks::msrp_octets(std::string_view octets) const {
  read_msrp_octets(*planted_, octets);
}

void Hooks::msrp_message(std::string_view own_path, msrp::Message const& message) const {
  if (message.is_request())
    take_msrp_request(*planted_, own_path, message);
  else
    take_msrp_response(*planted_, own_path, message);
}

void Hooks::msrp_sent(std::string_view own_path, std::string_view transaction_id) const {
  note_sent(*planted_, own_path, transaction_id);
}

void Hooks::msrp_lost(std::string_view own_path) const {
  lose_connection(*planted_, own_path);
}

bool Hooks::counts_again(msrp::Message const& message) const {
  return defects::counts_again(*planted_, message) && admits(Defect::D29_msrp_repeat_double_debit);
}

}  // namespace tollgate::refserver::defects
