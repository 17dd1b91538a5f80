#pragma once
/// The same octets to our judge and to other parsers: where they disagree, sorted by what was said and why.
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/mutate/mutate.hpp"

namespace tollgate::fuzz {

/// A parser of another make, as fuzz/kit/tollgate_fuzz.h has it.
struct Peer {
  std::string_view name;
  Protocol protocol = Protocol::sip;
  int (*init)() = nullptr;
  int (*parse)(std::uint8_t const* data, std::size_t size, int protocol) = nullptr;
};
/// The peers that this build has, initialised.
[[nodiscard]] std::span<Peer const> peers();

/// What our judge says: nothing where either is right, and where what is refused is well-formed and the refusal the
/// application's (415 and its kin), which no parser decides.
struct Reading {
  std::optional<bool> accepts;
  std::string reason;  ///< the first thing that is wrong: "CSeq (RFC 3261 20.16)", "" for nothing
};
[[nodiscard]] Reading our_reading(Protocol protocol, std::string_view octets);

/// One kind of disagreement.
struct Bucket {
  std::string peer;
  bool we_accept = false;
  std::string our_reason;  ///< what is wrong with the message; why it is good, where the caller knows that

  friend auto operator<=>(Bucket const&, Bucket const&) = default;
  [[nodiscard]] std::string text() const;
};

/// Disagreements over many messages: each bucket with the names of its messages.
class Disagreements {
 public:
  /// Asks every peer of that protocol. The buckets in which a peer disagrees, for the first time here or again.
  std::vector<Bucket> compare(Protocol protocol, std::string_view octets, std::string const& name, std::string const& why_good = {});

  [[nodiscard]] std::map<Bucket, std::vector<std::string>> const& buckets() const { return buckets_; }
  [[nodiscard]] std::size_t count() const;

 private:
  std::map<Bucket, std::vector<std::string>> buckets_;
};

}  // namespace tollgate::fuzz
