#pragma once
/// Server and User-Agent (RFC 3261 20.35, 20.41).
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// server-val = product / comment,  product = token [ SLASH product-version ]
struct Product {
  std::string_view name;     ///< "" for a comment
  std::string_view version;  ///< "" when absent
  std::string_view comment;  ///< with its parentheses; "" for a product
};

/// The server-val at `at`, which moves behind it.
[[nodiscard]] Parsed<Product> parse_product(std::string_view text, std::size_t& at);
/// server-val *( LWS server-val ): the whole text.
[[nodiscard]] Parsed<std::string_view> parse_products(std::string_view text);

[[nodiscard]] Parsed<std::vector<Product>> server(Fields fields);
[[nodiscard]] Parsed<std::vector<Product>> user_agent(Fields fields);

}  // namespace tollgate::sip
