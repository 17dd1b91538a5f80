#pragma once
/// The deferred messages: what came for a user who was not there, kept until it is delivered or finally refused.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace tollgate::refserver {

struct Deferred {
  std::uint64_t id = 0;  ///< given by the store, never used twice
  std::string from;      ///< address-of-record of the sender
  std::string to;        ///< address-of-record of the recipient
  std::string content_type;
  Octets content;
  std::int64_t stored_at = 0;  ///< seconds since 1970
};

class Store {
 public:
  void keep(Deferred message) {
    message.id = ++last_id_;
    auto& kept = messages_[message.to];
    kept.push_back(std::move(message));
  }
  /// In the order in which they were stored.
  [[nodiscard]] std::vector<Deferred> of(std::string const& recipient) const {
    auto const found = messages_.find(recipient);
    return found == messages_.end() ? std::vector<Deferred>{} : found->second;
  }
  void remove(Deferred const& message) {
    std::erase_if(messages_[message.to], [&](Deferred const& kept) { return kept.id == message.id; });
  }

 private:
  std::map<std::string, std::vector<Deferred>> messages_;
  std::uint64_t last_id_ = 0;
};

}  // namespace tollgate::refserver
