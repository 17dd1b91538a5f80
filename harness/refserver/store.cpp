#include "refserver/store.hpp"

#include <algorithm>

namespace tollgate::refserver {

static Record record_of(Deferred const& message) {
  return {"keep",          std::to_string(message.id),       message.from, message.to, message.content_type,
          message.content, std::to_string(message.stored_at)};
}

static Record record_of(OpenCredit const& credit) {
  return {"open", credit.session_id, credit.subscriber, std::to_string(credit.next_number)};
}

/// The file is written anew with what is still true.
Store::Store(std::string const& path) {
  for (auto const& record : read_journal(path)) apply(record);
  journal_.emplace(path);
  for (auto const& [user, messages] : messages_)
    for (auto const& message : messages) note(record_of(message));
  for (auto const& [session_id, credit] : open_) note(record_of(credit));
}

void Store::note(Record const& record) {
  if (journal_) journal_->append(record);
}

void Store::apply(Record const& record) {
  auto const number = [&](std::size_t field) { return to_number<std::uint64_t>(record[field]).value_or(0); };
  constexpr std::size_t keep_fields = 7, open_fields = 4, short_fields = 2;
  if (record.size() == keep_fields && record[0] == "keep") {
    last_id_ = std::max(last_id_, number(1));
    messages_[record[3]].push_back({.id = number(1),
                                    .from = record[2],
                                    .to = record[3],
                                    .content_type = record[4],
                                    .content = record[5],
                                    .stored_at = static_cast<std::int64_t>(number(6))});
  } else if (record.size() == open_fields && record[0] == "open") {
    open_[record[1]] = {.session_id = record[1], .subscriber = record[2], .next_number = static_cast<std::uint32_t>(number(3))};
  } else if (record.size() == short_fields && record[0] == "end") {
    open_.erase(record[1]);
  } else if (record.size() == short_fields && record[0] == "remove") {
    for (auto& [user, messages] : messages_) std::erase_if(messages, [&](Deferred const& kept) { return kept.id == number(1); });
  }
}

void Store::keep(Deferred message) {
  message.id = ++last_id_;
  note(record_of(message));
  auto& kept = messages_[message.to];
  kept.push_back(std::move(message));
}

std::vector<Deferred> Store::of(std::string const& recipient) const {
  auto const found = messages_.find(recipient);
  return found == messages_.end() ? std::vector<Deferred>{} : found->second;
}

std::vector<std::string> Store::recipients() const {
  std::vector<std::string> all;
  for (auto const& [recipient, messages] : messages_)
    if (!messages.empty()) all.push_back(recipient);
  return all;
}

void Store::remove(Deferred const& message) {
  note({"remove", std::to_string(message.id)});
  std::erase_if(messages_[message.to], [&](Deferred const& kept) { return kept.id == message.id; });
}

void Store::opened(OpenCredit credit) {
  note(record_of(credit));
  auto const session_id = credit.session_id;
  open_.insert_or_assign(session_id, std::move(credit));
}

void Store::ended(std::string const& session_id) {
  if (open_.erase(session_id) > 0) note({"end", session_id});
}

std::vector<OpenCredit> Store::open_credit() const {
  std::vector<OpenCredit> all;
  for (auto const& [session_id, credit] : open_) all.push_back(credit);
  return all;
}

}  // namespace tollgate::refserver
