#include "rules/transmitted.hpp"

#include <fmt/format.h>

namespace tollgate::rules {

void Transmitted::note(trace::Event const& e) {
  if (breaks_msrp(e)) broken_by_ = &e;
  sessions_ += sent_answer(e, "INVITE") && e.meaning.status / 100 == 2 ? 1 : 0;
  if (content_send(e)) {
    read_.insert(fmt::format("{} {}", e.meaning.message_id, sessions_));
    last_send_ = &e;
  }
  bool const grants = sent_answer(e, "reserve_units") && e.meaning.grants_delivery && e.meaning.opens_session && e.about != 0;
  if (grants) reserved_ += trace_.at(e.about).meaning.requested.value_or(0);
}

std::size_t Transmitted::unread_at_most() const {
  return broken_by_ == nullptr || reserved_ <= read_.size() ? 0 : reserved_ - read_.size();
}

}  // namespace tollgate::rules
