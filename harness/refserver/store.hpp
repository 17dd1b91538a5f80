#pragma once
/// What outlives a push and, in a file, the server: the deferred messages, kept until they are delivered or finally refused,
/// and which credit sessions are open (RFC 8506 5.7).
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "codec/ch2/ch2.hpp"
#include "refserver/journal.hpp"

namespace tollgate::refserver {

/// What came for a user who was not there.
struct Deferred {
  std::uint64_t id = 0;  ///< given by the store, never used twice
  std::string from;      ///< address-of-record of the sender
  std::string to;        ///< address-of-record of the recipient
  std::string content_type;
  Octets content;
  std::int64_t stored_at = 0;  ///< seconds since 1970
};

struct OpenCredit {
  std::string session_id;
  std::string subscriber;
  std::uint32_t next_number = 0;  ///< CC-Request-Number
};

class Store {
 public:
  Store() = default;
  /// With what that file holds, and from now on written there. Throws std::runtime_error when it cannot be.
  explicit Store(std::string const& path);

  void keep(Deferred message);
  /// In the order in which they were stored.
  [[nodiscard]] std::vector<Deferred> of(std::string const& recipient) const;
  void remove(Deferred const& message);
  /// For whom something is kept.
  [[nodiscard]] std::vector<std::string> recipients() const;

  void opened(OpenCredit credit);
  void ended(std::string const& session_id);
  [[nodiscard]] std::vector<OpenCredit> open_credit() const;

  std::vector<ch2::Request> debited;  ///< of M121: every debit

 private:
  void apply(Record const& record);
  void note(Record const& record);

  std::map<std::string, std::vector<Deferred>> messages_;
  std::map<std::string, OpenCredit> open_;
  std::uint64_t last_id_ = 0;
  std::optional<Journal> journal_;
};

}  // namespace tollgate::refserver
