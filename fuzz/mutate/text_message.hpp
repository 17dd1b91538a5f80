#pragma once
/// A message of lines as the mutations see it: start line, fields, blank line, body. Any octets can be read as one.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"

namespace tollgate::fuzz {

struct TextMessage {
  std::string start;                ///< without its line end; "" for CPIM
  std::vector<std::string> fields;  ///< whole lines with their folds, without the last line end
  std::optional<std::string> body;  ///< nothing where no blank line was
  std::string end;                  ///< what follows the body: the end-line of MSRP

  [[nodiscard]] std::string write() const;
};

/// Line end behind every line but folds.
inline constexpr std::string_view crlf = "\r\n";

/// With a start line unless `starts_with_fields`.
[[nodiscard]] TextMessage read_text_message(std::string_view octets, bool starts_with_fields = false);

/// Offset of the value in a field: behind the colon and white space; the size where there is no colon.
[[nodiscard]] std::size_t value_at(std::string_view field);
[[nodiscard]] std::string_view name_of(std::string_view field);

/// The index of a field that `wanted` accepts, drawn evenly.
template <class Wanted>
[[nodiscard]] std::optional<std::size_t> draw(std::vector<std::string> const& fields, Random& random, Wanted wanted) {
  std::vector<std::size_t> good;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (wanted(std::string_view(fields[i]))) good.push_back(i);
  if (good.empty()) return std::nullopt;
  return good[random.below(good.size())];
}

/// The index of the first field with that name, whatever its case.
[[nodiscard]] std::optional<std::size_t> find_field(TextMessage const& message, std::string_view name, std::string_view compact = {});

}  // namespace tollgate::fuzz
