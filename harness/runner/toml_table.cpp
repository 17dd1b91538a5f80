#include "runner/toml_table.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "base/text.hpp"
#include "runner/secrets.hpp"

namespace tollgate {

/// A table and what is known of it. `root` keeps the whole file alive.
struct TomlTable::Of {
  std::shared_ptr<toml::table const> root;
  std::string file;
  std::string name;                    ///< "" for the root
  toml::table const* table = nullptr;  ///< null when the file does not have it
  std::vector<std::string> known = {};

  [[nodiscard]] std::string where(toml::source_region const& source) const {
    return fmt::format("{}:{}:{}", file, std::max(source.begin.line, 1U), std::max(source.begin.column, 1U));
  }
  toml::node const* ask(char const* key) {
    known.emplace_back(key);
    return table == nullptr ? nullptr : table->get(key);
  }
  [[noreturn]] void refuse(toml::node const& node, std::string what) const { throw FileRefused{{where(node.source()), std::move(what)}}; }
};

/// toml++ counts the line end at the end of a text as a column.
static std::string where(std::string const& file, std::string_view text, toml::parse_error const& error) {
  auto place = error.source().begin;
  auto const lines = split(text, '\n');
  place.line = std::min<toml::source_index>(place.line, static_cast<toml::source_index>(lines.size()));
  auto const size = place.line == 0 ? 0 : lines[place.line - 1].size();
  return fmt::format("{}:{}:{}", file, place.line, std::min<std::size_t>(place.column, size + 1));
}

TomlTable::TomlTable(std::shared_ptr<Of> of) : of_(std::move(of)) {}

TomlTable TomlTable::parse(std::string const& file, std::string_view text) {
  try {
    auto root = std::make_shared<toml::table const>(toml::parse(text, file));
    auto const* table = root.get();
    return TomlTable(std::make_shared<Of>(Of{.root = std::move(root), .file = file, .name = "", .table = table}));
  } catch (toml::parse_error const& error) {
    throw FileRefused{{tollgate::where(file, text, error), std::string(error.description())}};
  }
}

/// What stands in the place of a value that nobody should read.
struct Blanked {
  toml::source_region where;
  std::string by;
};

/// Of the arguments of a program. An array that holds something else than strings is refused by who asks for it.
static void find_secrets(toml::array const& array, std::vector<Blanked>& out) {
  std::vector<std::string> arguments;
  for (auto const& node : array) arguments.push_back(node.value_or(std::string()));
  auto const hidden = blanked(arguments);
  for (std::size_t i = 0; i < hidden.size(); ++i)
    if (hidden[i]) out.push_back({array[i].source(), *hidden[i]});
}

static void find_secrets(toml::table const& table, bool is_env, std::vector<Blanked>& out) {
  for (auto const& [key, node] : table) {
    bool const is_secret = is_env || key.str() == "env" || key.str() == "password";
    if (auto const* inner = node.as_table())
      find_secrets(*inner, is_secret, out);
    else if (is_secret)
      out.push_back({node.source(), "***"});
    else if (auto const* array = node.as_array())
      find_secrets(*array, out);
  }
}

/// Where that place is in the text: columns count characters, not octets.
static std::size_t offset_of(std::string_view text, toml::source_position const& place) {
  std::size_t at = 0;
  for (toml::source_index line = 1; line < place.line && at < text.size(); ++line) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  auto const continues = [&](std::size_t i) { return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U; };
  for (toml::source_index column = 1; column < place.column && at < text.size(); ++column)
    for (++at; continues(at);) ++at;
  return at;
}

/// The comment that stands behind `at` in its line: from "#" to the end of the line; nothing where there is none.
static std::pair<std::size_t, std::size_t> comment_behind(std::string_view text, std::size_t at) {
  auto const end = std::min(text.find('\n', at), text.size());
  char quote = '\0';
  for (; at < end; ++at) {
    char const c = text[at];
    if (quote == '\0' && c == '#') return {at, end - at};
    if (quote == '"' && c == '\\')
      ++at;
    else if (quote == '\0' && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = '\0';
  }
  return {end, 0};
}

/// A name may hold any character.
static std::string toml_string(std::string const& text) {
  bool const is_plain = std::ranges::all_of(text, [](unsigned char c) { return c >= ' ' && c != '"' && c != '\\' && c < 0x7f; });
  return fmt::format("\"{}\"", is_plain ? text : "***");
}

std::string TomlTable::without_secrets(std::string_view text) const {
  std::vector<Blanked> found;
  find_secrets(*of_->root, false, found);
  std::ranges::sort(found, std::ranges::greater{}, [](auto const& one) { return std::pair(one.where.begin.line, one.where.begin.column); });
  std::string out(text);
  for (auto const& one : found) {
    auto const from = offset_of(text, one.where.begin), to = offset_of(text, one.where.end);
    auto const [comment, size] = comment_behind(out, to);
    out.erase(comment, size);  // it may say it again
    out.replace(from, std::max(to, from) - from, toml_string(one.by));
  }
  return out;
}

bool TomlTable::present() const {
  return of_->table != nullptr;
}
bool TomlTable::has_keys() const {
  return present() && !of_->table->empty();
}
std::string TomlTable::full(std::string_view key) const {
  return of_->name.empty() ? std::string(key) : fmt::format("{}.{}", of_->name, key);
}
std::string TomlTable::where() const {
  return present() ? of_->where(of_->table->source()) : of_->file + ":1:1";
}

std::optional<std::string> TomlTable::text(char const* key, char const* form) {
  auto const* node = of_->ask(key);
  if (node == nullptr) return std::nullopt;
  auto const value = node->value_exact<std::string>();
  if (!value) of_->refuse(*node, fmt::format("{} is {}", full(key), form));
  return value;
}

std::optional<std::int64_t> TomlTable::number(char const* key) {
  auto const* node = of_->ask(key);
  if (node == nullptr) return std::nullopt;
  auto const value = node->value_exact<std::int64_t>();
  if (!value) of_->refuse(*node, full(key) + " is a whole number");
  return value;
}

std::optional<bool> TomlTable::truth(char const* key) {
  auto const* node = of_->ask(key);
  if (node == nullptr) return std::nullopt;
  auto const value = node->value_exact<bool>();
  if (!value) of_->refuse(*node, full(key) + " is true or false");
  return value;
}

std::optional<std::vector<std::string>> TomlTable::texts(char const* key) {
  auto const* node = of_->ask(key);
  if (node == nullptr) return std::nullopt;
  auto const* array = node->as_array();
  if (array == nullptr) of_->refuse(*node, full(key) + " is an array of strings");
  std::vector<std::string> all;
  for (auto const& item : *array) {
    auto const value = item.value_exact<std::string>();
    if (!value) of_->refuse(item, full(key) + " is an array of strings");
    all.push_back(*value);
  }
  return all;
}

std::optional<std::map<std::string, std::string>> TomlTable::text_map(char const* key) {
  auto const* node = of_->ask(key);
  if (node == nullptr) return std::nullopt;
  auto const* table = node->as_table();
  if (table == nullptr) of_->refuse(*node, full(key) + " is a table");
  std::map<std::string, std::string> all;
  for (auto const& [name, value] : *table) {
    auto const one = value.value_exact<std::string>();
    if (!one) of_->refuse(value, full(key) + " is a table of strings");
    all[std::string(name.str())] = *one;
  }
  return all;
}

std::optional<std::string> TomlTable::date(char const* key) {
  auto const* node = of_->ask(key);
  if (node == nullptr) return std::nullopt;
  if (auto const date = node->value_exact<toml::date>()) return fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day);
  auto const value = node->value_exact<std::string>();
  try {  // a quoted one is what TOML would take without quotes
    auto const again = value ? toml::parse("d = " + *value) : toml::table{};
    if (again["d"].is_date()) return value;
  } catch (toml::parse_error const&) {
    of_->refuse(*node, full(key) + " is a date like 2027-01-31");
  }
  of_->refuse(*node, full(key) + " is a date like 2027-01-31");
}

TomlTable TomlTable::table(char const* key) {
  auto const* node = of_->ask(key);
  Of below{.root = of_->root, .file = of_->file, .name = full(key), .table = nullptr};
  if (node != nullptr && !node->is_table()) of_->refuse(*node, fmt::format("[{}] is a table", below.name));
  if (node != nullptr) below.table = node->as_table();
  return TomlTable(std::make_shared<Of>(std::move(below)));
}

std::vector<TomlTable> TomlTable::tables(char const* key) {
  auto const* node = of_->ask(key);
  std::vector<TomlTable> all;
  if (node == nullptr) return all;
  auto const* array = node->as_array();
  if (array == nullptr) of_->refuse(*node, fmt::format("each entry begins with [[{}]]", full(key)));
  for (auto const& item : *array) {
    if (!item.is_table()) of_->refuse(item, fmt::format("each entry begins with [[{}]]", full(key)));
    all.push_back(TomlTable(std::make_shared<Of>(Of{.root = of_->root, .file = of_->file, .name = full(key), .table = item.as_table()})));
  }
  return all;
}

void TomlTable::refuse(char const* key, std::string what) const {
  auto const* node = present() ? of_->table->get(key) : nullptr;
  if (node == nullptr) refuse(std::move(what));
  of_->refuse(*node, std::move(what));
}

void TomlTable::refuse(std::string what) const {
  throw FileRefused{{where(), std::move(what)}};
}

void TomlTable::done() const {
  if (!present()) return;
  for (auto const& [key, node] : *of_->table) {
    if (std::ranges::find(of_->known, std::string(key.str())) != of_->known.end()) continue;
    auto const what = of_->name.empty() ? fmt::format("unknown section [{}]", key.str()) : fmt::format("unknown key {}", full(key.str()));
    throw FileRefused{{of_->where(key.source()), fmt::format("{}; known are {}", what, fmt::join(of_->known, ", "))}};
  }
}

}  // namespace tollgate
