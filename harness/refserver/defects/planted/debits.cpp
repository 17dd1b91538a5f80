// What is planted around a debit that is under way: D30 to D33 and D36.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "refserver/defects/planted/state.hpp"

namespace tollgate::refserver::defects {

static constexpr std::uint32_t code_session_id = 263, code_request_type = 416;

static std::string session_of(diameter::Message const& message) {
  auto const* const session_id = message.find(code_session_id);
  return session_id == nullptr ? "" : session_id->data;
}

/// D30: each answer, by what it answers.
[[gnu::noinline]] static void note_debit_answer(Planted& planted, std::uint32_t end_to_end, bool is_pending) {
  auto const known = planted.debit_answers.find(end_to_end);
  if (known != planted.debit_answers.end()) ++known->second->copies;
  if (known != planted.debit_answers.end() || !is_pending) return;
  auto* const answer = static_cast<DebitAnswer*>(std::calloc(1, sizeof(DebitAnswer)));
  answer->end_to_end = end_to_end;
  planted.debit_answers[end_to_end] = answer;
  std::free(answer);
}

/// D32: what is under way comes to its end first.
[[gnu::noinline]] static void wait_for_debit(PendingDebit& debit) {
  debit.busy.lock();
  debit.busy.unlock();
}

/// D31.
[[gnu::noinline]] static void settle_debit(PendingDebit& debit) {
  ++debit.answers;
}

/// D36: nobody else may touch the list until the debit has its answer.
[[gnu::noinline]] static void lock_debits(Planted& planted, PendingDebit& debit) {
  planted.list_of_debits.lock();
  debit.holds_list = true;
}

void begin_debit(Planted& planted, std::string const& session_id, std::string const& subscriber) {
  if (planted.debits.contains(session_id)) return;
  auto* const debit = new PendingDebit{.subscriber = subscriber};
  planted.dangling.erase(debit);
  if (planted.has(Defect::D32_abort_in_debit_deadlock)) debit->busy.lock();
  planted.debits[session_id] = debit;
}

void end_debit(Planted& planted, diameter::Message const& answer) {
  auto const found = planted.debits.find(session_of(answer));
  bool const is_pending = found != planted.debits.end();
  if (planted.has(Defect::D30_second_debit_answer_use_after_free)) note_debit_answer(planted, answer.header.end_to_end, is_pending);
  if (!is_pending) return;
  auto* const debit = found->second;
  settle_debit(*debit);
  if (planted.has(Defect::D32_abort_in_debit_deadlock)) debit->busy.unlock();
  if (debit->holds_list) planted.list_of_debits.unlock();
  planted.debits.erase(found);
  delete debit;
}

void hang_up(Planted& planted, std::string const& user) {
  bool holds_list = std::ranges::any_of(planted.debits, [&](auto const& one) {
    return !planted.dangling.contains(one.second) && one.second->holds_list && one.second->subscriber == user;
  });
  for (auto const& [session_id, debit] : planted.debits) {
    if (planted.dangling.contains(debit) || debit->subscriber != user) continue;
    if (planted.has(Defect::D36_crossed_byes_deadlock) && !std::exchange(holds_list, true)) lock_debits(planted, *debit);
    if (!planted.has(Defect::D31_bye_in_debit_use_after_free)) continue;
    planted.dangling.insert(debit);
    delete debit;
  }
}

void abort_session(Planted& planted, diameter::Message const& request) {
  constexpr std::uint32_t command_abort = 274;
  auto const found = planted.debits.find(session_of(request));
  if (!planted.has(Defect::D32_abort_in_debit_deadlock) || request.header.command != command_abort) return;
  if (found != planted.debits.end() && !planted.dangling.contains(found->second)) wait_for_debit(*found->second);
}

/// D33.
bool debits_again(Planted& planted, diameter::Message const& answer) {
  if (!planted.has(Defect::D33_bad_debit_answer_double_debit)) return false;
  constexpr char initial = 1;
  auto const* const type = answer.find(code_request_type);
  return type != nullptr && type->data.size() == 4 && type->data[3] != initial;
}

}  // namespace tollgate::refserver::defects
