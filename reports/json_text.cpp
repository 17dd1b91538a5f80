#include "reports/json_text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "reports/escape.hpp"

namespace tollgate::reports {

namespace json = boost::json;

static std::string in_quotes(std::string_view text) {
  return json::serialize(json::string(legible(text)));
}

/// `open item, item close`; nothing between the brackets when there is nothing inside.
template <class Range, class Write>
static std::string listed(Range const& items, std::string_view open, std::string_view close, Write write) {
  if (items.empty()) return fmt::format("{}{}", open, close);
  std::string text(open);
  std::string_view separator = " ";
  for (auto const& item : items) {
    text += separator;
    text += write(item);
    separator = ", ";
  }
  return text + " " + std::string(close);
}

std::string json_text(json::value const& value) {  // NOLINT(misc-no-recursion): as deep as the reports nest
  if (auto const* object = value.if_object())
    return listed(*object, "{", "}",
                  [](json::key_value_pair const& pair) { return in_quotes(pair.key()) + ": " + json_text(pair.value()); });
  if (auto const* array = value.if_array()) return listed(*array, "[", "]", [](json::value const& item) { return json_text(item); });
  if (auto const* text = value.if_string()) return in_quotes(*text);
  if (auto const* number = value.if_double()) return fmt::format("{}", *number);  // Boost.JSON would write 6.2E-1
  return json::serialize(value);
}

}  // namespace tollgate::reports
