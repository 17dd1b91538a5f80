/// Byte-Range  = "Byte-Range:" SP range-start "-" range-end "/" total
/// range-start = 1*DIGIT
/// range-end   = 1*DIGIT / "*"
/// total       = 1*DIGIT / "*"   (RFC 4975 9)
/// Octets count from 1; an empty message is 1-0/0 (RFC 4975 7.1.1).
#include <fmt/format.h>
#include <string>

#include "base/text.hpp"
#include "codec/msrp/ident.hpp"
#include "codec/msrp/views.hpp"

namespace tollgate::msrp {

namespace {

constexpr std::string_view clause = "RFC 4975 9";
constexpr std::string_view meaning_clause = "RFC 4975 7.1.1";

struct Part {
  std::string_view rule;
  std::size_t at = 0;
};

Parsed<std::uint64_t> number(std::string_view digits, Part part) {
  auto const end = run_end(digits, 0, is_digit);
  if (digits.empty() || end != digits.size()) return invalid(part.at + end, part.rule, clause, "not a number");
  auto const value = to_number<std::uint64_t>(digits);
  if (!value) return over_limit(part.at, part.rule, clause, "number overflows");
  return *value;
}

Parsed<std::optional<std::uint64_t>> number_or_star(std::string_view text, Part part) {
  if (text == "*") return std::nullopt;
  auto const value = number(text, part);
  if (!value) return std::unexpected(value.error());
  return *value;
}

Parsed<ByteRange> checked(ByteRange range, std::size_t end_at, std::size_t total_at) {
  if (range.start == 0) return invalid(0, "range-start", meaning_clause, "octets count from 1");
  if (range.end && *range.end < range.start - 1) return invalid(end_at, "range-end", meaning_clause, "before the start");
  if (range.total && (range.end.value_or(range.start - 1) > *range.total))
    return invalid(total_at, "total", meaning_clause, "less than the range");
  return range;
}

}  // namespace

Parsed<ByteRange> parse_byte_range(std::string_view text) {
  auto const dash = text.find('-');
  if (dash == std::string_view::npos) return invalid(text.size(), "Byte-Range", clause, "no -");
  auto const slash = text.find('/', dash);
  if (slash == std::string_view::npos) return invalid(text.size(), "Byte-Range", clause, "no /");
  auto const start = number(text.substr(0, dash), {"range-start", 0});
  if (!start) return std::unexpected(start.error());
  auto const end = number_or_star(text.substr(dash + 1, slash - dash - 1), {"range-end", dash + 1});
  if (!end) return std::unexpected(end.error());
  auto const total = number_or_star(text.substr(slash + 1), {"total", slash + 1});
  if (!total) return std::unexpected(total.error());
  return checked({.start = *start, .end = *end, .total = *total}, dash + 1, slash + 1);
}

std::string write(ByteRange const& range) {
  auto const star = [](std::optional<std::uint64_t> number) { return number ? fmt::format("{}", *number) : "*"; };
  return fmt::format("{}-{}/{}", range.start, star(range.end), star(range.total));
}

Parsed<ByteRange> byte_range(Message const& message) {
  auto const value = message.value("Byte-Range");
  return value ? parse_byte_range(*value) : ByteRange{};
}

}  // namespace tollgate::msrp
