#pragma once
/// Where everything stands in a SIP message, found in one pass and without a heap allocation (RFC 3261 7). It reads the
/// same grammar as `Message::parse` and refuses the same messages; it owns nothing and points into the octets given.
/// An Index holds `fields_max` header fields: a message with more is refused with What::limit, and `Message::parse`,
/// which takes as many as its Limits say, still reads it.
#include <array>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/layout.hpp"

namespace tollgate::sip {

class Index {
 public:
  static constexpr std::size_t fields_max = 64;
  static constexpr std::size_t octets_max = 65535;

  Index() { first_.fill(0); }  ///< Of no message. Not defaulted, for that would set every slot to zero.
  [[nodiscard]] static Parsed<Index> parse(std::string_view octets);

  [[nodiscard]] bool is_request() const { return start_.status == 0; }
  [[nodiscard]] std::string_view method() const { return start_.method; }            ///< "" for a response
  [[nodiscard]] std::string_view request_uri() const { return start_.request_uri; }  ///< "" for a response
  [[nodiscard]] int status() const { return start_.status; }                         ///< 100..699, 0 for a request
  [[nodiscard]] std::string_view reason() const { return start_.reason; }

  [[nodiscard]] std::size_t field_count() const { return count_; }
  /// The `nth` field in message order, counted from 0.
  [[nodiscard]] FieldView field(std::size_t nth) const;
  [[nodiscard]] bool is_folded(std::size_t nth) const;
  /// Where the first field of that name stands, field_count() where none does.
  [[nodiscard]] std::size_t first(Name name) const { return first_[static_cast<std::size_t>(name)]; }
  /// Where the next field of the same name stands behind the `nth`.
  [[nodiscard]] std::size_t next(std::size_t nth) const { return slots_[nth].next_same; }
  /// Value of the `nth` field with that name, counted from 0 in message order.
  [[nodiscard]] std::optional<std::string_view> value(Name name, std::size_t nth = 0) const;

  /// From the first octet to the first field: line ends in front, start line, line end.
  [[nodiscard]] std::string_view start_raw() const { return octets_.substr(0, fields_begin_); }
  [[nodiscard]] std::string_view body() const { return octets_.substr(body_begin_); }
  [[nodiscard]] std::string_view octets() const { return octets_; }

 private:
  /// What is kept of a FieldLine; small, because a message is.
  struct Slot {
    Name name;
    std::uint8_t next_same;
    std::uint16_t begin, name_end, value_begin, value_end, next;
  };

  /// Chains the fields of each name.
  void link();
  /// Fills an Index that holds nothing.
  [[nodiscard]] Parsed<void> read(std::string_view octets);

  [[nodiscard]] std::string_view text(std::size_t begin, std::size_t end) const { return octets_.substr(begin, end - begin); }

  std::string_view octets_;
  StartLine start_;
  std::size_t fields_begin_ = 0;
  std::size_t body_begin_ = 0;
  std::size_t count_ = 0;
  std::array<std::uint8_t, name_count> first_;
  std::array<Slot, fields_max> slots_;  ///< the first `count_` are set: setting all would cost as much as reading
};

}  // namespace tollgate::sip
