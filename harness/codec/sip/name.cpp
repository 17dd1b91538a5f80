/// Header names: a table, compared whole and without case (RFC 3261 7.3.1, 7.3.3, 20). The place where to compare comes
/// from a hash that is perfect for the names we know: found at compile time, it needs one look.
#include "codec/sip/name.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "base/text.hpp"

namespace tollgate::sip {

namespace {

struct Row {
  std::string_view canonical;
  char compact = 0;  ///< 0 when there is none
};

/// In the order of `Name`.
constexpr std::array<Row, name_count> rows{{
    {"", 0},
    {"Accept", 0},
    {"Accept-Contact", 'a'},
    {"Accept-Encoding", 0},
    {"Accept-Language", 0},
    {"Alert-Info", 0},
    {"Allow", 0},
    {"Allow-Events", 'u'},
    {"Authentication-Info", 0},
    {"Authorization", 0},
    {"Call-ID", 'i'},
    {"Call-Info", 0},
    {"Contact", 'm'},
    {"Content-Disposition", 0},
    {"Content-Encoding", 'e'},
    {"Content-Language", 0},
    {"Content-Length", 'l'},
    {"Content-Type", 'c'},
    {"CSeq", 0},
    {"Date", 0},
    {"Error-Info", 0},
    {"Event", 'o'},
    {"Expires", 0},
    {"From", 'f'},
    {"In-Reply-To", 0},
    {"Max-Forwards", 0},
    {"MIME-Version", 0},
    {"Min-Expires", 0},
    {"Min-SE", 0},
    {"Organization", 0},
    {"P-Asserted-Identity", 0},
    {"P-Preferred-Identity", 0},
    {"Path", 0},
    {"Priority", 0},
    {"Privacy", 0},
    {"Proxy-Authenticate", 0},
    {"Proxy-Authorization", 0},
    {"Proxy-Require", 0},
    {"RAck", 0},
    {"Reason", 0},
    {"Record-Route", 0},
    {"Refer-To", 'r'},
    {"Referred-By", 'b'},
    {"Reject-Contact", 'j'},
    {"Reply-To", 0},
    {"Request-Disposition", 'd'},
    {"Require", 0},
    {"Retry-After", 0},
    {"Route", 0},
    {"RSeq", 0},
    {"Server", 0},
    {"Service-Route", 0},
    {"Session-Expires", 'x'},
    {"SIP-ETag", 0},
    {"SIP-If-Match", 0},
    {"Subject", 's'},
    {"Subscription-State", 0},
    {"Supported", 'k'},
    {"Timestamp", 0},
    {"To", 't'},
    {"Unsupported", 0},
    {"User-Agent", 0},
    {"Via", 'v'},
    {"Warning", 0},
    {"WWW-Authenticate", 0},
}};

constexpr std::uint32_t small(char c) {
  return static_cast<unsigned char>(c) | 0x20U;
}

/// What tells the names apart: size, first, middle and last letter. The spelling is not empty.
constexpr std::uint32_t key(std::string_view spelling) {
  return static_cast<std::uint32_t>(spelling.size() & 0xff) | small(spelling.front()) << 8 | small(spelling.back()) << 16 |
         small(spelling[spelling.size() / 2]) << 24;
}

constexpr std::size_t slots = 512;
constexpr std::size_t slot_of(std::uint32_t key, std::uint32_t multiplier) {
  return key * multiplier >> 23;
}

using Table = std::array<std::uint8_t, slots>;

/// Every name in a slot of its own, the compact forms too; false when two want the same.
constexpr bool fill(Table& table, std::uint32_t multiplier) {
  auto const put = [&](std::string_view spelling, std::size_t row) {
    auto& slot = table[slot_of(key(spelling), multiplier)];
    bool const is_free = slot == 0;
    slot = static_cast<std::uint8_t>(row);
    return is_free;
  };
  for (std::size_t row = 1; row < rows.size(); ++row) {
    if (!put(rows[row].canonical, row)) return false;
    if (rows[row].compact != 0 && !put({&rows[row].compact, 1}, row)) return false;
  }
  return true;
}

consteval std::uint32_t perfect_multiplier() {
  for (std::uint32_t multiplier = 0x9e3779b1;; multiplier = multiplier * 1664525U + 1013904223U)
    if (Table table{}; fill(table, multiplier | 1U)) return multiplier | 1U;
}

constexpr std::uint32_t multiplier = perfect_multiplier();
constexpr Table table = [] {
  Table filled{};
  fill(filled, multiplier);
  return filled;
}();

template <class Word>
bool same_word(char const* a, char const* b) {
  Word x, y;
  std::memcpy(&x, a, sizeof x);
  std::memcpy(&y, b, sizeof y);
  return x == y;
}

/// a == b of one size, in words that may overlap: names are short, and this is asked of each header field.
bool same(std::string_view a, std::string_view b) {
  auto const* const p = a.data();
  auto const* const q = b.data();
  auto const size = a.size();
  if (size < 4) return a == b;
  if (size < 8) return same_word<std::uint32_t>(p, q) && same_word<std::uint32_t>(p + size - 4, q + size - 4);
  for (std::size_t i = 0; i + 8 < size; i += 8)
    if (!same_word<std::uint64_t>(p + i, q + i)) return false;
  return same_word<std::uint64_t>(p + size - 8, q + size - 8);
}

}  // namespace

Name name_of(std::string_view spelling) {
  if (spelling.empty()) return Name::unknown;
  auto const row = table[slot_of(key(spelling), multiplier)];
  auto const form = spelling.size() == 1 ? std::string_view(&rows[row].compact, 1) : rows[row].canonical;
  bool const is_it = form.size() == spelling.size() && (same(form, spelling) || iequals(form, spelling));
  return is_it ? static_cast<Name>(row) : Name::unknown;
}

std::string_view canonical(Name name) {
  return rows[static_cast<std::size_t>(name)].canonical;
}

}  // namespace tollgate::sip
