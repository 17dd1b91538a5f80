#include "codec/sip/product.hpp"

#include "codec/sip/characters.hpp"
#include "codec/sip/text_value.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 20.35";

Parsed<Product> parse_product(std::string_view text, std::size_t& at) {
  if (at < text.size() && text[at] == '(') {
    auto const size = comment_size(text, at);
    if (size == 0) return invalid(at, "comment", clause, "the parenthesis does not end");
    at += size;
    return Product{{}, {}, text.substr(at - size, size)};
  }
  auto const name = token_size(text, at);
  if (name == 0) return invalid(at, "product", clause, "expected a token or a comment");
  Product product{text.substr(at, name), {}, {}};
  at += name;
  auto const slash = at + space_size(text, at);
  if (slash >= text.size() || text[slash] != '/') return product;
  at = slash + 1;
  at += space_size(text, at);
  auto const version = token_size(text, at);
  if (version == 0) return invalid(at, "product-version", clause, "expected a token");
  product.version = text.substr(at, version);
  at += version;
  return product;
}

/// Calls `take` with each server-val of the text.
template <class Take>
static Parsed<void> each_product(std::string_view text, Take take) {
  std::size_t at = 0;
  do {
    auto const product = parse_product(text, at);
    if (!product) return std::unexpected(product.error());
    take(*product);
    auto const space = space_size(text, at);
    if (space == 0 && at < text.size()) return invalid(at, "server-val", clause, "expected white space");
    at += space;
  } while (at < text.size());
  return {};
}

Parsed<std::string_view> parse_products(std::string_view text) {
  if (auto const read = each_product(text, [](Product const&) {}); !read) return std::unexpected(read.error());
  return text;
}

static Parsed<std::vector<Product>> products(Fields fields, Name name, std::string_view where) {
  auto const value = fields.value(name);
  if (!value) return invalid(0, canonical(name), where, "missing");
  std::vector<Product> all;
  auto const read = each_product(*value, [&](Product const& product) { all.push_back(product); });
  if (!read) return std::unexpected(read.error());
  return all;
}

Parsed<std::vector<Product>> server(Fields fields) {
  return products(fields, Name::server, "RFC 3261 20.35");
}
Parsed<std::vector<Product>> user_agent(Fields fields) {
  return products(fields, Name::user_agent, "RFC 3261 20.41");
}

}  // namespace tollgate::sip
