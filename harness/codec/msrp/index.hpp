#pragma once
/// Where the parts of one MSRP message lie in the octets that hold it, found without allocating (RFC 4975 9). `frame`,
/// `Message::parse` and `judge` stand on it, so that there is one reading of the grammar.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/start_line.hpp"

namespace tollgate::msrp {

/// A header line, as offsets from the start of the message.
struct Line {
  std::uint32_t begin;
  std::uint32_t colon;  ///< of the first ":"; `end` where there is none
  std::uint32_t end;    ///< of the CRLF
};

class Index {
 public:
  static constexpr std::size_t lines_max = 64;  ///< as many as `Limits::fields` can ask for

  Index() {}  ///< of nothing, for `parse` to fill in place; a defaulted one would have its lines cleared

  /// The first message of `stream`, which must outlive the index; `need_more` while it is not complete. Reads every
  /// octet a constant number of times.
  [[nodiscard]] static Parsed<Index> parse(std::string_view stream, Limits const& limits = {});

  [[nodiscard]] std::string_view octets() const { return octets_; }  ///< of the whole message
  [[nodiscard]] StartLine const& start() const { return start_; }
  [[nodiscard]] std::span<Line const> lines() const { return std::span(lines_).first(line_count_); }
  [[nodiscard]] std::size_t headers_end() const { return headers_end_; }  ///< of the blank line or the end-line
  [[nodiscard]] bool has_body() const { return body_end_ != 0; }
  [[nodiscard]] std::size_t body_begin() const { return headers_end_ + 2; }
  /// Between the blank line and the CRLF before the end-line.
  [[nodiscard]] std::string_view body() const;
  [[nodiscard]] std::size_t flag_at() const { return octets_.size() - 3; }
  [[nodiscard]] char flag() const { return octets_[flag_at()]; }

  [[nodiscard]] std::string_view name(Line const& line) const;
  /// Behind the colon and the one space that belongs there.
  [[nodiscard]] std::string_view value(Line const& line) const;
  /// Where `value` of the line starts in the message.
  [[nodiscard]] std::size_t value_begin(Line const& line) const;
  [[nodiscard]] Line const* find(std::string_view name) const;  ///< the first of that name, in any case
  [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;

 private:
  Parsed<std::size_t> read_lines(std::string_view text, Limits const& limits);
  Parsed<void> read(std::string_view stream, std::string_view text, Limits const& limits);

  std::string_view octets_;
  StartLine start_;
  std::size_t headers_end_ = 0;
  std::size_t body_end_ = 0;  ///< 0 without a body
  std::size_t line_count_ = 0;
  std::array<Line, lines_max> lines_;  // set as they are read: clearing them would cost as much as reading them
};

}  // namespace tollgate::msrp
